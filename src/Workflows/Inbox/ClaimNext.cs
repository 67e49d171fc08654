using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>The view holds no task that the viewer could take on now.</summary>
public sealed record NothingLeftToClaim() : Refusal(RefusalKind.Conflict);

/// <summary>
/// Takes on the first free task of a view. Several people may ask at once: who finds a task taken is given the one after it.
/// </summary>
public sealed class ClaimNext(InboxSeries series, ClaimTask claim)
{
    /// <returns>The task that is the viewer's now.</returns>
    public async Task<Result<TaskId>> HandleAsync(Viewer viewer, InboxFilter view, CancellationToken ct)
    {
        foreach (var task in await series.FreeAsync(viewer, view, ct))
        {
            var claimed = await claim.HandleAsync(viewer, task.Id, ct);
            if (!claimed.IsRefused) return task.Id;
            if (claimed.Refusal is not (SomebodyElseHasClaimedIt or TaskIsClosed or NothingHere or TooBusyRightNow)) return claimed.Refusal;
        }

        return new NothingLeftToClaim();
    }
}
