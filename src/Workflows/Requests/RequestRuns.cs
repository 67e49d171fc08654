using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// The runs that analysts may follow (<see cref="RequestAccess.MayFollow"/>), each by one small read, for Studio asks about the one that it
/// shows every second. Answers, files and lines are never read along; what else only the request's readers may know is taken off.
/// </summary>
public sealed class RequestRuns(NpgsqlDataSource source, Catalogue catalogue)
{
    private const int MostCounted = 1000;

    private const string Columns = "r.id, r.number, r.eservice, r.bundle_hash, r.status, r.run, r.created_at, r.updated_at, r.closed_at, r.submitted_at";

    private const string OneRun = $"SELECT {Columns} FROM requests.service_request r WHERE r.id = $1 AND r.run IS NOT NULL";

    private const string OneCourse =
        $"""
        SELECT {Columns}, (SELECT jsonb_agg(jsonb_build_object('sequence', e.sequence, 'type', e.type, 'at', e.at, 'by', e.user_id,
            'data', e.data - ARRAY['answers', 'plan', 'editors'], 'name', u.name, 'firm', f.name_en, 'house', f.is_clearing_house) ORDER BY e.sequence)
          FROM events.event e LEFT JOIN access.user_account u ON u.id = e.user_id LEFT JOIN access.firm f ON f.id = u.firm_id WHERE e.request_id = r.id)
        FROM requests.service_request r WHERE r.id = $1 AND r.run IS NOT NULL
        """;

    private const string Some =
        """
        FROM requests.service_request r WHERE r.run IS NOT NULL AND r.submitted_at IS NOT NULL
          AND ($1 = '{}' OR r.eservice = ANY ($1)) AND ($2 = '' OR strpos(upper(r.number), $2) > 0) AND ($3 IS NULL OR (r.closed_at IS NULL) = $3)
        """;

    private const string Page = $"SELECT {Columns} {Some} ORDER BY r.submitted_at DESC, r.id OFFSET $4 LIMIT $5";

    private const string Total = $"SELECT count(*)::int FROM (SELECT 1 {Some} LIMIT $4) counted";

    private const string Unsent =
        """
        SELECT r.bundle_hash, token ->> 'step', count(DISTINCT r.id)::int
        FROM requests.service_request r, jsonb_array_elements(r.run -> 'tokens') token
        WHERE r.eservice = $1 AND r.closed_at IS NULL AND r.run IS NOT NULL AND r.submitted_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2
        """;

    /// <summary>Null where there is no such run, or none for this viewer.</summary>
    public async Task<RequestRun?> FindAsync(Viewer viewer, RequestId id, CancellationToken ct)
    {
        await using var command = source.CreateCommand(OneRun);
        command.Parameters.Add(new() { Value = id.Value });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Map(viewer, row) : null;
    }

    /// <summary>The same with all that happened; null where there is no such run, or none for this viewer.</summary>
    public async Task<RunCourse?> CourseAsync(Viewer viewer, RequestId id, CancellationToken ct)
    {
        await using var command = source.CreateCommand(OneCourse);
        command.Parameters.Add(new() { Value = id.Value });
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct) || Map(viewer, row) is not { } run) return null;
        var told = row.IsDBNull(10) ? [] : JsonSerializer.Deserialize<List<ToldEvent>>(row.GetString(10), JsonSerializerOptions.Web)!;
        return Course(viewer, run, told);
    }

    /// <summary>Of those that were sent to the clearing house, the latest first; none for whom they are not.</summary>
    public async Task<RunPage> ListAsync(Viewer viewer, RunFilter filter, CancellationToken ct)
    {
        if (!RequestAccess.MayFollow(viewer, DateTimeOffset.MinValue, false)) return new RunPage([], 0);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(Page, filter, Math.Max(0, filter.Skip), Math.Clamp(filter.Take, 0, 100)));
        batch.BatchCommands.Add(Command(Total, filter, MostCounted));
        await using var row = await batch.ExecuteReaderAsync(ct);
        var items = new List<RequestRun>();
        while (await row.ReadAsync(ct))
        {
            if (Map(viewer, row) is { } run) items.Add(run);
        }

        await row.NextResultAsync(ct);
        await row.ReadAsync(ct);
        return new RunPage(items, row.GetInt32(0));
    }

    /// <summary>
    /// Those that are still with their firms, counted by release and step: an analyst must know of them, the clearing house may not know
    /// whose they are. Empty for whom the designer is closed.
    /// </summary>
    public async Task<IReadOnlyList<UnsentRuns>> UnsentAsync(Viewer viewer, string eService, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.EditEServices)) return [];
        var releases = catalogue.ReleasesOf(eService);
        await using var command = source.CreateCommand(Unsent);
        command.Parameters.Add(new() { Value = eService });
        await using var row = await command.ExecuteReaderAsync(ct);
        var unsent = new List<UnsentRuns>();
        while (await row.ReadAsync(ct))
        {
            var (hash, step) = (row.GetString(0), row.GetString(1));
            var title = catalogue.ByHash(hash)?.Flow.Steps.FirstOrDefault(s => s.Id == step)?.Title ?? step;
            unsent.Add(new UnsentRuns(releases.FirstOrDefault(r => r.Bundle.Hash == hash)?.Number, title, row.GetInt32(2)));
        }

        return unsent;
    }

    private static NpgsqlBatchCommand Command(string sql, RunFilter filter, params int[] more)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new() { Value = filter.EServices.ToArray() });
        command.Parameters.Add(new() { Value = filter.Search?.Trim().ToUpperInvariant() ?? "" });
        command.Parameters.Add(new() { Value = (object?)filter.IsOpen ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Boolean });
        foreach (var number in more) command.Parameters.Add(new() { Value = number });
        return command;
    }

    private RequestRun? Map(Viewer viewer, NpgsqlDataReader row)
    {
        DateTimeOffset? submitted = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9);
        if (!RequestAccess.MayFollow(viewer, submitted, isDraft: false)) return null;
        var (eService, hash) = (row.GetString(2), row.GetString(3));
        var bundle = catalogue.ByHash(hash) ?? throw new UnreadableReleaseException(eService, hash);
        var number = catalogue.ReleasesOf(eService).FirstOrDefault(r => r.Bundle.Hash == hash)?.Number;
        return new RequestRun(
            new RequestId(row.GetGuid(0)), row.GetString(1), bundle, number, Enum.Parse<RequestStatus>(row.GetString(4)), FlowState.FromJson(row.GetString(5)),
            row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8))
        {
            // Whoever follows it sees it from the same moment on as they may read it, if at all.
            IsReadable = viewer.SeesAllRequests,
        };
    }

    private static RunCourse Course(Viewer viewer, RequestRun run, List<ToldEvent> told)
    {
        var people = told.Where(t => t.By is not null && t.Name is not null).DistinctBy(t => t.By).ToFrozenDictionary(t => t.By!.Value, t => new RequestTimeline.Person(t.Name!, t.Firm ?? "", t.House ?? false));
        var events = told.ConvertAll(t => new RecordedEvent(
            run.Id, t.Sequence, t.Type, t.At, t.By is { } by ? new UserId(by) : null, RequestEvent.Read(t.Type, t.Data.ToJsonString()), null, []));
        var course = FlowCourse.Of(run.Bundle.Flow, run.State, [.. events.Select(Move).OfType<FlowMove>()]);
        return new RunCourse(run, [.. events.Where(e => e.What is not null).Select(e => Happening(viewer, run, course, e, people))], course.Stays);
    }

    private static RunHappening Happening(Viewer viewer, RequestRun run, FlowCourse course, RecordedEvent e, FrozenDictionary<Guid, RequestTimeline.Person> people)
    {
        var entry = RequestTimeline.Entry(viewer, e, people);
        if (!run.IsReadable) entry = entry with { Reason = null, Lines = null, Remarks = null, Changes = [] };
        var left = course.LeftAt(e.Sequence);
        return new RunHappening(entry, left.Count > 0 ? left : [.. StepOf(e.What!) is { } step ? [step] : course.WaitingAt(e.Sequence)], left.Count > 0);
    }

    private static string? StepOf(RequestEvent what) => what switch
    {
        TaskDecided decided => decided.Step,
        TaskClaimed claimed => claimed.Step,
        TaskReleased released => released.Step,
        TaskReassigned reassigned => reassigned.Step,
        _ => null,
    };

    private static FlowMove? Move(RecordedEvent e) => e.What switch
    {
        SentToChecker { Revision: > 1 } => new FlowMove.Corrected(e.Sequence),
        SentToChecker => new FlowMove.Begun(e.Sequence),
        TaskDecided decided => new FlowMove.Answered(e.Sequence, decided.Step, decided.Outcome),
        DeadlineFired { Kind: "passes" } fired => new FlowMove.Passed(e.Sequence, fired.Deadline),
        DeadlineFired { Kind: "wait" } fired => new FlowMove.Waited(e.Sequence, fired.Deadline),
        DeadlineFired { Kind: "place" } => new FlowMove.Placed(e.Sequence),
        DeadlineFired { Kind: "cancellation" } => new FlowMove.Ended(e.Sequence),
        RequestWithdrawn => new FlowMove.Ended(e.Sequence),
        _ => null,
    };

    private sealed record ToldEvent(int Sequence, string Type, DateTimeOffset At, Guid? By, JsonObject Data, string? Name, string? Firm, bool? House);
}
