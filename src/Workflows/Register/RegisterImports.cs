using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Register;

/// <summary>What a file that waits to be confirmed would do.</summary>
/// <param name="Before">The same file as it was taken in last; null where it never was.</param>
public sealed record ImportPreview(RegisterImport Import, ImportComparison Comparison, string ContentHash, RegisterImport? Before)
{
    /// <summary>What a file of days does beside; null for entries.</summary>
    public CalendarPreview? Calendar { get; init; }

    /// <summary>Why the viewer looks at it and is not who confirms it; null where it may be.</summary>
    public Refusal? WhyNot { get; init; }

    /// <summary>Whom else it could be confirmed by, by name; empty where the viewer may.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    public ImportCounts Counts => Comparison.Counts with { Moved = Calendar?.Moved.Count ?? 0 };
}

/// <summary>What becomes of a market's calendar, and of all that rests on it.</summary>
/// <param name="Years">Those that the file names.</param>
/// <param name="Moved">Deadlines of requests under way; none while a line is at fault.</param>
/// <param name="Closing">Days of requests under way on which the market would be closed; none while a line is at fault.</param>
public sealed record CalendarPreview(IReadOnlyList<CalendarYear> Years, IReadOnlyList<MovedDeadline> Moved, IReadOnlyList<ClosingDay> Closing);

/// <summary>Files of entries, for the clearing house's people: those that were taken in, and those that wait.</summary>
public sealed class RegisterImports(IDbContextFactory<PortalDb> databases, ImportDesk desk, CalendarDesk calendars, ImportDeeds deeds)
{
    /// <summary>Latest first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<RegisterImport> Items, int Total)> ListAsync(Viewer viewer, int page, int size, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ReadRegister)) return ([], 0);
        await using var db = await databases.CreateDbContextAsync(ct);
        var total = await db.Set<ImportRow>().CountAsync(ct);
        return (await Read(db.Set<ImportRow>().OrderByDescending(i => i.OfferedAt).ThenByDescending(i => i.Id).Skip((Math.Max(1, page) - 1) * size).Take(size)).ToListAsync(ct), total);
    }

    /// <summary>Calendars that wait for a second person, latest first.</summary>
    public async Task<IReadOnlyList<RegisterImport>> WaitingCalendarsAsync(Viewer viewer, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ReadRegister)) return [];
        var kinds = Enum.GetValues<Market>().Select(CalendarFiles.KindOf).ToList();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Read(db.Set<ImportRow>().Where(i => i.ImportedAt == null && kinds.Contains(i.Kind)).OrderByDescending(i => i.OfferedAt).ThenByDescending(i => i.Id)).ToListAsync(ct);
    }

    /// <summary>Null where there is none for this viewer.</summary>
    public async Task<RegisterImport?> FindAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ReadRegister)) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Read(db.Set<ImportRow>().Where(i => i.Id == id)).SingleOrDefaultAsync(ct);
    }

    /// <summary>What it would do now; refused where it is not the viewer's to take in, or was taken in already.</summary>
    public async Task<Result<ImportPreview>> PreviewAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        if (await FindAsync(viewer, id, ct) is not { } import) return new NothingHere();
        var format = desk.FormatOf(viewer, import.Kind);
        if (format.IsRefused) return format.Refusal;
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Set<ImportRow>().Where(i => i.Id == id).Select(i => i.Content).SingleOrDefaultAsync(ct) is not { } content) return new ImportIsDone();
        var reading = await desk.ReadAsync(viewer, format.Value, content, ct);
        if (reading.IsRefused) return reading.Refusal;
        var before = await Read(db.Set<ImportRow>().Where(i => i.Kind == import.Kind && i.Sha256 == import.Sha256 && i.ImportedAt != null).OrderByDescending(i => i.ImportedAt)).FirstOrDefaultAsync(ct);
        if (CalendarFiles.MarketOf(import.Kind) is { } market)
        {
            var seen = await calendars.LookAsync(market, reading.Value.Reading, ct);
            var whyNot = import.WhyNotBy(viewer);
            return new ImportPreview(import, seen.Comparison.Days, seen.Hash, before)
            {
                Calendar = new CalendarPreview(seen.Comparison.Years, seen.Moves.Moved, seen.Moves.Closing),
                WhyNot = whyNot,
                Others = whyNot is null ? [] : [.. (await deeds.AbleAsync(viewer.User, ct)).Select(p => p.Name)],
            };
        }

        var comparison = await desk.CompareAsync(import.Kind, format.Value, reading.Value, ct);
        return new ImportPreview(import, comparison, comparison.Hash(), before);
    }

    /// <summary>The deadlines that an import of a calendar has moved; none for whom it is not.</summary>
    public async Task<IReadOnlyList<MovedDeadline>> MovedAsync(Viewer viewer, Guid id, CancellationToken ct) =>
        PermissionTable.Allows(viewer, Permission.ReadRegister) ? await calendars.MovedAsync(id, ct) : [];

    // Without the content, which may be large.
    internal static IQueryable<RegisterImport> Read(IQueryable<ImportRow> rows) => rows.AsNoTracking().Select(i => new RegisterImport(
        i.Id, i.Kind, i.Name, i.Sha256, i.Size, i.OfferedBy, i.OfferedAt, i.ImportedBy, i.ImportedAt, new ImportCounts(i.Begun, i.Changed, i.Ended, i.Stayed, i.LeftOut) { Moved = i.Moved }));
}
