using System.Text.Json;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Inbox;

/// <summary>A task as a click reads it.</summary>
/// <param name="Answers">Who has answered so far, where the quorum is more than one.</param>
public sealed record LoadedTask(TaskId Id, string Step, int Visit, TaskKind Kind, string Title, string? Team, int Quorum, bool IsOpen, DateTimeOffset OpenedAt,
    string? Deadline, DateTimeOffset? DueAt, bool IsEscalated, UserId? ClaimedBy, DateTimeOffset? ClaimedAt, string? Outcome, IReadOnlyList<TaskAnswer> Answers);

/// <summary>One person's answer to a task that wants several alike.</summary>
public sealed record TaskAnswer(Guid User, string Outcome)
{
    internal static IReadOnlyList<TaskAnswer> Read(string stored) => JsonSerializer.Deserialize<List<TaskAnswer>>(stored, JsonSerializerOptions.Web)!;
}

/// <summary>Reads one task along with its request, in the click's first round trip.</summary>
internal sealed class TaskPart(TaskId id) : IClickPart
{
    /// <summary>Null where there is no such task.</summary>
    public LoadedTask? Task { get; private set; }

    public static ClickTarget Target(TaskPart part, TaskId id) => new("(SELECT t.request_id FROM inbox.task t WHERE t.id = $1)", id.Value, [part]);

    public void Add(ClickBatch batch) => batch.Add(
        """
        SELECT id, step, visit, kind, title, team, quorum, is_open, opened_at, deadline, due_at, is_escalated, claimed_by, claimed_at, outcome, answers
        FROM inbox.task WHERE id = $1
        """,
        id.Value);

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct) => Task = await reader.ReadAsync(ct) ? Map(reader) : null;

    private static LoadedTask Map(NpgsqlDataReader row) => new(
        new TaskId(row.GetGuid(0)),
        row.GetString(1),
        row.GetInt32(2),
        Enum.Parse<TaskKind>(row.GetString(3)),
        row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5),
        row.GetInt32(6),
        row.GetBoolean(7),
        row.GetFieldValue<DateTimeOffset>(8),
        row.IsDBNull(9) ? null : row.GetString(9),
        row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10),
        row.GetBoolean(11),
        row.IsDBNull(12) ? null : new UserId(row.GetGuid(12)),
        row.IsDBNull(13) ? null : row.GetFieldValue<DateTimeOffset>(13),
        row.IsDBNull(14) ? null : row.GetString(14),
        TaskAnswer.Read(row.GetString(15)));
}
