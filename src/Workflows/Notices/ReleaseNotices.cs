using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Notices;

/// <summary>An operator lets go what was held: it is sent, or given up unsent where it has arrived before the restore.</summary>
public sealed class ReleaseNotices(IDbContextFactory<PortalDb> database, TimeProvider machine)
{
    /// <param name="send">False to give them up: they stand among the dead, where each can still be retried.</param>
    /// <returns>How many were held.</returns>
    public async Task<Result<int>> HandleAsync(Viewer viewer, bool send, CancellationToken ct)
    {
        if (!viewer.Is(Role.Administrator))
        {
            return new NothingHere();
        }

        await using var db = await database.CreateDbContextAsync(ct);
        var now = machine.GetUtcNow();
        var held = db.Set<Notice>().Where(n => n.State == NoticeState.Held);
        return send
            ? await held.ExecuteUpdateAsync(n => n.SetProperty(x => x.State, NoticeState.Pending).SetProperty(x => x.NextAttemptAt, now), ct)
            : await held.ExecuteUpdateAsync(n => n.SetProperty(x => x.State, NoticeState.Dead).SetProperty(x => x.LastError, "Given up by an operator after a restore."), ct);
    }
}
