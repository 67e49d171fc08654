using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>
/// The sweep's part of telling: once a published file can be downloaded (the scanner has passed it, or there is none), those it is for are told of
/// it, once. What was taken back or is over by then is told to nobody. Two runs at once share the work.
/// </summary>
public sealed class TellOfPublications(IDbContextFactory<PortalDb> database, IDownloadFolders folders, IPublicationNotices notices, BusinessClock clock)
{
    private const int MostAtOnce = 20;

    /// <returns>How many files were told of.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        if (!await db.Set<Publication>().AnyAsync(p => p.ToldAt == null, ct)) return 0;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ready = await db.Set<Publication>().FromSql(
            $"""
            SELECT p.* FROM files.publication p JOIN files.attachment a ON a.id = p.id
            WHERE p.told_at IS NULL AND a.scan IN ('Clean', 'NotScanned') ORDER BY p.published_at LIMIT {MostAtOnce} FOR UPDATE OF p SKIP LOCKED
            """).ToListAsync(ct);
        if (ready.Count == 0) return 0;

        var (now, told) = (clock.GetUtcNow(), 0);
        var ids = ready.ConvertAll(p => p.Id);
        var names = await db.Set<Attachment>().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var types = folders.All().ToDictionary(f => f.EService, f => f.Types, StringComparer.Ordinal);
        foreach (var publication in ready)
        {
            publication.ToldAt = now;
            if (publication.WithdrawnAt is not null || publication.KeptUntil <= now) continue;
            var type = types.GetValueOrDefault(publication.EService)?.GetValueOrDefault(publication.Type) ?? new LocalText(publication.Type);
            await notices.AddAsync(db, new PublicationNotice(publication.Id, publication.EService, names[publication.Id], type, await ForAsync(db, publication, ct), publication.KeptUntil, now), ct);
            told++;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return told;
    }

    private async Task<IReadOnlyList<MembershipId>> ForAsync(PortalDb db, Publication publication, CancellationToken ct)
    {
        var there = await PeopleToTell.MembershipsAsync(db, publication.ClearingHouse, ct);
        return [.. there.Where(m => (publication.MembershipId is null || m.Id == publication.MembershipId) && folders.IsFor(publication.EService, m)).Select(m => m.Id)];
    }
}
