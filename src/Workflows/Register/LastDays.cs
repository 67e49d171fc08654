using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>The day on which an entry holds for the last time, as one of its values says it. Pure.</summary>
public static class LastDays
{
    /// <summary>Null where the entry says no day: then it never ends by itself.</summary>
    /// <param name="value">What the entry says; an ISO date.</param>
    public static DateOnly? Of(JsonNode? value) =>
        value is JsonValue said && said.TryGetValue<string>(out var text) && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The day is over in Hong Kong; it is itself the last on which the entry holds.</summary>
    public static bool IsOver(DateOnly day, DateTimeOffset now) => day < HongKong.DateIn(now);

    /// <summary>The moment at which a day is over: midnight.</summary>
    public static DateTimeOffset OverAt(DateOnly day) => HongKong.At(day.AddDays(1), TimeOnly.MinValue);
}
