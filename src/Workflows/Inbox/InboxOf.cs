using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Inbox;

/// <summary>What the inbox is cut to; null means all.</summary>
/// <param name="Page">From 1.</param>
public sealed record InboxFilter(RequestId? Request = null, TaskKind? Kind = null, string? EService = null, bool MineOnly = false, bool UnclaimedOnly = false, int Page = 1, int PageSize = 25);

/// <summary>One row of the inbox.</summary>
/// <param name="WhyNot">What keeps the viewer from deciding it; null where the viewer may.</param>
public sealed record InboxTask(TaskId Id, RequestId Request, string? Number, string EService, LocalText Name, string ParticipantId, string FirmName, RequestStatus Status, TaskKind Kind, string Step, string Title,
    DateTimeOffset OpenedAt, string? Deadline, DateTimeOffset? DueAt, bool IsLate, bool IsEscalated, UserId? ClaimedBy, string? ClaimedByName, Refusal? WhyNot);

/// <summary>The open tasks that a viewer sees, least time left first.</summary>
public sealed class InboxOf(NpgsqlDataSource source, Catalogue catalogue, BusinessClock clock)
{
    private const int MostCounted = 100;

    private const string Columns =
        """
        SELECT t.id, t.request_id, r.number, t.eservice, m.participant_id, f.name_en, r.status, t.kind, t.step, t.title, t.opened_at, t.deadline, t.due_at,
          r.is_late, t.is_escalated, t.claimed_by, c.name, r.parts, t.team, t.membership_id, t.answers
        FROM inbox.task t JOIN requests.service_request r ON r.id = t.request_id JOIN access.membership m ON m.id = t.membership_id
        JOIN access.firm f ON f.id = t.firm_id LEFT JOIN access.user_account c ON c.id = t.claimed_by
        """;

    // Participants: their own firm's checks and corrections, by right. The clearing house: reviews and approvals, by role and team; its supervisors and auditors all.
    private const string Visible =
        """
         WHERE t.is_open AND (
          ($1 AND t.kind IN ('Review', 'Approval') AND ($2 OR (t.kind = 'Review' AND $3) OR (t.kind = 'Approval' AND $4)) AND (t.team IS NULL OR $13 OR t.team = ANY ($5)))
          OR (NOT $1 AND t.firm_id = $6 AND EXISTS (SELECT 1 FROM access.user_right u WHERE u.user_id = $7 AND u.membership_id = t.membership_id AND (u.eservice = '*' OR u.eservice = t.eservice)
            AND ((t.kind = 'Check' AND u.may_check) OR (t.kind = 'Correction' AND u.may_make)))))
          AND ($8::uuid IS NULL OR t.request_id = $8) AND ($9::text IS NULL OR t.kind = $9) AND ($10::text IS NULL OR t.eservice = $10)
          AND (NOT $11 OR t.claimed_by = $7) AND (NOT $12 OR t.claimed_by IS NULL)
        """;

    public async Task<Page<InboxTask>> HandleAsync(Viewer viewer, InboxFilter filter, CancellationToken ct)
    {
        var size = Math.Clamp(filter.PageSize, 1, 100);
        var number = Math.Max(1, filter.Page);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        var statements = new ClickBatch(batch);
        statements.Add($"SELECT count(*) FROM (SELECT 1 FROM inbox.task t{Visible} LIMIT {MostCounted}) n", Values(viewer, filter));
        statements.Add($"{Columns}{Visible} ORDER BY t.due_at NULLS LAST, t.opened_at, t.id LIMIT $14 OFFSET $15", [.. Values(viewer, filter), size, (number - 1) * size]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var total = (int)reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        var tasks = new List<InboxTask>();
        while (await reader.ReadAsync(ct))
        {
            tasks.Add(Map(reader, viewer));
        }

        return new Page<InboxTask>(tasks, total, number, size);
    }

    /// <summary>How many open tasks the viewer has, counted up to one hundred.</summary>
    public async Task<int> CountAsync(Viewer viewer, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        new ClickBatch(batch).Add($"SELECT count(*) FROM (SELECT 1 FROM inbox.task t{Visible} LIMIT {MostCounted}) n", Values(viewer, new InboxFilter()));
        return (int)(long)(await batch.ExecuteScalarAsync(ct))!;
    }

    private static object?[] Values(Viewer viewer, InboxFilter filter) =>
    [
        viewer.IsClearingHouse, viewer.Is(Role.Supervisor) || viewer.Is(Role.Auditor), viewer.Is(Role.Reviewer), viewer.Is(Role.Approver), viewer.Teams.ToArray(),
        viewer.Firm.Value, viewer.User.Value, filter.Request?.Value, filter.Kind?.ToString(), filter.EService, filter.MineOnly, filter.UnclaimedOnly,
        viewer.Teams.Contains(Teams.All),
    ];

    private InboxTask Map(NpgsqlDataReader row, Viewer viewer)
    {
        var eService = row.GetString(3);
        var kind = Enum.Parse<TaskKind>(row.GetString(7));
        var claimedBy = row.IsDBNull(15) ? (UserId?)null : new UserId(row.GetGuid(15));
        return new InboxTask(
            new TaskId(row.GetGuid(0)), new RequestId(row.GetGuid(1)), Text(row, 2), eService, catalogue.InForce(eService, clock.GetUtcNow())?.Service.Name ?? new LocalText(eService),
            row.GetString(4), row.GetString(5), Enum.Parse<RequestStatus>(row.GetString(6)), kind, row.GetString(8), row.GetString(9),
            row.GetFieldValue<DateTimeOffset>(10), Text(row, 11), row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12), row.GetBoolean(13), row.GetBoolean(14),
            claimedBy, Text(row, 16), WhyNot(row, viewer, kind, claimedBy));
    }

    private static Refusal? WhyNot(NpgsqlDataReader row, Viewer viewer, TaskKind kind, UserId? claimedBy)
    {
        var parts = Requests.Parts.From((System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(row.GetString(17))!);
        return TaskRules.WhyNot(viewer, kind, row.GetString(3), new MembershipId(row.GetString(19)), Text(row, 18), parts, claimedBy, []);
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
