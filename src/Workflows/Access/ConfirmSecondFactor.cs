using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using OtpNet;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// Second step of signing in: the authenticator's code. A code counts once, on whichever host; the session gets a new token, so
/// that one which somebody planted in the browser before is worth nothing. The first code of an authenticator that was just
/// shown (<see cref="OfferSecondFactor"/>) enrols it.
/// </summary>
public sealed class ConfirmSecondFactor(ClickConnection connection, ISecretProtector protector, SecurityLog log, TimeProvider machine)
{
    private const string Count =
        """
        UPDATE access.user_account u
        SET failed_attempts = failed_attempts + 1, locked_until = $2 + ($3::interval[])[least(failed_attempts + 1, cardinality($3::interval[]))]
        FROM access.session s
        WHERE s.token_hash = $1 AND s.user_id = u.id AND s.ended_at IS NULL AND s.second_factor_at IS NULL AND s.expires_at > $2
          AND NOT u.is_disabled AND (u.locked_until IS NULL OR u.locked_until <= $2)
        RETURNING u.id, u.totp_secret, s.totp_offered
        """;

    private const string Shut =
        """
        SELECT u.locked_until FROM access.session s JOIN access.user_account u ON u.id = s.user_id
        WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.second_factor_at IS NULL AND s.expires_at > $2 AND NOT u.is_disabled
        """;

    // All of it or none: the time step is used up, the old session ends and the new one begins.
    private const string Accept =
        """
        WITH used AS (
          UPDATE access.user_account SET totp_last_step = $3, failed_attempts = 0, locked_until = NULL, totp_secret = coalesce(totp_secret, $8)
          WHERE id = $1 AND totp_last_step < $3 AND (totp_secret IS NULL) = ($8::text IS NOT NULL)
          RETURNING id),
        over AS (
          UPDATE access.session SET ended_at = $4, totp_offered = NULL
          WHERE token_hash = $2 AND ended_at IS NULL AND EXISTS (SELECT 1 FROM used) RETURNING user_id)
        INSERT INTO access.session (token_hash, user_id, created_at, last_seen_at, expires_at, second_factor_at, device)
        SELECT $5, user_id, $4, $4, $6, $4, $7 FROM over RETURNING user_id
        """;

    /// <returns>The token of the session that is now signed in.</returns>
    public async Task<Result<SessionToken>> HandleAsync(SessionToken awaiting, string? code, Visitor visitor, CancellationToken ct)
    {
        var counted = await CountAsync(awaiting, ct);
        if (counted.IsRefused)
        {
            return counted.Refusal;
        }

        var account = counted.Value;
        if (StepOf(account, code) is { } step && await AcceptAsync(awaiting, account, step, visitor, ct) is { } token)
        {
            await log.RecordAsync(SecurityEventKind.SignedIn, account.User, visitor.Address, ct);
            if (account.Secret is null)
            {
                await log.RecordAsync(SecurityEventKind.SecondFactorEnrolled, account.User, visitor.Address, ct);
            }

            return token;
        }

        await log.RecordAsync(SecurityEventKind.CodeWasWrong, account.User, visitor.Address, ct);
        return new CodeIsWrong();
    }

    private async Task<Result<Account>> CountAsync(SessionToken awaiting, CancellationToken ct)
    {
        var now = machine.GetUtcNow();
        var hash = awaiting.Hash;
        return await connection.ReadAsync<Result<Account>>(
            batch =>
            {
                batch.Add(Count, hash, now, AttemptRule.Waits);
                batch.Add(Shut, hash, now);
            },
            async (reader, token) =>
            {
                if (await reader.ReadAsync(token))
                {
                    return new Account(new UserId(reader.GetGuid(0)), Text(reader, 1), Text(reader, 2));
                }

                await reader.NextResultAsync(token);
                return await reader.ReadAsync(token) && !reader.IsDBNull(0)
                    ? new TooManyAttempts(reader.GetFieldValue<DateTimeOffset>(0) - now)
                    : new SignInHasTimedOut();
            },
            ct);
    }

    /// <summary>The time step that the code belongs to, the current one or a neighbour (clocks differ); null where it is wrong.</summary>
    private long? StepOf(Account account, string? code)
    {
        var digits = string.Concat((code ?? string.Empty).Where(char.IsAsciiDigit));
        return (account.Secret ?? account.Offered) is { } secret && protector.Unprotect(secret) is { } plain
            && new Totp(Base32Encoding.ToBytes(plain)).VerifyTotp(machine.GetUtcNow().UtcDateTime, digits, out var step, new VerificationWindow(1, 1))
                ? step
                : null;
    }

    private async Task<SessionToken?> AcceptAsync(SessionToken awaiting, Account account, long step, Visitor visitor, CancellationToken ct)
    {
        var token = SessionToken.New();
        var now = machine.GetUtcNow();
        var offered = account.Secret is null ? account.Offered : null;
        return await connection.ReadAsync<SessionToken?>(
            batch => batch.Add(Accept, account.User.Value, awaiting.Hash, step, now, token.Hash, now + SessionLimits.Absolute, visitor.Device, offered),
            async (reader, cancelled) => await reader.ReadAsync(cancelled) ? token : null,
            ct);
    }

    private static string? Text(Npgsql.NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <param name="Secret">Protected; null where no authenticator is enrolled.</param>
    /// <param name="Offered">Protected; the one shown to this sign-in, null where none was.</param>
    private sealed record Account(UserId User, string? Secret, string? Offered);
}
