using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>
/// Does what is due: takes requests with something due under their locks, asks the flow what follows and writes it, a batch at
/// a time. Any number of hosts may sweep at once, a sweep may die at any point, and nothing happens twice. System use.
/// </summary>
public sealed class SweepDeadlines(NpgsqlDataSource source, DueRequests due, DeadlineEffects effects, RequestWriter writer, BusinessClock clock, ILogger<SweepDeadlines> logger)
{
    private const int Requests = 200;

    // Where there is much, one decides while the other writes.
    private const int AtOnce = 2;

    /// <summary>Sweeps until nothing is due; returns how many rows left the armed state.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var first = await OnceAsync(ct);
        if (!first.MayGoOn) return first.Done;
        var rest = await Task.WhenAll(Enumerable.Range(0, first.Locked < Requests ? 1 : AtOnce).Select(_ => OnAsync(ct)));
        return first.Done + rest.Sum();
    }

    private async Task<int> OnAsync(CancellationToken ct)
    {
        var total = 0;
        for (Swept one; (one = await OnceAsync(ct)).MayGoOn;)
        {
            total += one.Done;
        }

        return total;
    }

    private async Task<Swept> OnceAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Guid[] locked = [];
        try
        {
            return await TogetherAsync(now, async connection => locked = await DueRequests.LockAsync(connection, now, Requests, ct), ct);
        }
        catch (Exception failed) when (IsTheRequests(failed) || IsPassing(failed))
        {
            logger.LogWarning(failed, "A sweep of {Count} requests with something due failed; each is taken alone now.", locked.Length);
            return await EachAloneAsync(locked, now, ct);
        }
    }

    private async Task<Swept> TogetherAsync(DateTimeOffset now, Func<NpgsqlConnection, Task<Guid[]>> locking, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var locked = await locking(connection);
        var found = locked.Length == 0 ? [] : await due.LoadAsync(connection, locked, now, ct);
        if (found.Count == 0) return new Swept(locked.Length, 0, locked.Length > 0);

        await using var batch = connection.CreateBatch();
        Add(new ClickBatch(batch), found, now);
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return new Swept(locked.Length, found.Count, true);
    }

    private void Add(ClickBatch batch, IReadOnlyList<(LoadedRequest Request, DueDeadline Deadline)> found, DateTimeOffset now)
    {
        var (rows, changes) = (new RowSet(), new List<(LoadedRequest, RequestChange)>());
        foreach (var (request, deadline) in found)
        {
            var fired = effects.Of(request, deadline, now);
            rows.Add(deadline.Id, fired.State, fired.State == DeadlineState.Fired ? now : (DateTimeOffset?)null, fired.Effect);
            if (fired.State == DeadlineState.Parked) logger.LogError("Deadline {Deadline} of {Request} is parked: {Why}", deadline.Name, request.Number, fired.Effect);
            if (fired.Change is { } change) changes.Add((request, change));
        }

        rows.AddTo(batch, "UPDATE deadlines.deadline d SET state = f.state, fired_at = f.at, effect = f.effect FROM unnest($1, $2, $3, $4) AS f (id, state, at, effect) WHERE d.id = f.id AND d.state = 'Armed'");
        writer.AddAll(batch, changes, now);
    }

    private async Task<Swept> EachAloneAsync(Guid[] requests, DateTimeOffset now, CancellationToken ct)
    {
        var done = 0;
        foreach (var request in requests)
        {
            try
            {
                done += (await TogetherAsync(now, connection => DueRequests.LockAsync(connection, request, ct), ct)).Done;
            }
            catch (Exception passing) when (IsPassing(passing))
            {
                logger.LogWarning(passing, "The due deadline of request {Request} could not be written now; the next sweep tries again.", request);
            }
            catch (Exception failed) when (IsTheRequests(failed))
            {
                logger.LogError(failed, "The due deadline of request {Request} can't be written; it is parked.", request);
                done += await due.ParkAsync(request, now, failed.Message, ct);
            }
        }

        return new Swept(requests.Length, done, done > 0);
    }

    /// <summary>What one transaction came to.</summary>
    /// <param name="Locked">How many requests were taken. Of some nothing may have been due any more: another sweep was there first.</param>
    /// <param name="Done">How many rows left the armed state.</param>
    /// <param name="MayGoOn">Something may be due still that can be done now.</param>
    private readonly record struct Swept(int Locked, int Done, bool MayGoOn);

    // A lock that was not had in time, a deadlock: nothing is wrong with the request. Without a connection nothing at all is done.
    private static bool IsPassing(Exception failed) => failed is PostgresException { IsTransient: true };

    private static bool IsTheRequests(Exception failed) => failed is PostgresException { IsTransient: false } or not (NpgsqlException or TimeoutException or OperationCanceledException);
}
