using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Inbox;

/// <summary>What one person of the clearing house has claimed.</summary>
/// <param name="Name">Null for what nobody has claimed.</param>
/// <param name="DueAt">The least time left among them; null where none has a deadline.</param>
public sealed record Workload(string? Name, int Tasks, int Overdue, DateTimeOffset? OldestClaim, DateTimeOffset? DueAt);

/// <summary>A task that hardly anybody can decide: if they are away, it waits.</summary>
/// <param name="Able">How many people could.</param>
public sealed record ThinTask(TaskId Id, string? Number, TaskKind Kind, string Title, DateTimeOffset? DueAt, int Able);

/// <summary>The clearing house's open work, by who has it, for its supervisors; and what hardly anybody can decide.</summary>
public sealed class TeamWork(NpgsqlDataSource source, AblePeople people, BusinessClock clock)
{
    /// <summary>Fewer people than this are too few to rely on.</summary>
    public const int Enough = 2;

    private const int MostLookedAt = 500;

    private const string Loads =
        """
        SELECT u.name, count(*), count(*) FILTER (WHERE t.due_at < $1), min(t.claimed_at), min(t.due_at)
        FROM inbox.task t LEFT JOIN access.user_account u ON u.id = t.claimed_by
        WHERE t.is_open AND t.kind IN ('Review', 'Approval', 'Milestone', 'FollowUp') GROUP BY u.id, u.name ORDER BY u.name NULLS FIRST
        """;

    private const string Open =
        """
        SELECT t.id, r.number, t.kind, t.due_at, t.eservice, t.membership_id, t.team, r.parts, t.answers, t.step, t.title
        FROM inbox.task t JOIN requests.service_request r ON r.id = t.request_id
        WHERE t.is_open AND t.kind IN ('Review', 'Approval', 'Milestone', 'FollowUp') ORDER BY t.due_at NULLS LAST, t.id LIMIT $1
        """;

    /// <summary>Empty for all but supervisors.</summary>
    public async Task<(IReadOnlyList<Workload> People, IReadOnlyList<ThinTask> Thin)> OfAsync(Viewer viewer, CancellationToken ct)
    {
        if (!viewer.IsClearingHouse || !viewer.Is(Role.Supervisor)) return ([], []);
        var candidates = await people.CandidatesAsync(viewer.Firm, ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        var statements = new ClickBatch(batch);
        statements.Add(Loads, clock.GetUtcNow());
        statements.Add(Open, MostLookedAt);
        await using var row = await batch.ExecuteReaderAsync(ct);
        var loads = new List<Workload>();
        while (await row.ReadAsync(ct))
        {
            loads.Add(new Workload(row.IsDBNull(0) ? null : row.GetString(0), (int)row.GetInt64(1), (int)row.GetInt64(2), At(row, 3), At(row, 4)));
        }

        await row.NextResultAsync(ct);
        var thin = new List<ThinTask>();
        while (await row.ReadAsync(ct))
        {
            if (Able(row, candidates) is < Enough and var able) thin.Add(new ThinTask(new TaskId(row.GetGuid(0)), row.IsDBNull(1) ? null : row.GetString(1), Enum.Parse<TaskKind>(row.GetString(2)), row.GetString(10), At(row, 3), able));
        }

        return (loads, thin);
    }

    private static int Able(NpgsqlDataReader row, IReadOnlyList<Viewer> candidates)
    {
        var parts = Parts.From((JsonObject)JsonNode.Parse(row.GetString(7))!);
        var answers = TaskAnswer.Read(row.GetString(8));
        return candidates.Count(p => TaskRules.WhyNot(p, Enum.Parse<TaskKind>(row.GetString(2)), row.GetString(9), row.GetString(4), new MembershipId(row.GetString(5)), row.IsDBNull(6) ? null : row.GetString(6), parts, null, answers) is null);
    }

    private static DateTimeOffset? At(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
