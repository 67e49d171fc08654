using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>Reads the drafts of releases, and what the checks of a release say of them.</summary>
public sealed class ReleaseDrafts(IDbContextFactory<PortalDb> databases, BundleLoader loader, TimeProvider machine)
{
    /// <summary>Null where there is none, or none for this viewer.</summary>
    public async Task<ReleaseDraft?> FindAsync(Viewer viewer, string eService, CancellationToken ct) =>
        (await OfAsync(viewer, d => d.EService == eService, ct)).SingleOrDefault();

    /// <summary>All of them; empty for whom the designer is closed.</summary>
    public Task<IReadOnlyList<ReleaseDraft>> AllAsync(Viewer viewer, CancellationToken ct) => OfAsync(viewer, _ => true, ct);

    /// <summary>The draft as the bundle that it would be, or all that is wrong with it.</summary>
    public BundleReading Check(ReleaseDraft draft) => loader.LoadDraft(draft.EService, draft.Document);

    private async Task<IReadOnlyList<ReleaseDraft>> OfAsync(Viewer viewer, System.Linq.Expressions.Expression<Func<ReleaseDraftRow, bool>> which, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ViewEServices)) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = machine.GetUtcNow();
        return [.. (await db.Set<ReleaseDraftRow>().AsNoTracking().Where(which).OrderBy(d => d.EService).ToListAsync(ct)).Select(d => ReleaseDraft.Of(d, now))];
    }
}
