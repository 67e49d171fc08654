using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// Signs an account in without asking for anything: for the demonstration market's accounts in Development, and for a sign-on
/// elsewhere that has asked for both factors. The host maps no endpoint to it in Production.
/// </summary>
public sealed class StartSession(ClickConnection connection, SecurityLog log, TimeProvider machine)
{
    private const string Start =
        """
        INSERT INTO access.session (token_hash, user_id, created_at, last_seen_at, expires_at, second_factor_at, device)
        SELECT $2, u.id, $3, $3, $4, $3, $5 FROM access.user_account u WHERE u.email = $1 AND NOT u.is_disabled RETURNING user_id
        """;

    public async Task<Result<SessionToken>> HandleAsync(string email, Visitor visitor, CancellationToken ct)
    {
        var token = SessionToken.New();
        var now = machine.GetUtcNow();
        var user = await connection.ReadAsync<UserId?>(
            batch => batch.Add(Start, email.Trim().ToLowerInvariant(), token.Hash, now, now + SessionLimits.Absolute, visitor.Device),
            async (reader, cancelled) => await reader.ReadAsync(cancelled) ? new UserId(reader.GetGuid(0)) : null,
            ct);
        if (user is null)
        {
            return new NothingHere();
        }

        await log.RecordAsync(SecurityEventKind.SignedIn, user.Value, visitor.Address, ct, new() { ["without"] = "password" });
        return token;
    }
}
