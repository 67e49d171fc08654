using System.Text.Json;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Register;

/// <summary>
/// The calendar in force: the rows as one immutable <see cref="BusinessCalendar"/>, asked for by everybody and read anew only
/// when the rows have changed, on whichever host. An empty table is filled from the repository's files.
/// </summary>
public sealed class CalendarStore(IDbContextFactory<PortalDb> databases)
{
    // Any change, even one made by hand in the database, changes it; some hundred rows take the server about a millisecond.
    private const string Fingerprint =
        """
        SELECT md5(string_agg(line, '|' ORDER BY line)) AS "Value" FROM (
          SELECT 'day' || d::text AS line FROM register.calendar_day d
          UNION ALL SELECT 'range' || r::text FROM register.calendar_range r
          UNION ALL SELECT 'rule' || u::text FROM register.calendar_rule u) rows
        """;

    private volatile Loaded? loaded;

    /// <summary>Throws before the first <see cref="RefreshAsync"/>: a host without its calendar is not ready.</summary>
    public BusinessCalendar Current => loaded?.Calendar ?? throw new InvalidOperationException("The calendar has not been loaded yet.");

    /// <summary>Takes over what changed since the last time; cheap enough for every second.</summary>
    /// <returns>True where the calendar is another one now.</returns>
    public async Task<bool> RefreshAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var fingerprint = await db.Database.SqlQueryRaw<string?>(Fingerprint).SingleAsync(ct) ?? string.Empty;
        if (loaded?.Fingerprint == fingerprint)
        {
            return false;
        }

        loaded = new Loaded(fingerprint, new BusinessCalendar(await DaysAsync(db, ct)));
        return true;
    }

    /// <summary>Fills an empty table; rows that are there, people have changed, and stay. Several hosts may do it at once.</summary>
    /// <param name="files">Name and text of each calendar file.</param>
    /// <exception cref="InvalidDataException">A file is at fault: the message names each fault.</exception>
    public async Task SeedAsync(IEnumerable<KeyValuePair<string, string>> files, CancellationToken ct)
    {
        var reading = CalendarReader.Read(files);
        if (reading.Faults.Count > 0)
        {
            throw new InvalidDataException(string.Join('\n', reading.Faults.Select(f => $"{f.File}: {f.Message}")));
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("LOCK TABLE register.calendar_range IN SHARE ROW EXCLUSIVE MODE", ct);
        if (!await db.Set<CalendarRangeRow>().AnyAsync(ct))
        {
            db.AddRange(CalendarRowsOf.All(reading.Days));
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>The days as they are stored, for the clearing house's people; none for everybody else.</summary>
    public async Task<CalendarDays> ReadAsync(Viewer viewer, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ReadRegister)) return CalendarDays.None;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await DaysAsync(db, ct);
    }

    /// <summary>The days of a market as a file that may come back, for the clearing house's people; null for everybody else.</summary>
    public async Task<string?> ExportAsync(Viewer viewer, Market market, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ReadRegister)) return null;
        return CalendarFiles.Csv((await StoredAsync(ct)).Days.Where(d => d.Market == market));
    }

    /// <summary>The rows as they are now. What is written later by them asks whether they still are (<see cref="AddGuard"/>).</summary>
    internal async Task<StoredCalendar> StoredAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var fingerprint = await db.Database.SqlQueryRaw<string?>(Fingerprint).SingleAsync(ct) ?? string.Empty;
        return await RowsAsync(db, fingerprint, ct);
    }

    /// <summary>Lets nobody else change the calendar until the transaction ends, and rolls it back where somebody has since the rows were read.</summary>
    internal static void AddGuard(ClickBatch batch, StoredCalendar seen)
    {
        batch.Add("SELECT count(*) FROM (SELECT 1 FROM register.calendar_rule FOR UPDATE) held");
        batch.Add($"SELECT setup.expect(coalesce((SELECT f.\"Value\" FROM ({Fingerprint}) f), '') = $1)", seen.Fingerprint);
    }

    private static async Task<CalendarDays> DaysAsync(PortalDb db, CancellationToken ct) => (await RowsAsync(db, string.Empty, ct)).Known();

    private static async Task<StoredCalendar> RowsAsync(PortalDb db, string fingerprint, CancellationToken ct)
    {
        var days = await db.Set<CalendarDayRow>().AsNoTracking().OrderBy(d => d.Date).ToListAsync(ct);
        var ranges = await db.Set<CalendarRangeRow>().AsNoTracking().OrderBy(r => r.Market).ThenBy(r => r.Year).ToListAsync(ct);
        var rules = await db.Set<CalendarRuleRow>().AsNoTracking().ToDictionaryAsync(r => r.Name, r => r.Answer, ct);
        return new StoredCalendar(fingerprint, ranges, days, rules);
    }

    private sealed record Loaded(string Fingerprint, BusinessCalendar Calendar);
}

/// <summary>The calendar's rows as they were read.</summary>
/// <param name="Fingerprint">Of all of them; another one where any has changed.</param>
internal sealed record StoredCalendar(string Fingerprint, List<CalendarRangeRow> Ranges, List<CalendarDayRow> Days, Dictionary<string, bool> Rules)
{
    public CalendarDays Known() => CalendarRowsOf.Days(Ranges, Days, Rules);

    public BusinessCalendar Calendar() => new(Known());

    /// <summary>With these days in the place of all that the market has in their years.</summary>
    public StoredCalendar With(Market market, IReadOnlyList<CalendarDayRow> days)
    {
        var ranges = RangesOf(market, days).ToList();
        bool Goes(Market of, int year) => of == market && ranges.Exists(r => r.Year == year);
        return this with
        {
            Ranges = [.. Ranges.Where(r => !Goes(r.Market, r.Year)).Concat(ranges).OrderBy(r => r.Market).ThenBy(r => r.Year)],
            Days = [.. Days.Where(d => !Goes(d.Market, d.Date.Year)).Concat(days).OrderBy(d => d.Date)],
        };
    }

    /// <summary>A year is verified where all its days are.</summary>
    public static IEnumerable<CalendarRangeRow> RangesOf(Market market, IEnumerable<CalendarDayRow> days) =>
        days.GroupBy(d => d.Date.Year).Select(y => new CalendarRangeRow { Market = market, Year = y.Key, Source = y.First().Source, Verified = y.All(d => d.Verified) });
}

/// <summary>The calendar's days as rows, and back.</summary>
internal static class CalendarRowsOf
{
    public static IEnumerable<object> All(CalendarDays days)
    {
        yield return new CalendarRuleRow { Name = nameof(HalfDayRules.Settle), Answer = days.Rules.Settle };
        yield return new CalendarRuleRow { Name = nameof(HalfDayRules.SettleChinaConnect), Answer = days.Rules.SettleChinaConnect };
        foreach (var year in days.Years)
        {
            yield return new CalendarRangeRow { Market = year.Market, Year = year.Year, Source = year.Source, Verified = year.Verified };
            var closed = year.Market == Market.HongKong ? CalendarDayKind.Holiday : CalendarDayKind.Closure;
            foreach (var row in Rows(year, year.Closures, closed).Concat(Rows(year, year.HalfDays, CalendarDayKind.HalfDay)).DistinctBy(d => d.Date))
            {
                yield return row;
            }
        }
    }

    public static CalendarDays Days(IEnumerable<CalendarRangeRow> ranges, List<CalendarDayRow> days, Dictionary<string, bool> rules) => new(
        [.. ranges.Select(range =>
        {
            var own = days.Where(d => d.Market == range.Market && d.Date.Year == range.Year).ToList();
            return new MarketYear(range.Market, range.Year, range.Source, range.Verified && own.All(d => d.Verified),
                [.. own.Where(d => d.Kind != CalendarDayKind.HalfDay).Select(Named)], [.. own.Where(d => d.Kind == CalendarDayKind.HalfDay).Select(Named)]);
        })],
        new HalfDayRules(
            rules.GetValueOrDefault(nameof(HalfDayRules.Settle), HalfDayRules.AsPublished.Settle),
            rules.GetValueOrDefault(nameof(HalfDayRules.SettleChinaConnect), HalfDayRules.AsPublished.SettleChinaConnect)));

    private static IEnumerable<CalendarDayRow> Rows(MarketYear year, IEnumerable<NamedDays> spans, CalendarDayKind kind) =>
        from span in spans
        from offset in Enumerable.Range(0, span.To.DayNumber - span.Date.DayNumber + 1)
        select new CalendarDayRow
        {
            Market = year.Market,
            Date = span.Date.AddDays(offset),
            Kind = kind,
            Name = JsonSerializer.Serialize(span.Name),
            Source = year.Source,
            Verified = year.Verified,
        };

    private static NamedDays Named(CalendarDayRow row) => new(row.Date, row.Date, JsonSerializer.Deserialize<LocalText>(row.Name)!);
}
