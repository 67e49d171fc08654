using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>A file in a participant's folder.</summary>
/// <param name="IsNew">Nobody of the firm has downloaded it yet for this membership.</param>
/// <param name="Log">Who of the firm downloaded it, latest first.</param>
public sealed record FileInFolder(HeldMembership Membership, PublishedFile File, bool IsNew, IReadOnlyList<PublicationLine> Log);

/// <summary>What a participant's person may download: per membership and kind of file, latest first. What is over or was taken back is not there.</summary>
public sealed class DownloadsFor(IDbContextFactory<PortalDb> database, IDownloadFolders folders, BusinessClock clock)
{
    /// <summary>The most that one page lists.</summary>
    private const int Most = 500;

    public async Task<IReadOnlyList<FileInFolder>> ReadAsync(Viewer viewer, CancellationToken ct)
    {
        if (viewer.IsClearingHouse) return [];
        var now = clock.GetUtcNow();
        var (houses, ids) = (viewer.Memberships.Select(m => m.ClearingHouse).Distinct().ToList(), viewer.Memberships.Select(m => (MembershipId?)m.Id).ToList());
        await using var db = await database.CreateDbContextAsync(ct);
        var found = await Opening.Joined(db)
            .Where(j => houses.Contains(j.Publication.ClearingHouse) && (j.Publication.MembershipId == null || ids.Contains(j.Publication.MembershipId)) && j.Publication.WithdrawnAt == null && j.Publication.ClearedAt == null && j.Publication.KeptUntil > now)
            .OrderByDescending(j => j.Publication.PublishedAt).ThenBy(j => j.Publication.Id).Take(Most).ToListAsync(ct);
        var log = await LogAsync(db, viewer, [.. found.Select(j => j.Publication.Id)], ct);
        return [.. from j in found
            from membership in viewer.Memberships
            where Opening.Opens(viewer, membership, j.Publication, folders)
            let lines = log[j.Publication.Id].Where(l => l.Membership == membership.Id).ToList()
            select new FileInFolder(membership, PublishedFile.Of(j.Publication, j.File, now), lines.Count == 0, lines)];
    }

    private static async Task<ILookup<AttachmentId, PublicationLine>> LogAsync(PortalDb db, Viewer viewer, AttachmentId[] ids, CancellationToken ct)
    {
        var rows = await db.Set<PublicationEvent>().AsNoTracking().Where(e => ids.Contains(e.PublicationId) && e.FirmId == viewer.Firm).OrderByDescending(e => e.Id).ToListAsync(ct);
        return rows.Select(PublicationLine.Of).ToLookup(l => l.Publication);
    }
}
