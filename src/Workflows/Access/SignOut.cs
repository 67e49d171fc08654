using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Access;

/// <summary>Ends the session on the server: the cookie, wherever a copy of it is, opens nothing any more. Twice is harmless.</summary>
public sealed class SignOut(ClickConnection connection, ViewerCache viewers, SecurityLog log, TimeProvider machine)
{
    public async Task<Result<Done>> HandleAsync(Viewer viewer, Visitor visitor, CancellationToken ct)
    {
        viewers.Forget(viewer);
        await connection.WriteAsync(
            batch => batch.Add("UPDATE access.session SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL", viewer.Session, machine.GetUtcNow()),
            ct);
        await log.RecordAsync(SecurityEventKind.SignedOut, viewer.User, visitor.Address, ct);
        return Done.Value;
    }
}
