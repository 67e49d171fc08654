using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// The one way in which a click changes a request: load in one round trip, decide in memory, write in one transaction. Whoever
/// loses a race is shown the request as the winner left it, and decides again from there; what can no longer be done is refused.
/// </summary>
public sealed class RequestClicks(ClickConnection connection, Catalogue catalogue, RequestWriter writer, DoneOperations operations, BusinessClock clock, TimeProvider machine, ViewerCache viewers, IEnumerable<IRequestFact> facts)
{
    private const int Attempts = 8;

    private readonly ClickLoad load = new(catalogue, clock, facts);

    /// <param name="decide">Runs again from fresh data when another click was first; must be pure but for reading what the target read along.</param>
    public async Task<Result<RequestReceipt>> RunAsync(Viewer viewer, ClickTarget target, OperationKey? operation, Func<LoadedClick, Result<RequestChange>> decide, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var reading = await load.ReadAsync(connection, target, viewer, machine.GetUtcNow(), ct);
            if (reading.Request is not null && viewer.Session.Length > 0 && reading.Stamp != viewer.Stamp)
            {
                if (reading.Stamp is null || await viewers.AgainAsync(viewer, ct) is not { } fresh) return new SessionHasEnded();
                viewer = fresh;
                continue;
            }

            var decided = reading.Request is { } request ? Decided(decide(new LoadedClick(request, viewer, now)), request, target) : new NothingHere();
            if (!decided.IsRefused && writer.WhyNot(decided.Value) is { } refused) decided = refused;
            if (decided is { IsRefused: false, Value.What: not null })
            {
                var receipt = Receipt(decided.Value.After, reading.Request!.Sequence + 1);
                var outcome = await connection.WriteAsync(batch => writer.Add(batch, reading.Request, decided.Value, viewer, now, operation, receipt), ct);
                if (!outcome.LostRace) return receipt;
                if (writer.WhyTaken(outcome.TakenKey!) is { } taken) decided = taken;
            }

            // Only what does not go through can have been done before: a click that does is not made to ask.
            if (await operations.ReplayAsync(viewer, operation, ct) is { } before) return before;
            if (decided.IsRefused) return decided.Refusal;
            if (decided.Value.What is null) return Receipt(decided.Value.After, decided.Value.After.Sequence);
        }

        return new TooBusyRightNow();
    }

    private static Result<RequestChange> Decided(Result<RequestChange> decided, LoadedRequest request, ClickTarget target) =>
        !decided.IsRefused && target.Seen is { } seen && seen != request.Version ? new SomebodyElseHasSaved(request.Version) : decided;

    private static RequestReceipt Receipt(LoadedRequest after, int sequence) =>
        new(after.Id.ToString(), after.Number, after.Status.Code(), (after with { Sequence = sequence }).Version);
}
