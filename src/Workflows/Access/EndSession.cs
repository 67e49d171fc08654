using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>Ends one of the viewer's own sessions, on whatever device it is.</summary>
public sealed class EndSession(IDbContextFactory<PortalDb> databases, SecurityLog log, TimeProvider machine)
{
    /// <param name="session">As <see cref="OpenSession.Id"/> names it.</param>
    public async Task<Result<Done>> HandleAsync(Viewer viewer, string session, Visitor visitor, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var open = await db.Set<SessionRow>().Where(s => s.UserId == viewer.User && s.EndedAt == null).Select(s => s.TokenHash).ToListAsync(ct);
        if (open.FirstOrDefault(hash => OpenSession.IdOf(hash) == session) is not { } found) return new NothingHere();

        var now = machine.GetUtcNow();
        await db.Set<SessionRow>().Where(s => s.TokenHash == found).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        await log.RecordAsync(SecurityEventKind.SessionsEnded, viewer.User, visitor.Address, ct, new() { ["by"] = viewer.User.ToString() });
        return Done.Value;
    }
}
