using System.Text.Json;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// Keeps the answers of quiet writes (a view, an upload, a reading) under their operation keys, as a click keeps its own: the same key
/// with the same body gets the answer of the first time. The answer is kept after the work, not with it, so only work that is
/// harmless to repeat may go this way; what is not writes its operation in its own transaction.
/// </summary>
public sealed class KeptAnswers(NpgsqlDataSource source, BusinessClock clock)
{
    /// <param name="operation">Null where the caller sent no key: each call stands for itself.</param>
    public async Task<Result<T>> OnceAsync<T>(Viewer viewer, OperationKey? operation, Func<Task<Result<T>>> work, CancellationToken ct)
    {
        if (operation is null) return await work();
        if (await FindAsync<T>(viewer, operation, ct) is { } before) return before;
        var result = await work();

        // Refused because the same call did it a moment ago: then it was done, and is answered so.
        if (result.IsRefused) return await FindAsync<T>(viewer, operation, ct) ?? result;
        return await KeepAsync(viewer, operation, result.Value, ct) ? result : await FindAsync<T>(viewer, operation, ct) ?? result;
    }

    /// <summary>Keeps the answer in the transaction of the work itself, for work that must not be done twice.</summary>
    public static void Add<T>(ClickBatch batch, Viewer viewer, OperationKey operation, T answer, DateTimeOffset now) =>
        batch.Add("INSERT INTO requests.operation (user_id, key, body_hash, answer, at) VALUES ($1, $2, $3, $4, $5)",
            viewer.User.Value, operation.Key, operation.BodyHash, SqlValue.Json(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web)), now);

    /// <summary>The same as a row, for work that is written by the map.</summary>
    internal static OperationRow Row<T>(Viewer viewer, OperationKey operation, T answer, DateTimeOffset now) => new()
    {
        UserId = viewer.User,
        Key = operation.Key,
        BodyHash = operation.BodyHash,
        Answer = JsonSerializer.Serialize(answer, JsonSerializerOptions.Web),
        At = now,
    };

    /// <summary>What was answered before; null where nothing was.</summary>
    public async Task<Result<T>?> FindAsync<T>(Viewer viewer, OperationKey operation, CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT body_hash, answer FROM requests.operation WHERE user_id = $1 AND key = $2");
        command.Parameters.Add(new() { Value = viewer.User.Value });
        command.Parameters.Add(new() { Value = operation.Key });
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        return row.GetString(0) == operation.BodyHash ? JsonSerializer.Deserialize<T>(row.GetString(1), JsonSerializerOptions.Web)! : new OperationKeyWasUsedForSomethingElse();
    }

    private async Task<bool> KeepAsync<T>(Viewer viewer, OperationKey operation, T answer, CancellationToken ct)
    {
        await using var command = source.CreateCommand("INSERT INTO requests.operation (user_id, key, body_hash, answer, at) VALUES ($1, $2, $3, $4::jsonb, $5) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new() { Value = viewer.User.Value });
        command.Parameters.Add(new() { Value = operation.Key });
        command.Parameters.Add(new() { Value = operation.BodyHash });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(answer, JsonSerializerOptions.Web) });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }
}
