using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>One open session of the viewer's own account.</summary>
/// <param name="Id">Names it to its owner; says nothing of the token.</param>
public sealed record OpenSession(string Id, string? Device, DateTimeOffset Since, DateTimeOffset LastSeen, bool IsThis)
{
    internal static string IdOf(byte[] tokenHash) => Convert.ToHexStringLower(tokenHash.AsSpan(0, 8));
}

/// <summary>Where the viewer is signed in, the latest first. Times are the machine's clock.</summary>
public sealed class SessionsOf(IDbContextFactory<PortalDb> databases, TimeProvider machine)
{
    public async Task<IReadOnlyList<OpenSession>> ReadAsync(Viewer viewer, CancellationToken ct)
    {
        var now = machine.GetUtcNow();
        var seen = now - SessionLimits.Idle;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<SessionRow>().AsNoTracking()
            .Where(s => s.UserId == viewer.User && s.EndedAt == null && s.SecondFactorAt != null && s.ExpiresAt > now && s.LastSeenAt > seen)
            .OrderByDescending(s => s.LastSeenAt)
            .Select(s => new OpenSession(OpenSession.IdOf(s.TokenHash), s.Device, s.CreatedAt, s.LastSeenAt, s.TokenHash == viewer.Session)).ToListAsync(ct);
    }
}
