using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using Npgsql;

namespace ClientConnect.Workflows.Audit;

internal sealed record AuditedEvent(int Sequence, string Type, DateTimeOffset At, Guid? User, JsonObject Data)
{
    public string Status => Text("status") ?? string.Empty;

    public string? Text(string name) => (string?)Data[name];
}

/// <param name="IsBeside">The flow does not wait for it.</param>
internal sealed record AuditedTask(string Step, int Visit, bool IsOpen, int Quorum, bool IsBeside);

internal sealed record AuditedDeadline(string Step, int Visit, string Name, string Kind, string State, DateTimeOffset DueAt, string? Template);

internal sealed record AuditedNotice(int Sequence, string Template, string Email);

/// <summary>A request with every row that speaks of it.</summary>
internal sealed record AuditedRequest(Guid Id, string? Number, string Status, int Sequence, string? Bundle, FlowState Run, bool IsClosed)
{
    public string Name => Number ?? Id.ToString();

    public List<AuditedEvent> Events { get; } = [];

    public List<AuditedTask> Tasks { get; } = [];

    public List<AuditedDeadline> Deadlines { get; } = [];

    public List<AuditedNotice> Notices { get; } = [];
}

/// <summary>Reads requests a page at a time, all in one snapshot.</summary>
internal static class AuditedRequests
{
    private const int PageSize = 500;

    private const string Page =
        """
        SELECT id, number, status, sequence, bundle_hash, run::text, closed_at IS NOT NULL FROM requests.service_request
        WHERE id > $1 AND sequence > 0 ORDER BY id LIMIT $2
        """;

    /// <summary>The next page after an id; empty at the end.</summary>
    public static async Task<IReadOnlyList<AuditedRequest>> AfterAsync(NpgsqlConnection connection, Guid after, CancellationToken ct)
    {
        var page = new List<AuditedRequest>();
        await EachAsync(connection, Page, [after, PageSize], r => page.Add(new AuditedRequest(
            r.GetGuid(0), Text(r, 1), Code(r.GetString(2)), r.GetInt32(3), Text(r, 4), Text(r, 5) is { } run ? FlowState.FromJson(run) : FlowState.New, r.GetBoolean(6))), ct);
        var byId = page.ToDictionary(r => r.Id);
        object[] ids = [page.Select(r => r.Id).ToArray()];
        await EachAsync(connection, "SELECT request_id, sequence, type, at, user_id, data::text FROM events.event WHERE request_id = ANY ($1) ORDER BY request_id, sequence", ids,
            r => byId[r.GetGuid(0)].Events.Add(new(r.GetInt32(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.IsDBNull(4) ? null : r.GetGuid(4), JsonNode.Parse(r.GetString(5)) as JsonObject ?? [])), ct);
        await EachAsync(connection, "SELECT request_id, step, visit, is_open, quorum, item IS NOT NULL FROM inbox.task WHERE request_id = ANY ($1)", ids,
            r => byId[r.GetGuid(0)].Tasks.Add(new(r.GetString(1), r.GetInt32(2), r.GetBoolean(3), r.GetInt32(4), r.GetBoolean(5))), ct);
        await EachAsync(connection, "SELECT request_id, step, visit, name, kind, state, due_at, template FROM deadlines.deadline WHERE request_id = ANY ($1)", ids,
            r => byId[r.GetGuid(0)].Deadlines.Add(new(r.GetString(1), r.GetInt32(2), r.GetString(3), Code(r.GetString(4)), r.GetString(5), r.GetFieldValue<DateTimeOffset>(6), Text(r, 7))), ct);
        await EachAsync(connection, "SELECT request_id, coalesce(sequence, 0), template, lower(email) FROM notices.notice WHERE request_id = ANY ($1)", ids,
            r => byId[r.GetGuid(0)].Notices.Add(new(r.GetInt32(1), r.GetString(2), r.GetString(3))), ct);
        return page;
    }

    public static async Task EachAsync(NpgsqlConnection connection, string sql, object[] values, Action<NpgsqlDataReader> row, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            row(reader);
        }
    }

    public static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static string Code(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
