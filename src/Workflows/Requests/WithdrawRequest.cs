using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// The participant takes a request back, as long as its eService allows: until the clearing house has begun on it. Races a
/// reviewer's claim and a checker's send for the same event; exactly one wins.
/// </summary>
public sealed class WithdrawRequest(RequestClicks clicks, RequestMoves moves)
{
    public Task<Result<RequestReceipt>> HandleAsync(Viewer viewer, RequestId id, string? reason, OperationKey? operation, CancellationToken ct) =>
        clicks.RunAsync(viewer, ClickTarget.Of(id), operation, click => Decide(click, reason), ct);

    private Result<RequestChange> Decide(LoadedClick click, string? reason)
    {
        var (request, viewer, now) = click;
        if (RequestAccess.WhyNotWithdraw(viewer, request) is { } refusal) return refusal;
        var moved = moves.Advance(request, new RunEnded("withdrawn"), now);
        if (moved.IsRefused) return moved.Refusal;

        var rule = request.Bundle.Service.Withdrawal!;
        var after = moved.Value.After with { Status = RequestStatus.Withdrawn, Draft = null };
        Effect told = new QueueNotice("withdrawal", 1, rule.Template, rule.To);
        return new RequestChange(after, new RequestWithdrawn(reason, after.Status.Code()), [.. moved.Value.Effects, told], moved.Value.Plan);
    }
}
