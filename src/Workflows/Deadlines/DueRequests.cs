using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>A row whose moment has come.</summary>
public sealed record DueDeadline(Guid Id, Guid Request, string Step, int Visit, string Name, DeadlineKind Kind, DateTimeOffset DueAt, DateTimeOffset PassesAt, string? Template, IReadOnlyList<string> To);

/// <summary>Finds what is due and takes it, request rows first and in the order of their ids, as every writer does.</summary>
public sealed class DueRequests(NpgsqlDataSource source, ClickLoad loader)
{
    // What other sweeps hold is passed over, so more rows are looked at than are taken: several sweeps find each their own. One lookup per
    // request, in the order of their ids: joined, PostgreSQL may walk through all requests there are.
    private const string Lock =
        """
        SELECT r.id FROM
          (SELECT DISTINCT d.request_id FROM
            (SELECT request_id FROM deadlines.deadline WHERE state = 'Armed' AND due_at <= $1 ORDER BY due_at LIMIT $2 * 5) d ORDER BY d.request_id) due
        CROSS JOIN LATERAL (SELECT q.id FROM requests.service_request q WHERE q.id = due.request_id FOR UPDATE SKIP LOCKED) r
        LIMIT $2
        """;

    /// <summary>Locks requests with something due, skipping those that somebody else works on.</summary>
    internal static async Task<Guid[]> LockAsync(NpgsqlConnection connection, DateTimeOffset now, int most, CancellationToken ct)
    {
        await using var batch = connection.CreateBatch();
        var statements = new ClickBatch(batch);
        statements.PlanAnew();
        statements.Add(Lock, now, most);
        return await IdsAsync(batch, ct);
    }

    /// <summary>Locks this request alone, unless somebody else works on it.</summary>
    internal static async Task<Guid[]> LockAsync(NpgsqlConnection connection, Guid request, CancellationToken ct)
    {
        await using var batch = connection.CreateBatch();
        new ClickBatch(batch).Add("SELECT id FROM requests.service_request WHERE id = $1 FOR UPDATE SKIP LOCKED", request);
        return await IdsAsync(batch, ct);
    }

    /// <summary>What is due of the locked requests.</summary>
    internal async Task<IReadOnlyList<(LoadedRequest Request, DueDeadline Deadline)>> LoadAsync(NpgsqlConnection connection, Guid[] locked, DateTimeOffset now, CancellationToken ct)
    {
        var due = await EarliestAsync(connection, locked, now, ct);
        if (due.Count == 0) return [];
        var requests = await loader.ManyAsync(connection, [.. due.Keys], ct);
        return [.. requests.OrderBy(r => r.Id.Value).Select(r => (r, due[r.Id.Value]))];
    }

    internal async Task<int> ParkAsync(Guid request, DateTimeOffset now, string why, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            "UPDATE deadlines.deadline SET state = 'Parked', effect = $3 WHERE request_id = $1 AND state = 'Armed' AND due_at <= $2");
        command.Parameters.Add(new() { Value = request });
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = why });
        return await command.ExecuteNonQueryAsync(ct);
    }

    // Read again under the lock: what another host did in the meantime is no longer armed.
    private static async Task<Dictionary<Guid, DueDeadline>> EarliestAsync(NpgsqlConnection connection, Guid[] ids, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT DISTINCT ON (request_id) id, request_id, step, visit, name, kind, due_at, passes_at, template, recipients
            FROM deadlines.deadline WHERE request_id = ANY ($1) AND state = 'Armed' AND due_at <= $2 ORDER BY request_id, due_at, kind DESC, id
            """, connection);
        command.Parameters.Add(new() { Value = ids });
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        var due = new Dictionary<Guid, DueDeadline>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            due[row.GetGuid(1)] = new DueDeadline(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetInt32(3), row.GetString(4), Enum.Parse<DeadlineKind>(row.GetString(5)),
                row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7), await row.IsDBNullAsync(8, ct) ? null : row.GetString(8), row.GetFieldValue<string[]>(9));
        }

        return due;
    }

    private static async Task<Guid[]> IdsAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        var ids = new List<Guid>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        for (var last = batch.BatchCommands.Count; last > 1; last--)
        {
            await reader.NextResultAsync(ct);
        }

        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetGuid(0));
        }

        return [.. ids];
    }
}
