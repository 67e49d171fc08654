using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// Ends somebody's sessions on all hosts at once: one's own other sessions, or all of a user whom the viewer administers.
/// </summary>
public sealed class EndSessions(IDbContextFactory<PortalDb> databases, SecurityLog log, TimeProvider machine)
{
    /// <returns>How many sessions were ended.</returns>
    public async Task<Result<int>> HandleAsync(Viewer viewer, UserId user, Visitor visitor, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var firm = await db.Set<UserRow>().Where(u => u.Id == user).Select(u => (FirmId?)u.FirmId).SingleOrDefaultAsync(ct);
        if (firm is null || (viewer.User != user && !viewer.MayAdminister(firm.Value)))
        {
            return new NothingHere();
        }

        var now = machine.GetUtcNow();
        var ended = await db.Set<SessionRow>().Where(s => s.UserId == user && s.EndedAt == null && s.TokenHash != viewer.Session)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        await log.RecordAsync(SecurityEventKind.SessionsEnded, user, visitor.Address, ct, new() { ["by"] = viewer.User.ToString() });
        return ended;
    }
}
