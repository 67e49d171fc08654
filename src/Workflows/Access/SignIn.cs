using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Access;

/// <summary>The password was right; the second factor is awaited.</summary>
/// <param name="Token">Serves only to give the second factor.</param>
/// <param name="HasAuthenticator">False where one must be set up first.</param>
public sealed record PasswordAccepted(SessionToken Token, bool HasAuthenticator);

/// <summary>
/// First step of signing in. An attempt is counted before the password is looked at, so that many at once don't slip through
/// together; an address that is no account takes the same statements, the same hashing and the same answers.
/// </summary>
public sealed class SignIn(ClickConnection connection, IPasswordHasher hasher, SignInThrottle throttle, SecurityLog log, TimeProvider machine)
{
    private const int LongestPassword = 1000;

    private const string Count =
        """
        UPDATE access.user_account
        SET failed_attempts = failed_attempts + 1, locked_until = $2 + ($3::interval[])[least(failed_attempts + 1, cardinality($3::interval[]))]
        WHERE email = $1 AND (locked_until IS NULL OR locked_until <= $2)
        RETURNING id, password_hash, totp_secret IS NOT NULL, is_disabled, locked_until
        """;

    private const string Shut = "SELECT locked_until FROM access.user_account WHERE email = $1";

    // The attempt did no harm after all. Earlier ones stay counted until the second factor is right as well: else whoever has the
    // password could guess codes for ever, with a right password in between.
    private const string Uncount =
        """
        UPDATE access.user_account SET failed_attempts = greatest(failed_attempts - 1, 0), locked_until = NULLIF(locked_until, $2) WHERE id = $1
        """;

    private const string Open =
        "INSERT INTO access.session (token_hash, user_id, created_at, last_seen_at, expires_at, device) VALUES ($1, $2, $3, $3, $4, $5)";

    private readonly Lazy<string> nobodysHash = new(() => hasher.Hash(SessionToken.New().Text));

    public async Task<Result<PasswordAccepted>> HandleAsync(string? email, string? password, Visitor visitor, CancellationToken ct)
    {
        email = email?.Trim().ToLowerInvariant() ?? string.Empty;
        password ??= string.Empty;
        var (account, shut) = throttle.WhyNot(visitor.Address) is { } busy ? (null, busy) : await CountAsync(email, ct);
        if (shut is not null)
        {
            await log.RecordAsync(SecurityEventKind.AttemptWasThrottled, null, email, visitor.Address, null, ct);
            return shut;
        }

        var matches = hasher.Matches(account?.PasswordHash ?? nobodysHash.Value, password.Length > LongestPassword ? string.Empty : password);
        if (account is null || account.IsDisabled || !matches)
        {
            throttle.Failed(visitor.Address);
            await log.RecordAsync(SecurityEventKind.PasswordWasWrong, account?.User, account is null ? email : null, visitor.Address, null, ct);
            return new EmailOrPasswordIsWrong();
        }

        return new PasswordAccepted(await OpenAsync(account, visitor, ct), account.HasAuthenticator);
    }

    private async Task<(Account? Account, TooManyAttempts? Shut)> CountAsync(string email, CancellationToken ct)
    {
        var now = machine.GetUtcNow();
        var (account, exists, shutUntil) = await connection.ReadAsync(
            batch =>
            {
                batch.Add(Count, email, now, AttemptRule.Waits);
                batch.Add(Shut, email);
            },
            async (reader, token) =>
            {
                var counted = await reader.ReadAsync(token)
                    ? new Account(new UserId(reader.GetGuid(0)), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetFieldValue<DateTimeOffset>(4))
                    : null;
                await reader.NextResultAsync(token);
                var known = await reader.ReadAsync(token);
                return (counted, known, known && !reader.IsDBNull(0) ? reader.GetFieldValue<DateTimeOffset>(0) : now);
            },
            ct);
        return (account, exists) switch
        {
            ({ } counted, _) => (counted, null),
            (null, true) => (null, new TooManyAttempts(shutUntil - now)),
            (null, false) => (null, throttle.CountUnknown(email)),
        };
    }

    private async Task<SessionToken> OpenAsync(Account account, Visitor visitor, CancellationToken ct)
    {
        var token = SessionToken.New();
        var now = machine.GetUtcNow();
        await connection.WriteAsync(
            batch =>
            {
                batch.Add(Uncount, account.User.Value, account.ShutUntil);
                batch.Add(Open, token.Hash, account.User.Value, now, now + SessionLimits.SecondFactor, visitor.Device);
            },
            ct);
        return token;
    }

    /// <param name="ShutUntil">What this attempt's counting has set.</param>
    private sealed record Account(UserId User, string PasswordHash, bool HasAuthenticator, bool IsDisabled, DateTimeOffset ShutUntil);
}
