using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// A person switches the keyboard shortcuts on or off: who speaks to a computer, or whose hand slips, must be able to. It follows
/// them to every device.
/// </summary>
public sealed class ChangeShortcuts(IDbContextFactory<PortalDb> databases, ViewerCache viewers)
{
    public async Task<Result<Done>> HandleAsync(Viewer viewer, bool areOn, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Set<UserRow>().Where(u => u.Id == viewer.User).ExecuteUpdateAsync(u => u.SetProperty(x => x.HasShortcuts, areOn), ct);
        viewers.Forget(viewer);
        return Done.Value;
    }
}
