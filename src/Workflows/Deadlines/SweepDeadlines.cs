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

    /// <summary>Sweeps until nothing is due; returns how many rows left the armed state.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var total = 0;
        for (int done; (done = await OnceAsync(ct)) > 0;)
        {
            total += done;
        }

        return total;
    }

    private async Task<int> OnceAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        try
        {
            return await TogetherAsync(now, null, ct);
        }
        catch (Exception failed) when (IsTheRequests(failed) || IsPassing(failed))
        {
            logger.LogWarning(failed, "A sweep of deadlines failed; each request is taken alone now.");
            return await EachAloneAsync(now, ct);
        }
    }

    /// <param name="only">Null for up to two hundred requests.</param>
    private async Task<int> TogetherAsync(DateTimeOffset now, Guid? only, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var found = await due.TakeAsync(connection, now, Requests, only, ct);
        if (found.Count == 0) return 0;

        await using var batch = connection.CreateBatch();
        var statements = new ClickBatch(batch);
        Add(statements, found, now);
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return found.Count;
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

    private async Task<int> EachAloneAsync(DateTimeOffset now, CancellationToken ct)
    {
        var done = 0;
        foreach (var request in await due.WhichAsync(now, Requests, ct))
        {
            try
            {
                done += await TogetherAsync(now, request, ct);
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

        return done;
    }

    // A lock that was not had in time, a deadlock: nothing is wrong with the request. Without a connection nothing at all is done.
    private static bool IsPassing(Exception failed) => failed is PostgresException { IsTransient: true };

    private static bool IsTheRequests(Exception failed) => failed is PostgresException { IsTransient: false } or not (NpgsqlException or TimeoutException or OperationCanceledException);
}
