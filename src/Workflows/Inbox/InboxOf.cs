using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Inbox;

/// <summary>One row of the inbox.</summary>
/// <param name="WhyNot">What keeps the viewer from deciding it; null where the viewer may.</param>
public sealed record InboxTask(TaskId Id, RequestId Request, string? Number, string EService, LocalText Name, string ParticipantId, string FirmName, RequestStatus Status, TaskKind Kind, string Step, string Title,
    DateTimeOffset OpenedAt, string? Deadline, DateTimeOffset? DueAt, bool IsLate, bool IsEscalated, UserId? ClaimedBy, string? ClaimedByName, Refusal? WhyNot)
{
    /// <summary>What is followed up, as the value of its option; null for all other tasks.</summary>
    public string? Item { get; init; }
}

/// <summary>The open tasks that a viewer sees, least time left first where the filter says nothing else.</summary>
public sealed class InboxOf(NpgsqlDataSource source, Catalogue catalogue, BusinessClock clock)
{
    /// <summary>No count goes further: "100" means a hundred or more.</summary>
    public const int MostCounted = 100;

    public async Task<Page<InboxTask>> HandleAsync(Viewer viewer, InboxFilter filter, CancellationToken ct)
    {
        var size = Math.Clamp(filter.PageSize, 1, 100);
        var number = Math.Max(1, filter.Page);
        var query = new InboxQuery(viewer, filter, clock.GetUtcNow());
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        var statements = new ClickBatch(batch);
        query.AddCount(statements, MostCounted);
        query.AddPage(statements, size, (number - 1) * size);
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
    public async Task<int> CountAsync(Viewer viewer, CancellationToken ct) => (await CountAsync(viewer, [new InboxFilter()], ct))[0];

    /// <summary>How many each filter leaves, in one round trip, each counted up to one hundred.</summary>
    public async Task<IReadOnlyList<int>> CountAsync(Viewer viewer, IReadOnlyList<InboxFilter> filters, CancellationToken ct)
    {
        if (filters.Count == 0) return [];
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        var statements = new ClickBatch(batch);
        foreach (var filter in filters)
        {
            new InboxQuery(viewer, filter, clock.GetUtcNow()).AddCount(statements, MostCounted);
        }

        var counts = new List<int>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        do
        {
            await reader.ReadAsync(ct);
            counts.Add((int)reader.GetInt64(0));
        }
        while (await reader.NextResultAsync(ct));
        return counts;
    }

    private InboxTask Map(NpgsqlDataReader row, Viewer viewer)
    {
        var eService = row.GetString(3);
        var kind = Enum.Parse<TaskKind>(row.GetString(7));
        var claimedBy = row.IsDBNull(15) ? (UserId?)null : new UserId(row.GetGuid(15));
        return new InboxTask(
            new TaskId(row.GetGuid(0)), new RequestId(row.GetGuid(1)), Text(row, 2), eService, catalogue.InForce(eService, clock.GetUtcNow())?.Service.Name ?? new LocalText(eService),
            row.GetString(4), row.GetString(5), Enum.Parse<RequestStatus>(row.GetString(6)), kind, row.GetString(8), row.GetString(9),
            row.GetFieldValue<DateTimeOffset>(10), Text(row, 11), row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12), row.GetBoolean(13), row.GetBoolean(14),
            claimedBy, Text(row, 16), WhyNot(row, viewer, kind, claimedBy))
        {
            Item = Text(row, 21),
        };
    }

    private static Refusal? WhyNot(NpgsqlDataReader row, Viewer viewer, TaskKind kind, UserId? claimedBy)
    {
        var parts = Requests.Parts.From((JsonObject)JsonNode.Parse(row.GetString(17))!);
        return TaskRules.WhyNot(viewer, kind, row.GetString(8), row.GetString(3), new MembershipId(row.GetString(19)), Text(row, 18), parts, claimedBy, TaskAnswer.Read(row.GetString(20)));
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
