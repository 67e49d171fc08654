using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>What the security stream tells of. Stored by name; a name never changes.</summary>
public enum SecurityEventKind
{
    /// <summary>Both factors were right.</summary>
    SignedIn,

    /// <summary>Wrong password, or no such account.</summary>
    PasswordWasWrong,

    /// <summary>Wrong or used code of the authenticator.</summary>
    CodeWasWrong,

    /// <summary>Too many attempts: this one was not looked at.</summary>
    AttemptWasThrottled,

    SignedOut,

    /// <summary>Sessions were ended by their owner or an administrator.</summary>
    SessionsEnded,

    UserDisabled,

    SecondFactorEnrolled,

    PasswordChanged,

    /// <summary>Somebody signed in tried what they may not do.</summary>
    AttemptWasRefused,
}

/// <summary>One entry as administrators and auditors read it.</summary>
public sealed record SecurityEntry(long Id, DateTimeOffset At, SecurityEventKind Kind, UserId? User, string? Email, string? Address, JsonObject Detail);

/// <summary>
/// The append-only stream of sign-ins, failures and refused attempts; apart from the requests' events, which tell only what
/// happened. Holds no password, no code, no token.
/// </summary>
public sealed class SecurityLog(ClickConnection connection, IDbContextFactory<PortalDb> databases, TimeProvider machine)
{
    private const string Record = "INSERT INTO access.security_event (at, kind, user_id, email, address, detail) VALUES ($1, $2, $3, $4, $5, $6)";

    public Task RecordAsync(SecurityEventKind kind, UserId user, string? address, CancellationToken ct, JsonObject? detail = null) =>
        RecordAsync(kind, user, email: null, address, detail, ct);

    public async Task<IReadOnlyList<SecurityEntry>> LatestAsync(Viewer viewer, int count, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ReadSecurityLog))
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Set<SecurityEventRow>().AsNoTracking().OrderByDescending(e => e.Id).Take(count).ToListAsync(ct);
        return [.. rows.Select(e => new SecurityEntry(e.Id, e.At, e.Kind, e.UserId, e.Email, e.Address, (JsonObject)JsonNode.Parse(e.Detail)!))];
    }

    /// <param name="email">As typed, where no account is known; a text that is no address is not kept, since people type passwords there.</param>
    internal Task RecordAsync(SecurityEventKind kind, UserId? user, string? email, string? address, JsonObject? detail, CancellationToken ct)
    {
        // By the clicks' connections: nobody is to be kept from signing in because long lists hold all others.
        var known = email is { Length: <= 254 } && email.Contains('@', StringComparison.Ordinal) ? email : null;
        return connection.WriteAsync(batch => batch.Add(Record, machine.GetUtcNow(), kind, user?.Value, known, address, detail ?? []), ct);
    }
}
