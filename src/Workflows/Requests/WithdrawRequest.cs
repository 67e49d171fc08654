using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// The participant takes a request back, as long as its eService allows: until the clearing house has begun on it. Races a
/// reviewer's claim and a checker's send for the same event; exactly one wins.
/// </summary>
public sealed class WithdrawRequest(RequestClicks clicks, RequestMoves moves)
{
    private const int LongestReason = 2000;

    /// <param name="seen">The version that the caller saw (<c>If-Match</c>); null where it wants the request back wherever it stands.</param>
    public Task<Result<RequestReceipt>> HandleAsync(Viewer viewer, RequestId id, string? reason, string? seen, OperationKey? operation, CancellationToken ct) =>
        clicks.RunAsync(viewer, ClickTarget.Of(id), operation, click => Decide(click, reason, seen), ct);

    private Result<RequestChange> Decide(LoadedClick click, string? reason, string? seen)
    {
        var (request, viewer, now) = click;
        if (RequestAccess.WhyNotWithdraw(viewer, request) is { } refusal) return refusal;
        if (seen is not null && seen != request.Version) return new SomebodyElseHasSaved(request.Version);
        if (reason?.Length > LongestReason) return new AnswersAreIncomplete([new FieldFault("reason", "too-long", Arguments: new Dictionary<string, string> { ["limit"] = "2,000" })]);
        var moved = moves.Advance(request, new RunEnded("withdrawn"), now);
        if (moved.IsRefused) return moved.Refusal;

        var rule = request.Bundle.Service.Withdrawal!;
        if (rule.Until.GetValueOrDefault(RequestAccess.StandsFor(request).Code()) is { } until && RequestMoves.TooLate(moved.Value.Plan[until], now) is { } tooLate) return tooLate;
        var after = moved.Value.After with { Status = RequestStatus.Withdrawn, Draft = null };
        Effect told = new QueueNotice("withdrawal", 1, rule.Template, rule.To);
        return new RequestChange(after, new RequestWithdrawn(reason, after.Status.Code()), [.. moved.Value.Effects, told], moved.Value.Plan);
    }
}
