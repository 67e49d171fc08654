using System.Text.Json.Serialization;

namespace ClientConnect.Workflows.Calendar;

/// <summary>What a day must be to count. In files in camelCase: <c>settlement</c>.</summary>
[JsonConverter(typeof(DayKindJson))]
public enum DayKind
{
    /// <summary>Every day counts, Sundays and holidays too.</summary>
    Calendar,

    /// <summary>Monday to Friday, not a general holiday of Hong Kong. Half-days count.</summary>
    Business,

    /// <summary>A day on which Hong Kong's market opens: as a business day, half-days included.</summary>
    Trading,

    /// <summary>A trading day that is no half-day: the days that T+n counts.</summary>
    Settlement,

    /// <summary>Monday to Friday, not closed on the mainland. Weekends worked to make up for a holiday don't count.</summary>
    Mainland,

    /// <summary>A trading day in Hong Kong and on the mainland: Stock Connect trades northbound.</summary>
    Northbound,
}

/// <summary>The markets whose closures are known year by year.</summary>
[JsonConverter(typeof(MarketJson))]
public enum Market
{
    HongKong,
    Mainland,
}

internal sealed class DayKindJson() : JsonStringEnumConverter<DayKind>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);

internal sealed class MarketJson() : JsonStringEnumConverter<Market>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
