using System.Text.Json.Nodes;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>A year that a file of days names.</summary>
/// <param name="IsNew">The market's days of it were not known before.</param>
/// <param name="Closed">How many weekdays it has on which the market is closed.</param>
public sealed record CalendarYear(int Year, bool IsNew, int Closed, int HalfDays);

/// <summary>What a file of days would make of the calendar as it is now. Pure.</summary>
/// <param name="Days">By date; a file with a line at fault ends nothing, and is not taken in.</param>
/// <param name="Rows">The days of the years that the file names, as they would be.</param>
internal sealed record CalendarComparison(
    Market Market, ImportComparison Days, IReadOnlyList<CalendarYear> Years, IReadOnlyList<CalendarDayRow> Rows, StoredCalendar Before, BusinessCalendar After)
{
    public static CalendarComparison Of(Market market, ImportReading reading, StoredCalendar stored)
    {
        var rows = reading.Lines.Select(l => CalendarFiles.RowOf(market, l)).ToList();
        var named = rows.Select(r => r.Date.Year).ToHashSet();
        var years = named.Order().Select(year => YearOf(year, stored, market, rows)).ToList();
        return new CalendarComparison(market, DaysOf(market, reading, stored, named), years, rows, stored, stored.With(market, rows).Calendar());
    }

    private static ImportComparison DaysOf(Market market, ImportReading reading, StoredCalendar stored, HashSet<int> named)
    {
        var held = stored.Days.Where(d => d.Market == market).ToDictionary(d => CalendarFiles.Iso(d.Date));
        var (begins, changes) = (new List<ImportChange>(), new List<ImportChange>());
        foreach (var line in reading.Lines)
        {
            var before = held.GetValueOrDefault(line.Key) is { } day ? CalendarFiles.ValuesOf(day) : null;
            if (before is null) begins.Add(new ImportChange(null, line.Key, null, line.Values, line.Number));
            else if (CanonicalJson.Text(before) != CanonicalJson.Text(line.Values)) changes.Add(new ImportChange(null, line.Key, before, line.Values, line.Number));
        }

        var brought = reading.Lines.Select(l => l.Key).ToHashSet(StringComparer.Ordinal);
        var ends = reading.Faults.Count > 0 ? [] : held.Where(d => named.Contains(d.Value.Date.Year) && !brought.Contains(d.Key))
            .OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => new ImportChange(null, d.Key, CalendarFiles.ValuesOf(d.Value), null, null));
        return new ImportComparison(ByDate(begins), ByDate(changes), [.. ends], reading.Lines.Count - begins.Count - changes.Count, reading.Faults, reading.FaultyLines);
    }

    private static List<ImportChange> ByDate(List<ImportChange> changes) => [.. changes.OrderBy(c => c.Key, StringComparer.Ordinal)];

    private static CalendarYear YearOf(int year, StoredCalendar stored, Market market, List<CalendarDayRow> rows) => new(
        year, !stored.Ranges.Exists(r => r.Market == market && r.Year == year),
        rows.Count(r => r.Date.Year == year && r.Kind != CalendarDayKind.HalfDay && r.Date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)), rows.Count(r => r.Date.Year == year && r.Kind == CalendarDayKind.HalfDay));

    /// <summary>Of all that would be done, deadlines and the calendar before it among it.</summary>
    public string Hash(CalendarMoves moves) => CanonicalJson.Hash(new JsonArray(
        Before.Calendar().Version, After.Version, Days.FaultyLines,
        new JsonArray([.. moves.Moved.Select(m => (JsonNode)new JsonArray(m.Request.ToString(), m.Step, m.Deadline.En, m.From.ToUnixTimeSeconds(), m.To.ToUnixTimeSeconds(), m.PassesAtOnce))]),
        new JsonArray([.. moves.Closing.Select(c => (JsonNode)new JsonArray(c.Request.ToString(), c.Path, CalendarFiles.Iso(c.Day)))])));
}
