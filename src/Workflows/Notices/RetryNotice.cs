using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Notices;

/// <summary>Only what was given up can be tried anew; the others are on their way or have arrived.</summary>
public sealed record NoticeIsNotDead() : Refusal(RefusalKind.Conflict);

/// <summary>An operator gives a dead notice another life: it is due at once, with all its patience.</summary>
public sealed class RetryNotice(IDbContextFactory<PortalDb> database, TimeProvider machine)
{
    public async Task<Result<Done>> HandleAsync(Viewer viewer, Guid notice, CancellationToken ct)
    {
        if (!viewer.Is(Role.Administrator))
        {
            return new NothingHere();
        }

        await using var db = await database.CreateDbContextAsync(ct);
        var now = machine.GetUtcNow();
        var revived = await db.Set<Notice>().Where(n => n.Id == notice && n.State == NoticeState.Dead)
            .ExecuteUpdateAsync(
                n => n.SetProperty(x => x.State, NoticeState.Pending)
                    .SetProperty(x => x.NextAttemptAt, now)
                    .SetProperty(x => x.FirstAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(x => x.IsDeferred, false),
                ct);
        if (revived > 0)
        {
            return Done.Value;
        }

        return await db.Set<Notice>().AnyAsync(n => n.Id == notice, ct) ? new NoticeIsNotDead() : new NothingHere();
    }
}
