using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// After a restore, before the first host starts: what the backup still had to send may have been sent since. It is kept back
/// until an operator releases it. A system use case: no viewer is signed in yet.
/// </summary>
public sealed class HoldNotices(IDbContextFactory<PortalDb> database)
{
    /// <returns>How many are kept back.</returns>
    public async Task<int> HandleAsync(CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        return await db.Set<Notice>().Where(n => n.State == NoticeState.Pending).ExecuteUpdateAsync(n => n.SetProperty(x => x.State, NoticeState.Held), ct);
    }
}
