using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>A person changes the own password, and by that ends every other session of the account.</summary>
public sealed class ChangePassword(IDbContextFactory<PortalDb> databases, IPasswordHasher hasher, EndSessions sessions, SecurityLog log)
{
    /// <summary>Least and greatest length, in characters.</summary>
    public const int Shortest = 12, Longest = 256;

    public async Task<Result<Done>> HandleAsync(Viewer viewer, string current, string password, Visitor visitor, CancellationToken ct)
    {
        if (password.Length < Shortest) return new AnswersAreIncomplete([new FieldFault("password", "too-short", Arguments: new Dictionary<string, string> { ["limit"] = "12" })]);
        if (password.Length > Longest) return new AnswersAreIncomplete([new FieldFault("password", "too-long", Arguments: new Dictionary<string, string> { ["limit"] = "256" })]);

        await using var db = await databases.CreateDbContextAsync(ct);
        var hash = await db.Set<UserRow>().Where(u => u.Id == viewer.User).Select(u => u.PasswordHash).SingleAsync(ct);
        if (current.Length > Longest || !hasher.Matches(hash, current))
        {
            await log.RecordAsync(SecurityEventKind.PasswordWasWrong, viewer.User, visitor.Address, ct);
            return new AnswersAreIncomplete([new FieldFault("current", "wrong-password")]);
        }

        var renewed = hasher.Hash(password);
        await db.Set<UserRow>().Where(u => u.Id == viewer.User).ExecuteUpdateAsync(u => u.SetProperty(x => x.PasswordHash, renewed), ct);
        await log.RecordAsync(SecurityEventKind.PasswordChanged, viewer.User, visitor.Address, ct);
        await sessions.HandleAsync(viewer, viewer.User, visitor, ct);
        return Done.Value;
    }
}
