using System.Text.Json;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>
/// A reviewer or approver takes a task on, so that nobody else works on it. The first reviewer's claim begins the processing, in
/// this very transaction: from then on the participant can't take the request back.
/// </summary>
public sealed class ClaimTask(RequestClicks clicks)
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
        if (TaskRules.WhyNotMe(viewer, request, task) is { } notMe) return notMe;
        if (!TaskRules.IsClearingHouse(task.Kind)) return new NotYoursToDo("nothing-to-claim");
        if (task.ClaimedBy == viewer.User) return RequestChange.Nothing(request);

        var after = task.Kind == TaskKind.Review && request.Status == RequestStatus.Submitted ? request with { Status = RequestStatus.Processing } : request;
        var what = new TaskClaimed(task.Step, JsonNamingPolicy.CamelCase.ConvertName(task.Kind.ToString()), after.Status.Code());
        return RequestChange.WithoutMove(after, what, batch => Claim(batch, task.Id, viewer.User, now));
    }

    private static void Claim(ClickBatch batch, TaskId task, UserId user, DateTimeOffset now) =>
        batch.Add("UPDATE inbox.task SET claimed_by = $2, claimed_at = $3 WHERE id = $1", task.Value, user.Value, now);
}
