using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// Takes away a person's access, at once and on all hosts: the account is shut, its sessions end, and what was remembered of its
/// rights is stale. What the person did stays on record under the same name.
/// </summary>
public sealed class DisableUser(IDbContextFactory<PortalDb> databases, SecurityLog log, TimeProvider machine)
{
    public async Task<Result<Done>> HandleAsync(Viewer viewer, UserId user, Visitor visitor, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var account = await db.Set<UserRow>().SingleOrDefaultAsync(u => u.Id == user, ct);
        if (account is null || !viewer.MayAdminister(account.FirmId))
        {
            return new NothingHere();
        }

        if (viewer.User == user)
        {
            return new OwnAccountCannotBeDisabled();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Set<UserRow>().Where(u => u.Id == user)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.IsDisabled, true).SetProperty(x => x.Stamp, x => x.Stamp + 1), ct);
        var now = machine.GetUtcNow();
        await db.Set<SessionRow>().Where(s => s.UserId == user && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        await transaction.CommitAsync(ct);
        await log.RecordAsync(SecurityEventKind.UserDisabled, user, visitor.Address, ct, new() { ["by"] = viewer.User.ToString() });
        return Done.Value;
    }
}
