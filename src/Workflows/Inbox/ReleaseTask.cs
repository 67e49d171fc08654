using System.Text.Json;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>Whoever has claimed a task, or a supervisor, gives it back for others to take.</summary>
public sealed class ReleaseTask(RequestClicks clicks)
{
    /// <param name="seen">The version of the request that the caller saw (<c>If-Match</c>); null where it does not matter.</param>
    public Task<Result<RequestReceipt>> HandleAsync(Viewer viewer, TaskId id, string? seen, OperationKey? operation, CancellationToken ct)
    {
        var found = new ClickTask();
        return clicks.RunAsync(viewer, found.Of(id) with { Seen = seen }, operation, click => Decide(click, found.Task!), ct);
    }

    private static Result<RequestChange> Decide(LoadedClick click, LoadedTask task)
    {
        var (request, viewer, now) = click;
        if (!TaskRules.MaySeeTask(viewer, request, task)) return new NothingHere();
        if (!task.IsOpen) return new TaskIsClosed(task.Outcome ?? "closed", request.Status.Code());
        if (task.ClaimedBy != viewer.User && !viewer.Is(Role.Supervisor)) return new NotYoursToDo("not-your-claim");
        var what = new TaskReleased(task.Step, JsonNamingPolicy.CamelCase.ConvertName(task.Kind.ToString()), request.Status.Code());
        return RequestChange.WithoutMove(request, what,
            batch => batch.Add("UPDATE inbox.task SET claimed_by = NULL, claimed_at = NULL WHERE id = $1", task.Id.Value));
    }
}
