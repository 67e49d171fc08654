using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>What is to be decided, as the viewer sees it.</summary>
/// <param name="Request">For a counterparty what it is shown, and nothing else.</param>
/// <param name="ContentHash">Goes with the decision.</param>
/// <param name="WhyNot">Why the viewer can't decide it; null where the viewer can.</param>
public sealed record TaskContent(LoadedTask Task, LoadedRequest Request, string ContentHash, Refusal? WhyNot)
{
    /// <summary>The viewer is of another participant than the one whose request it is.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Days on which the market is closed since, and that approving would approve: it does only where the decision names them.</summary>
    public IReadOnlyList<ClosedDay> Closed { get; init; } = [];
}

/// <summary>Reads a task with its request for whoever may see it.</summary>
public sealed class ReadTask(RequestReader requests, ClosedDayApprovals closedDays, BusinessClock clock)
{
    public async Task<Result<TaskContent>> HandleAsync(Viewer viewer, TaskId id, CancellationToken ct)
    {
        var found = new ClickTask();
        var request = await requests.FindAsync(viewer, found.Of(id), whole => found.Task is { } task && TaskRules.MaySeeTask(viewer, whole, task), ct);
        if (request is null || found.Task is not { } task) return new NothingHere();
        var isOutside = !RequestAccess.MaySee(viewer, request);
        var decidedOn = ShownOutside.At(request, task);
        return new TaskContent(task, isOutside ? decidedOn : request, RequestContent.HashOf(decidedOn), TaskRules.WhyNotMe(viewer, request, task))
        {
            IsOutside = isOutside,
            Closed = closedDays.At(request, task, clock.GetUtcNow()),
        };
    }
}
