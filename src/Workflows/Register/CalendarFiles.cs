using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>
/// A market's days as a file: a line for each day on which it is closed or open in the morning only. All days of a year that a file names stand
/// in it; years that it does not name stay as they are. Pure.
/// </summary>
public static class CalendarFiles
{
    /// <summary>Values of the column <c>kind</c>.</summary>
    public const string Closed = "closed", HalfDay = "half-day";

    internal const string DateColumn = "date", KindColumn = "kind", NameColumn = "name", SourceColumn = "source", VerifiedColumn = "verified";

    private const string Prefix = "calendar-";

    private const int YearsAhead = 5, LongestSource = 500;

    /// <summary>What imports call the market's calendar: <c>calendar-hong-kong</c>.</summary>
    public static string KindOf(Market market) => Prefix + JsonNamingPolicy.KebabCaseLower.ConvertName(market.ToString());

    /// <summary>Null where it is the name of no calendar.</summary>
    public static Market? MarketOf(string kind) => Enum.GetValues<Market>().Where(m => KindOf(m) == kind).Select(m => (Market?)m).FirstOrDefault();

    /// <summary>How the market's days come in files; only Hong Kong has half-days.</summary>
    public static ImportFormat FormatOf(Market market) => new(
        EntriesOf.Everybody,
        new Dictionary<string, ImportColumn>
        {
            [KindColumn] = new(CellType.Choice, Required: true) { Options = market == Market.HongKong ? [Closed, HalfDay] : [Closed] },
            [NameColumn] = new(CellType.Words, Required: true),
            [SourceColumn] = new(CellType.Text, Required: true, MaxLength: LongestSource),
            [VerifiedColumn] = new(CellType.YesNo, Required: true),
        })
    { KeyName = DateColumn, KeyType = CellType.Date };

    /// <summary>The days as such a file.</summary>
    internal static string Csv(IEnumerable<CalendarDayRow> days) => Kernel.Csv.Of(
        [DateColumn, KindColumn, NameColumn, .. LocalText.Languages.Skip(1).Select(l => $"{NameColumn}.{l}"), SourceColumn, VerifiedColumn],
        days.Select(d => (Day: d, Name: JsonNode.Parse(d.Name)!)).Select(d => (IEnumerable<string>)[
            Iso(d.Day.Date), KindOf(d.Day), .. LocalText.Languages.Select(l => d.Name[l]?.ToString() ?? string.Empty), d.Day.Source, d.Day.Verified ? "true" : "false"]));

    /// <summary>What is wrong with days that is wrong with no other entry.</summary>
    /// <param name="known">Years of which the market's days are known: they come back as they went out.</param>
    internal static ImportReading Checked(ImportReading reading, IReadOnlySet<int> known, int thisYear)
    {
        var (faults, sources) = (reading.Faults.ToList(), new Dictionary<int, string>());
        foreach (var line in reading.Lines)
        {
            var date = DateOf(line);
            if (!known.Contains(date.Year) && (date.Year < thisYear || date.Year > thisYear + YearsAhead))
            {
                faults.Add(new ImportFault(line.Number, DateColumn, "year-out-of-range", Of(("from", Text(thisYear)), ("to", Text(thisYear + YearsAhead)))) { Key = line.Key, Value = line.Key });
            }

            if ((string?)line.Values[KindColumn] == HalfDay && date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) faults.Add(new ImportFault(line.Number, DateColumn, "half-day-on-weekend") { Key = line.Key, Value = line.Key });
            var source = (string)line.Values[SourceColumn]!;
            if (!sources.TryAdd(date.Year, source) && sources[date.Year] != source) faults.Add(new ImportFault(line.Number, SourceColumn, "other-source", Of(("year", Text(date.Year)))) { Key = line.Key, Value = source });
        }

        var faulty = faults.Select(f => f.Line).ToHashSet();
        return new ImportReading([.. reading.Lines.Where(l => !faulty.Contains(l.Number))], [.. faults.OrderBy(f => f.Line)]);
    }

    internal static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static DateOnly DateOf(ImportLine line) => DateOnly.ParseExact(line.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What a stored day says, as a line says it.</summary>
    internal static JsonObject ValuesOf(CalendarDayRow day) => new()
    {
        [KindColumn] = KindOf(day),
        [NameColumn] = JsonNode.Parse(day.Name),
        [SourceColumn] = day.Source,
        [VerifiedColumn] = day.Verified,
    };

    internal static CalendarDayRow RowOf(Market market, ImportLine line) => new()
    {
        Market = market,
        Date = DateOf(line),
        Kind = (string?)line.Values[KindColumn] == HalfDay ? CalendarDayKind.HalfDay : market == Market.HongKong ? CalendarDayKind.Holiday : CalendarDayKind.Closure,
        Name = line.Values[NameColumn]!.ToJsonString(),
        Source = (string)line.Values[SourceColumn]!,
        Verified = (bool)line.Values[VerifiedColumn]!,
    };

    private static string KindOf(CalendarDayRow day) => day.Kind == CalendarDayKind.HalfDay ? HalfDay : Closed;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Of(params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments) all[name] = value;
        return all;
    }
}
