using System.Text.Json.Nodes;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Flow;
using Npgsql;

namespace ClientConnect.EServices.Tests.Stories;

/// <summary>A request as the tables hold it.</summary>
internal sealed record StoredRequest(string Status, string? Number, int Revision, bool IsLate, IReadOnlyList<string> Waits, JsonObject Answers);

/// <summary>An open task: who has it, or who could take it.</summary>
internal sealed record StoredTask(string Step, string Kind, string Title, string? Team, string? ClaimedBy, bool IsEscalated, string? Item);

internal sealed record StoredDeadline(Guid Id, string Step, string Name, string Kind, DateTimeOffset DueAt, string State, DateTimeOffset? FiredAt, string? Effect);

internal sealed record StoredNotice(Guid Id, string Template, string Email, bool HasAccount);

/// <param name="Membership">Whose it is, where it is not the request's own membership.</param>
internal sealed record StoredEntry(string Kind, string Key, string Values, bool IsEnded, string? Membership);

/// <summary>What stands in the tables of a story's portal, for what no screen shows in one place: the ledger, the outbox, the register.</summary>
internal sealed class Records(TestDatabase database)
{
    public async Task<StoredRequest> RequestAsync(string id) => (await ReadAsync(
        "SELECT status, number, revision, is_late, run, coalesce(nullif(answers, '{}'), draft) FROM requests.service_request WHERE id = $1",
        row => new StoredRequest(Camel(row.GetString(0)), Text(row, 1), row.GetInt32(2), row.GetBoolean(3), Text(row, 4) is { } run ? [.. FlowState.FromJson(run).Tokens.Select(t => t.Step)] : [], (JsonObject)JsonNode.Parse(row.GetString(5))!),
        Guid.Parse(id))).Single();

    public Task<IReadOnlyList<StoredTask>> OpenTasksAsync(string id) => ReadAsync(
        "SELECT t.step, t.kind, t.title, t.team, u.email, t.is_escalated, t.item FROM inbox.task t LEFT JOIN access.user_account u ON u.id = t.claimed_by WHERE t.request_id = $1 AND t.is_open ORDER BY t.step, t.item",
        row => new StoredTask(row.GetString(0), Camel(row.GetString(1)), row.GetString(2), Text(row, 3), Text(row, 4), row.GetBoolean(5), Text(row, 6)),
        Guid.Parse(id));

    public Task<IReadOnlyList<StoredDeadline>> DeadlinesAsync(string id) => ReadAsync(
        "SELECT id, step, name, kind, due_at, state, fired_at, effect FROM deadlines.deadline WHERE request_id = $1 ORDER BY due_at, kind, step, visit",
        row => new StoredDeadline(row.GetGuid(0), row.GetString(1), row.GetString(2), Camel(row.GetString(3)), row.GetFieldValue<DateTimeOffset>(4), Camel(row.GetString(5)), row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6), Text(row, 7)),
        Guid.Parse(id));

    public Task<IReadOnlyList<StoredNotice>> NoticesAsync(string id) => ReadAsync(
        "SELECT id, template, email, recipient_id IS NOT NULL FROM notices.notice WHERE request_id = $1 ORDER BY queued_at, template, email",
        row => new StoredNotice(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)),
        Guid.Parse(id));

    /// <summary>Mails that the portal could not word or send, each with why. What the heartbeat has in hand is waited for.</summary>
    public async Task<IReadOnlyList<string>> DeadNoticesAsync()
    {
        for (var waited = 0; waited < 400 && (await UntriedAsync()).Count > 0; waited++) await Task.Delay(25);
        return [.. await UntriedAsync(), .. await ReadAsync("SELECT DISTINCT template, language, last_error FROM notices.notice WHERE state = 'Dead'", row => $"The mail {row.GetString(0)}.{row.GetString(1)} was given up: {Text(row, 2)}")];
    }

    private Task<IReadOnlyList<string>> UntriedAsync() => ReadAsync(
        "SELECT DISTINCT template FROM notices.notice WHERE state = 'Pending' AND last_error IS NULL AND NOT is_deferred", row => $"The mail {row.GetString(0)} was not tried within ten seconds");

    public Task<IReadOnlyList<StoredEntry>> EntriesAsync(string id) => ReadAsync(
        "SELECT e.kind, e.key, e.values, e.valid_to IS NOT NULL, nullif(e.membership_id, r.membership_id) FROM register.entry e JOIN requests.service_request r ON r.id = $1 WHERE (e.request_id = $1 AND e.valid_to IS NULL) OR (e.request_id = $1 AND e.ended_after IS NOT NULL) OR e.ended_by = $1 ORDER BY e.kind, e.key, e.membership_id",
        row => new StoredEntry(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), Text(row, 4)),
        Guid.Parse(id));

    /// <summary>The values of the entry in force that a membership has, or everybody; null where there is none.</summary>
    public async Task<JsonObject?> HeldAsync(string kind, string key, string membership) => (await ReadAsync(
        "SELECT values FROM register.entry WHERE kind = $1 AND key = $2 AND (membership_id = $3 OR membership_id IS NULL) AND valid_to IS NULL ORDER BY membership_id NULLS LAST",
        row => (JsonObject)JsonNode.Parse(row.GetString(0))!,
        kind, key, membership)) is [var held, ..] ? held : null;

    /// <summary>Addresses of everybody with a right for a membership: <c>may_make</c> or <c>may_check</c>.</summary>
    public Task<IReadOnlyList<string>> WithRightAsync(string right, string membership) => ReadAsync(
        $"SELECT DISTINCT u.email FROM access.user_account u JOIN access.user_right r ON r.user_id = u.id WHERE r.{right} AND r.membership_id = $1",
        row => row.GetString(0),
        membership);

    /// <summary>Addresses of those who may check for the participant of another firm that a request's answers name.</summary>
    public Task<IReadOnlyList<string>> OfCounterpartyAsync(string id) => ReadAsync(
        """
        SELECT DISTINCT u.email FROM requests.service_request r JOIN access.membership own ON own.id = r.membership_id, jsonb_each_text(r.answers) a, access.membership m
          JOIN access.user_right g ON g.membership_id = m.id AND g.may_check JOIN access.user_account u ON u.id = g.user_id
        WHERE r.id = $1 AND a.value = m.participant_id AND m.clearing_house = own.clearing_house AND m.firm_id <> r.firm_id
        """,
        row => row.GetString(0),
        Guid.Parse(id));

    public Task<IReadOnlyList<string>> WithRoleAsync(string role) => ReadAsync(
        "SELECT u.email FROM access.user_account u JOIN access.user_role r ON r.user_id = u.id WHERE r.role = $1", row => row.GetString(0), role);

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> map, params object[] values)
    {
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await using var row = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await row.ReadAsync())
        {
            found.Add(map(row));
        }

        return found;
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
