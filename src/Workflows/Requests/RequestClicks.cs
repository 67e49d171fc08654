using System.Text.Json;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// The one way in which a click changes a request: load in one round trip, decide in memory, write in one transaction. Whoever
/// loses a race is shown the request as the winner left it, and decides again from there; what can no longer be done is refused.
/// </summary>
public sealed class RequestClicks(ClickConnection connection, Catalogue catalogue, RequestWriter writer, BusinessClock clock, TimeProvider machine, ViewerCache viewers)
{
    private const int Attempts = 8;

    private readonly ClickLoad load = new(catalogue, clock);

    /// <param name="decide">Runs again from fresh data when another click was first; must be pure but for reading the target's parts.</param>
    public async Task<Result<RequestReceipt>> RunAsync(Viewer viewer, ClickTarget target, OperationKey? operation, Func<LoadedClick, Result<RequestChange>> decide, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        string? refusedAt = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var reading = await ReadAsync(viewer, target, operation, ct);
            if (viewer.Session.Length > 0 && reading.Stamp != viewer.Stamp)
            {
                if (reading.Stamp is null || await viewers.AgainAsync(viewer, ct) is not { } fresh) return new SessionHasEnded();
                viewer = fresh;
                continue;
            }

            if (reading.Done is { } done && operation is not null) return Replay(done, operation);
            if (reading.Request is null) return new NothingHere();

            var decided = decide(new LoadedClick(reading.Request, viewer, now));
            if (decided.IsRefused)
            {
                // The request is read before its tasks: only where a second reading finds it unchanged was the first one of one moment.
                if (reading.Request.Version == refusedAt) return decided.Refusal;
                refusedAt = reading.Request.Version;
                continue;
            }

            if (target.Seen is { } seen && seen != reading.Request.Version) return new SomebodyElseHasSaved(reading.Request.Version);
            if (decided.Value.What is null) return Receipt(reading.Request, reading.Request.Sequence);
            var receipt = Receipt(decided.Value.After, reading.Request.Sequence + 1);
            var outcome = await connection.WriteAsync(batch => writer.Add(batch, reading.Request, decided.Value, viewer, now, operation, receipt), ct);
            if (!outcome.LostRace) return receipt;
        }

        return new TooBusyRightNow();
    }

    internal Task<ClickReading> ReadAsync(Viewer viewer, ClickTarget target, OperationKey? operation, CancellationToken ct) =>
        connection.ReadAsync(
            batch => ClickLoad.Add(batch, target, viewer, operation, machine.GetUtcNow()),
            (reader, token) => load.ReadAsync(reader, target, token),
            ct);

    internal static Result<RequestReceipt> Replay(DoneOperation done, OperationKey operation) =>
        done.BodyHash == operation.BodyHash
            ? JsonSerializer.Deserialize<RequestReceipt>(done.Answer, JsonSerializerOptions.Web)!
            : new OperationKeyWasUsedForSomethingElse();

    private static RequestReceipt Receipt(LoadedRequest after, int sequence) =>
        new(after.Id.ToString(), after.Number, after.Status.Code(), (after with { Sequence = sequence }).Version);
}
