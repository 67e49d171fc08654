using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Register;

/// <summary>
/// Takes a file into the register that was looked at before: all of it in one transaction or nothing, once, and nothing else than what was seen.
/// An entry is never overwritten: the old one ends where the new one begins. A calendar is confirmed by another person than who offered it.
/// </summary>
public sealed class ConfirmImport(IDbContextFactory<PortalDb> databases, ClickConnection connection, ImportDesk desk, CalendarDesk calendars, ImportDeeds deeds, BusinessClock clock)
{
    // What rests on the calendar goes on meanwhile: who loses a race looks again whether all is still as it was seen.
    private const int Attempts = 8;

    private const string Take =
        """
        WITH taken AS (
          UPDATE register.import SET imported_by = $2, imported_at = $3, begun = $4, changed = $5, ended = $6, stayed = $7, left_out = $8, moved = $9, content = NULL WHERE id = $1 AND imported_at IS NULL RETURNING 1)
        SELECT setup.expect(count(*) = 1) FROM taken
        """;

    private const string End =
        """
        WITH ended AS (
          UPDATE register.entry SET valid_to = $2, ended_by_import = CASE WHEN $3 THEN $4::uuid END WHERE id = ANY ($1) AND valid_to IS NULL RETURNING 1)
        SELECT setup.expect(count(*) = cardinality($1)) FROM ended
        """;

    private const string Begin =
        """
        INSERT INTO register.entry (id, kind, key, membership_id, firm_id, values, valid_from, import_id)
        SELECT gen_random_uuid(), $1, e.key, e.membership, e.firm::uuid, e.held::jsonb, $2, $3 FROM unnest($4, $5, $6, $7) AS e (key, membership, firm, held)
        """;

    /// <param name="seen">The hash of what was shown (<see cref="ImportComparison.Hash"/>).</param>
    /// <param name="withoutFaulty">The lines at fault are to be left out; else nothing is done where there are any.</param>
    public async Task<Result<ImportCounts>> HandleAsync(Viewer viewer, Guid id, string seen, bool withoutFaulty, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } import) return new NothingHere();
        var format = desk.FormatOf(viewer, import.Kind);
        if (format.IsRefused) return format.Refusal;
        if (RegisterImport.Of(import).WhyNotBy(viewer) is { } no) return no;
        if (import.Content is not { } content) return RegisterImport.Of(import).Counts;

        var reading = await desk.ReadAsync(viewer, format.Value, content, ct);
        if (reading.IsRefused) return reading.Refusal;
        if (CalendarFiles.MarketOf(import.Kind) is { } market) return await CalendarAsync(viewer, import, seen, () => calendars.LookAsync(market, reading.Value.Reading, ct), ct);
        var comparison = await desk.CompareAsync(import.Kind, format.Value, reading.Value, ct);
        if (comparison.Hash() != seen) return await DoneAsync(id, ct);
        if (comparison.FaultyLines > 0 && !withoutFaulty) return new ImportHasFaults(comparison.FaultyLines);
        var outcome = await connection.WriteAsync(batch => Write(batch, viewer, import, comparison, reading.Value.Firms), ct);
        return outcome.LostRace ? await DoneAsync(id, ct) : comparison.Counts;
    }

    private async Task<Result<ImportCounts>> CalendarAsync(Viewer viewer, ImportRow import, string seen, Func<Task<SeenCalendar>> look, CancellationToken ct)
    {
        var notice = await deeds.NoticeAsync(ImportNews.Confirmed, RegisterImport.Of(import), viewer, clock.GetUtcNow(), ct);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var calendar = await look();
            if (calendar.Hash != seen) break;
            if (calendar.Comparison.Days.FaultyLines > 0) return new CalendarHasFaults(calendar.Comparison.Days.FaultyLines);
            var outcome = await connection.WriteAsync(batch => Write(batch, viewer, import, calendar, notice), ct);
            if (!outcome.LostRace)
            {
                await calendars.FollowAsync(ct);
                return calendar.Counts;
            }
        }

        return await DoneAsync(import.Id, ct);
    }

    private void Write(ClickBatch batch, Viewer viewer, ImportRow import, SeenCalendar calendar, ImportNotice? notice)
    {
        calendar.AddGuard(batch);
        AddTake(batch, viewer, import, calendar.Counts);
        calendar.AddTo(batch, import.Id);
        deeds.AddTo(batch, notice);
    }

    private void AddTake(ClickBatch batch, Viewer viewer, ImportRow import, ImportCounts counts) =>
        batch.Add(Take, import.Id, viewer.User.Value, clock.GetUtcNow(), counts.Begun, counts.Changed, counts.Ended, counts.Stayed, counts.LeftOut, counts.Moved);

    // The same import, confirmed twice at once, is done once; somebody may have thrown it away meanwhile.
    private async Task<Result<ImportCounts>> DoneAsync(Guid id, CancellationToken ct) => await FindAsync(id, ct) switch
    {
        { ImportedAt: not null } done => RegisterImport.Of(done).Counts,
        { } => new ImportIsNotAsSeen(),
        null => new NothingHere(),
    };

    private void Write(ClickBatch batch, Viewer viewer, ImportRow import, ImportComparison comparison, IReadOnlyDictionary<string, FirmId> firms)
    {
        var now = clock.GetUtcNow();
        AddTake(batch, viewer, import, comparison.Counts);
        if (comparison.Changes.Count > 0) batch.Add(End, Ending(comparison.Changes), now, false, import.Id);
        if (comparison.Ends.Count > 0) batch.Add(End, Ending(comparison.Ends), now, true, import.Id);
        var beginning = comparison.Begins.Concat(comparison.Changes).ToList();
        if (beginning.Count == 0) return;
        batch.Add(
            Begin, import.Kind, now, import.Id, beginning.Select(c => c.Key).ToArray(), beginning.Select(c => c.Membership?.Value).ToArray(),
            beginning.Select(c => c.Membership is { } membership ? firms[membership.Value].ToString() : null).ToArray(), beginning.Select(c => c.After!.ToJsonString()).ToArray());
    }

    private static Guid[] Ending(IReadOnlyList<ImportChange> changes) => [.. changes.Select(c => c.Ends!.Value)];

    private async Task<ImportRow?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<ImportRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
    }
}
