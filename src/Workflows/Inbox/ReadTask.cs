using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>What is to be decided, as the viewer sees it.</summary>
/// <param name="ContentHash">Goes with the decision.</param>
/// <param name="WhyNot">Why the viewer can't decide it; null where the viewer can.</param>
public sealed record TaskContent(LoadedTask Task, LoadedRequest Request, string ContentHash, Refusal? WhyNot);

/// <summary>Reads a task with its request for whoever may see it.</summary>
public sealed class ReadTask(RequestReader requests)
{
    public async Task<Result<TaskContent>> HandleAsync(Viewer viewer, TaskId id, CancellationToken ct)
    {
        var found = new ClickTask();
        var request = await requests.FindAsync(viewer, found.Of(id), ct);
        if (request is null || found.Task is not { } task || !TaskRules.MaySeeTask(viewer, request, task)) return new NothingHere();
        return new TaskContent(task, request, RequestContent.HashOf(request), TaskRules.WhyNotMe(viewer, request, task));
    }
}
