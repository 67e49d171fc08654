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
        var unread = db.Set<Notice>().Where(n => n.RecipientId == viewer.User && n.ReadAt == null);
        if (notices is not null)
        {
            unread = unread.Where(n => notices.Contains(n.Id));
        }

        return await unread.ExecuteUpdateAsync(n => n.SetProperty(x => x.ReadAt, clock.GetUtcNow()), ct);
    }
}
