using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Calendar;

/// <summary>
/// What is known of the markets' closures: reference data with its source, never computed. A year that is not here is not
/// known, and every question that touches it is answered with <see cref="CalendarNotKnown"/>.
/// </summary>
/// <param name="Years">One entry per market and year.</param>
/// <param name="Rules">How half-days count.</param>
public sealed record CalendarDays(IReadOnlyList<MarketYear> Years, HalfDayRules Rules)
{
    public static readonly CalendarDays None = new([], HalfDayRules.AsPublished);
}

/// <summary>One market in one year.</summary>
/// <param name="Source">Where the days were published, for whoever has to verify them.</param>
/// <param name="Verified">False where somebody still has to compare the days with the publication.</param>
/// <param name="Closures">Days on which the market stays closed; weekends need no entry, but may have one.</param>
/// <param name="HalfDays">Days with a morning session only; Hong Kong's eves of Christmas, New Year and Lunar New Year.</param>
public sealed record MarketYear(
    Market Market,
    int Year,
    string Source,
    bool Verified,
    IReadOnlyList<NamedDays> Closures,
    IReadOnlyList<NamedDays> HalfDays);

/// <summary>A day with a name, or several in a row.</summary>
/// <param name="To">Inclusive; the same as <paramref name="Date"/> for a single day.</param>
public sealed record NamedDays(DateOnly Date, DateOnly To, LocalText Name);

/// <summary>How half-days count; configuration that wants confirming each year.</summary>
/// <param name="Settle">Whether a half-day settles Exchange Trades and settlement instructions (published: it does not).</param>
/// <param name="SettleChinaConnect">Whether the money of China Connect trades settles on a half-day (assumed: it does).</param>
public sealed record HalfDayRules(bool Settle, bool SettleChinaConnect)
{
    public static readonly HalfDayRules AsPublished = new(Settle: false, SettleChinaConnect: true);
}

/// <summary>
/// The calendar has no data for that day, so nothing that rests on it can be said: an operator has to import the year.
/// </summary>
public sealed record CalendarNotKnown(Market Market, DateOnly Date) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string>
    {
        ["market"] = Market.ToString(),
        ["date"] = Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
    };
}
