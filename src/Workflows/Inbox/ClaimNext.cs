using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Inbox;

/// <summary>The view holds no task that the viewer could take on now.</summary>
public sealed record NothingLeftToClaim() : Refusal(RefusalKind.Conflict);

/// <summary>
/// Takes on the first free task of a view. Several people may ask at once: who finds a task taken is given the one after it. One
/// person who asks twice under one key has one task.
/// </summary>
public sealed class ClaimNext(InboxSeries series, ClaimTask claim, KeptAnswers answers, NpgsqlDataSource source)
{
    /// <returns>The task that is the viewer's now.</returns>
    public Task<Result<TaskId>> HandleAsync(Viewer viewer, InboxFilter view, OperationKey? operation, CancellationToken ct) =>
        answers.OnceAsync(viewer, operation, () => ClaimAsync(viewer, view, operation is null ? null : operation with { Key = operation.Key + "#claim" }, ct), ct);

    // The claim writes a key of its own in its transaction: of two such calls at once the second is answered with the first one's task.
    private async Task<Result<TaskId>> ClaimAsync(Viewer viewer, InboxFilter view, OperationKey? operation, CancellationToken ct)
    {
        foreach (var task in await series.FreeAsync(viewer, view, ct))
        {
            var claimed = await claim.HandleAsync(viewer, task.Id, null, operation, ct);
            if (!claimed.IsRefused) return claimed.Value.Id == task.Request.ToString() ? task.Id : await ClaimedAsync(viewer, claimed.Value, ct);
            if (claimed.Refusal is not (SomebodyElseHasClaimedIt or TaskIsClosed or NothingHere or TooBusyRightNow)) return claimed.Refusal;
        }

        return new NothingLeftToClaim();
    }

    private async Task<Result<TaskId>> ClaimedAsync(Viewer viewer, RequestReceipt receipt, CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT id FROM inbox.task WHERE request_id = $1 AND claimed_by = $2 ORDER BY claimed_at DESC LIMIT 1");
        command.Parameters.Add(new() { Value = RequestId.From(receipt.Id)!.Value.Value });
        command.Parameters.Add(new() { Value = viewer.User.Value });
        return await command.ExecuteScalarAsync(ct) is Guid id ? new TaskId(id) : new NothingLeftToClaim();
    }
}
