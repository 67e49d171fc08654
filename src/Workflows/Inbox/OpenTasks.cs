using System.Text.Json;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Inbox;

/// <summary>A task as a click reads it.</summary>
/// <param name="Answers">Who has answered so far, where the quorum is more than one.</param>
/// <param name="Membership">Whose people do it: the request's own membership, or that of the counterparty that is asked.</param>
public sealed record LoadedTask(TaskId Id, string Step, int Visit, TaskKind Kind, string Title, string? Team, int Quorum, bool IsOpen, DateTimeOffset OpenedAt,
    string? Deadline, DateTimeOffset? DueAt, bool IsEscalated, UserId? ClaimedBy, DateTimeOffset? ClaimedAt, string? Outcome, IReadOnlyList<TaskAnswer> Answers, MembershipId Membership, FirmId Firm)
{
    /// <summary>What is followed up, as the value of its option; null for work that the step waits for.</summary>
    public string? Item { get; init; }
}

/// <summary>One person's answer to a task that wants several alike.</summary>
public sealed record TaskAnswer(Guid User, string Outcome)
{
    internal static IReadOnlyList<TaskAnswer> Read(string stored) => JsonSerializer.Deserialize<List<TaskAnswer>>(stored, JsonSerializerOptions.Web)!;
}

/// <summary>A task, by which its request is found.</summary>
internal sealed class ClickTask : IClickRow
{
    /// <summary>Null where there is no such task.</summary>
    public LoadedTask? Task { get; private set; }

    public string Join => "JOIN inbox.task t ON t.request_id = r.id";

    public string Key => "t.id";

    public string Columns =>
        "t.id, t.step, t.visit, t.kind, t.title, t.team, t.quorum, t.is_open, t.opened_at, t.deadline, t.due_at, t.is_escalated, t.claimed_by, t.claimed_at, t.outcome, t.answers, t.membership_id, t.firm_id, t.item";

    public ClickTarget Of(TaskId id) => ClickTarget.By(id.Value, this);

    public void Read(NpgsqlDataReader row, int? first) => Task = first is { } f ? Map(row, f) : null;

    private static LoadedTask Map(NpgsqlDataReader row, int f) => new(
        new TaskId(row.GetGuid(f)),
        row.GetString(f + 1),
        row.GetInt32(f + 2),
        Enum.Parse<TaskKind>(row.GetString(f + 3)),
        row.GetString(f + 4),
        row.IsDBNull(f + 5) ? null : row.GetString(f + 5),
        row.GetInt32(f + 6),
        row.GetBoolean(f + 7),
        row.GetFieldValue<DateTimeOffset>(f + 8),
        row.IsDBNull(f + 9) ? null : row.GetString(f + 9),
        row.IsDBNull(f + 10) ? null : row.GetFieldValue<DateTimeOffset>(f + 10),
        row.GetBoolean(f + 11),
        row.IsDBNull(f + 12) ? null : new UserId(row.GetGuid(f + 12)),
        row.IsDBNull(f + 13) ? null : row.GetFieldValue<DateTimeOffset>(f + 13),
        row.IsDBNull(f + 14) ? null : row.GetString(f + 14),
        TaskAnswer.Read(row.GetString(f + 15)),
        new MembershipId(row.GetString(f + 16)),
        new FirmId(row.GetGuid(f + 17)))
    {
        Item = row.IsDBNull(f + 18) ? null : row.GetString(f + 18),
    };
}
