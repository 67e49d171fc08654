using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Notices;

/// <summary>The viewer has read these; others' notices are never touched, and a second time changes nothing.</summary>
public sealed class MarkNoticesRead(IDbContextFactory<PortalDb> database, BusinessClock clock)
{
    /// <param name="notices">Null for all that the viewer has.</param>
    /// <returns>How many were unread.</returns>
    public async Task<Result<int>> HandleAsync(Viewer viewer, IReadOnlyList<Guid>? notices, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        var unread = UnreadIn(db, viewer);
        return await MarkAsync(notices is null ? unread : unread.Where(n => notices.Contains(n.Id)), ct);
    }

    /// <summary>Who looks at a request knows what they were told of it.</summary>
    public async Task LookedAtAsync(Viewer viewer, RequestId request, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        await MarkAsync(UnreadIn(db, viewer).Where(n => n.RequestId == request), ct);
    }

    /// <summary>The same with a release proposal.</summary>
    public async Task LookedAtAsync(Viewer viewer, Guid proposal, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        await MarkAsync(UnreadIn(db, viewer).Where(n => n.ProposalId == proposal), ct);
    }

    /// <summary>The same with a calendar's file.</summary>
    public async Task LookedAtImportAsync(Viewer viewer, Guid import, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        await MarkAsync(UnreadIn(db, viewer).Where(n => n.ImportId == import), ct);
    }

    /// <summary>Who looks at the downloads knows of every file that they were told of.</summary>
    public async Task LookedAtFilesAsync(Viewer viewer, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        await MarkAsync(UnreadIn(db, viewer).Where(n => n.PublicationId != null), ct);
    }

    private static IQueryable<Notice> UnreadIn(PortalDb db, Viewer viewer) => db.Set<Notice>().Where(n => n.RecipientId == viewer.User && n.ReadAt == null);

    private Task<int> MarkAsync(IQueryable<Notice> unread, CancellationToken ct) => unread.ExecuteUpdateAsync(n => n.SetProperty(x => x.ReadAt, clock.GetUtcNow()), ct);
}
