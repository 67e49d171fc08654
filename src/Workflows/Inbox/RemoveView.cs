using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Inbox;

/// <summary>Takes a saved view away: the viewer's own, or a team's by whoever saved it or a supervisor.</summary>
public sealed class RemoveView(IDbContextFactory<PortalDb> databases, SavedViews views)
{
    public async Task<Result<Done>> HandleAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await SavedViews.Seen(db, viewer, views.TeamsOf(viewer)).SingleOrDefaultAsync(v => v.Id == id, ct) is not { } view) return new NothingHere();
        if (!SavedViews.MayChange(viewer, view)) return new NotYoursToDo("not-your-view");
        await db.Set<SavedViewRow>().Where(v => v.Id == id).ExecuteDeleteAsync(ct);
        return Done.Value;
    }
}
