using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>Holds a file of days against the calendar and against all that rests on it: what looking at it shows and what confirming it does are the same.</summary>
public sealed class CalendarDesk(CalendarStore calendars, ICalendarMoves moves, BusinessClock clock)
{
    /// <param name="reading">As any other file is read.</param>
    internal async Task<SeenCalendar> LookAsync(Market market, ImportReading reading, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var comparison = await CompareAsync(market, reading, now, ct);
        var moved = comparison.Days.FaultyLines > 0 ? CalendarMoves.None : await moves.OfAsync(comparison.Before.Calendar(), comparison.After, now, ct);
        return new SeenCalendar(comparison, moved);
    }

    /// <summary>Whether there is anything to confirm: what changes nothing, or is at fault, is nobody's work.</summary>
    internal async Task<bool> WantsConfirmingAsync(Market market, ImportReading reading, CancellationToken ct) =>
        (await CompareAsync(market, reading, clock.GetUtcNow(), ct)).Days.WantsConfirming;

    private async Task<CalendarComparison> CompareAsync(Market market, ImportReading reading, DateTimeOffset now, CancellationToken ct)
    {
        var stored = await calendars.StoredAsync(ct);
        var known = stored.Ranges.Where(r => r.Market == market).Select(r => r.Year).ToHashSet();
        return CalendarComparison.Of(market, CalendarFiles.Checked(reading, known, HongKong.DateIn(now).Year), stored);
    }

    internal Task<IReadOnlyList<MovedDeadline>> MovedAsync(Guid import, CancellationToken ct) => moves.DoneAsync(import, ct);

    /// <summary>This host goes by what was written at once; the others ask for it.</summary>
    internal Task FollowAsync(CancellationToken ct) => calendars.RefreshAsync(ct);
}

/// <summary>A file of days as it was looked at.</summary>
internal sealed record SeenCalendar(CalendarComparison Comparison, CalendarMoves Moves)
{
    private const string Replace =
        """
        WITH gone AS (DELETE FROM register.calendar_day WHERE market = $1 AND extract(year FROM date) = ANY ($2) AND date <> ALL (SELECT d::date FROM unnest($3) d))
        INSERT INTO register.calendar_day (market, date, kind, name, source, verified)
        SELECT $1, d.date::date, d.kind, d.name::jsonb, d.source, d.verified FROM unnest($3, $4, $5, $6, $7) AS d (date, kind, name, source, verified)
        ON CONFLICT (market, date) DO UPDATE SET kind = excluded.kind, name = excluded.name, source = excluded.source, verified = excluded.verified
        """;

    private const string Know =
        """
        INSERT INTO register.calendar_range (market, year, source, verified) SELECT $1, y.year, y.source, y.verified FROM unnest($2, $3, $4) AS y (year, source, verified)
        ON CONFLICT (market, year) DO UPDATE SET source = excluded.source, verified = excluded.verified
        """;

    public string Hash { get; } = Comparison.Hash(Moves);

    public ImportCounts Counts => Comparison.Days.Counts with { Moved = Moves.Moved.Count };

    /// <summary>The calendar is the one that the file was held against.</summary>
    public void AddGuard(ClickBatch batch) => CalendarStore.AddGuard(batch, Comparison.Before);

    public void AddTo(ClickBatch batch, Guid import)
    {
        var (days, years) = (Comparison.Rows, StoredCalendar.RangesOf(Comparison.Market, Comparison.Rows).ToList());
        var market = Comparison.Market.ToString();
        batch.Add(
            Replace, market, years.Select(y => y.Year).ToArray(), days.Select(d => CalendarFiles.Iso(d.Date)).ToArray(), days.Select(d => d.Kind.ToString()).ToArray(), days.Select(d => d.Name).ToArray(),
            days.Select(d => d.Source).ToArray(), days.Select(d => d.Verified).ToArray());
        batch.Add(Know, market, years.Select(y => y.Year).ToArray(), years.Select(y => y.Source).ToArray(), years.Select(y => y.Verified).ToArray());
        Moves.AddTo(batch, import);
    }
}
