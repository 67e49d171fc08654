using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>A published file with its log, latest line first.</summary>
/// <param name="Downloads">How often it was handed out.</param>
public sealed record PublicationWithLog(PublishedFile File, IReadOnlyList<PublicationLine> Log, int Downloads);

/// <summary>A page of the list of what was published.</summary>
/// <param name="Total">Of all pages.</param>
public sealed record PublicationsPage(IReadOnlyList<PublishedFile> Items, int Total, int Number);

/// <summary>What the clearing house has published, latest first, also what is over or was taken back; and who downloaded it when.</summary>
public sealed class PublicationsOf(IDbContextFactory<PortalDb> database, BusinessClock clock)
{
    public const int PageSize = 25;

    public async Task<PublicationsPage> ReadAsync(Viewer viewer, int page, CancellationToken ct)
    {
        var number = Math.Max(1, page);
        if (!PermissionTable.Allows(viewer, Permission.ViewPublications)) return new PublicationsPage([], 0, 1);
        var now = clock.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(ct);
        var total = await db.Set<Publication>().CountAsync(ct);
        var found = await Opening.Joined(db).OrderByDescending(j => j.Publication.PublishedAt).ThenBy(j => j.Publication.Id).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return new PublicationsPage([.. found.Select(j => PublishedFile.Of(j.Publication, j.File, now))], total, number);
    }

    /// <summary>Null where there is no such publication, or where it is not the viewer's to look at.</summary>
    public async Task<PublicationWithLog?> FindAsync(Viewer viewer, AttachmentId id, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ViewPublications)) return null;
        await using var db = await database.CreateDbContextAsync(ct);
        if (await Opening.Joined(db).FirstOrDefaultAsync(j => j.Publication.Id == id, ct) is not { } found) return null;
        var log = await db.Set<PublicationEvent>().AsNoTracking().Where(e => e.PublicationId == id).OrderByDescending(e => e.Id).ToListAsync(ct);
        var downloads = log.Count(e => e.Kind is PublicationEventKind.Downloaded or PublicationEventKind.DownloadedTogether);
        return new PublicationWithLog(PublishedFile.Of(found.Publication, found.File, clock.GetUtcNow()), log.ConvertAll(PublicationLine.Of), downloads);
    }
}
