using System.Text.Json.Nodes;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>Who did something, as this viewer may know it.</summary>
/// <param name="Role">The part played: <c>maker</c>, <c>checker</c>, <c>reviewer</c>, <c>approver</c>, <c>supervisor</c>, <c>counterparty</c>, <c>system</c>.</param>
/// <param name="Firm">Short name of the firm; null for the system.</param>
/// <param name="Name">Null where the viewer may know only part and firm: of what happened for all but the clearing house, of a message for the other firm.</param>
public sealed record Doer(string Role, string? Firm, string? Name);

/// <summary>One step of a request's way, as this viewer may read it.</summary>
/// <param name="What">The event's name, refined by its outcome: <c>sentToChecker</c>, <c>sent</c>, <c>returnedByChecker</c> …; the host holds its words.</param>
/// <param name="Reason">Null where none was given, or where it is not for this viewer.</param>
/// <param name="Lines">Outcome per line; null where none, or not for this viewer.</param>
/// <param name="Remarks">What to correct, by path; null where nothing was returned.</param>
/// <param name="Changes">Paths that a correction changed.</param>
/// <param name="Deadline">Name of the deadline that fired; null for what people did.</param>
public sealed record TimelineEntry(int Sequence, DateTimeOffset At, string What, Doer By, string Status, string? Reason, JsonArray? Lines, JsonArray? Remarks, IReadOnlyList<string> Changes,
    string? Deadline, int? Revision, string? ContentHash)
{
    /// <summary>Name of the milestone that was reported; null for all else.</summary>
    public string? Milestone { get; init; }

    /// <summary>What was followed up, as the option's value; null for all else.</summary>
    public string? Item { get; init; }

    /// <summary>Deadlines that moved with the calendar; empty for all else.</summary>
    public IReadOnlyList<MovedMoment> Moved { get; init; } = [];

    /// <summary>Answered days on which the market is closed since, or that were approved knowing that; empty for all else.</summary>
    public IReadOnlyList<ClosedAnswer> Closed { get; init; } = [];

    /// <summary>What the firm was called before and is called since; null where its name stayed.</summary>
    public JsonObject? FirmName { get; init; }

    /// <summary>Id of the step at which the clearing house confirmed what another approval still has to; null for all else.</summary>
    public string? Confirmed { get; init; }
}

/// <summary>
/// What happened to a request, latest first. Participants see roles and firms, the clearing house names; a reviewer's proposal is
/// the clearing house's own until the approver has confirmed it, and what a firm's checker tells its maker is that firm's own.
/// </summary>
public sealed class RequestTimeline(EventLog events, NpgsqlDataSource source)
{
    public async Task<IReadOnlyList<TimelineEntry>> OfAsync(Viewer viewer, LoadedRequest request, CancellationToken ct)
    {
        if (!RequestAccess.MaySee(viewer, request) || request.IsDraft) return [];
        var recorded = await events.OfAsync(request.Id, ct);
        var people = await PeopleAsync([.. recorded.Where(e => e.By is not null).Select(e => e.By!.Value.Value).Distinct()], ct);
        return [.. recorded.Where(e => e.What is not null && IsFor(viewer, e.What)).OrderByDescending(e => e.Sequence).Select(e => Entry(viewer, e, people))];
    }

    /// <summary>The answers that the viewer's side returned last, to show what was changed since; null where it has returned none.</summary>
    public async Task<JsonObject?> ReturnedAnswersAsync(Viewer viewer, LoadedRequest request, CancellationToken ct)
    {
        if (!RequestAccess.MaySee(viewer, request) || request.Revision == 1) return null;
        var recorded = await events.OfAsync(request.Id, ct);
        var returned = recorded.Where(e => e.What is TaskDecided said && SentBack(said) && (!viewer.IsClearingHouse || said.Kind != "check")).Select(e => e.Sequence).DefaultIfEmpty().Max();
        return recorded.Where(e => e.Sequence < returned).OrderByDescending(e => e.Sequence).Select(e => e.What).OfType<SentToChecker>().FirstOrDefault()?.Answers;
    }

    private static bool SentBack(TaskDecided said) => said is { Outcome: "return", Kind: "check" or "review" }
        || (said.Kind == "approval" && Outcomes.Read(said.Lines).Any(l => l.Outcome == EServices.LineOutcomes.Return));

    // Who has claimed what inside the clearing house, and who was reminded of what, is nobody else's business.
    private static bool IsFor(Viewer viewer, RequestEvent what) => viewer.IsClearingHouse || what switch
    {
        TaskClaimed claimed => claimed.Kind == "review",
        TaskReleased or TaskReassigned => false,
        DeadlineFired fired => fired.Kind is "passes" or "cutOff" or "wait" or "place" or "cancellation",
        _ => true,
    };

    internal static TimelineEntry Entry(Viewer viewer, RecordedEvent e, IReadOnlyDictionary<Guid, Person> people)
    {
        var by = By(viewer, e, people);
        return Said(viewer, e, by) with { FirmName = e.What!.FirmName };
    }

    private static TimelineEntry Said(Viewer viewer, RecordedEvent e, Doer by)
    {
        return e.What switch
        {
            SentToChecker sent => new(e.Sequence, e.At, sent.Status != RequestStatus.PendingChecker.Code() ? "check.approve" : sent.Revision > 1 ? "correctionSentToChecker" : "sentToChecker", by, sent.Status, null, null, null, sent.Changes, null, sent.Revision, e.ContentHash),
            TaskDecided decided => Decided(viewer, e, decided, by),
            RequestWithdrawn withdrawn => new(e.Sequence, e.At, "withdrawn", by, withdrawn.Status, withdrawn.Reason, null, null, [], null, null, null),
            TaskClaimed claimed => new(e.Sequence, e.At, $"{claimed.Kind}Begun", by, claimed.Status, null, null, null, [], null, null, null),
            TaskReleased released => new(e.Sequence, e.At, "taskReleased", by, released.Status, null, null, null, [], null, null, null),
            TaskReassigned reassigned => new(e.Sequence, e.At, "taskReassigned", by, reassigned.Status, null, null, null, [], null, null, null),
            DeadlineFired fired => new(e.Sequence, e.At, $"deadline.{fired.Kind}", by, fired.Status, null, null, null, [], fired.Deadline, null, null),
            DeadlinesMoved moved => new(e.Sequence, e.At, moved.Moved.Count > 0 ? "deadlinesMoved" : "daysClosed", by, moved.Status, null, null, null, [], null, null, null) { Moved = moved.Moved, Closed = moved.Closed ?? [] },
            _ => new(e.Sequence, e.At, e.Type, by, string.Empty, null, null, null, [], null, null, null),
        };
    }

    private static TimelineEntry Decided(Viewer viewer, RecordedEvent e, TaskDecided decided, Doer by)
    {
        // An approval that decided no line was followed by another one.
        var isConfirmed = decided is { Kind: "approval", Outcome: "approve", Lines: null };
        // Where one pair of eyes is owed, the reviewer's answer is the outcome.
        var isFinal = decided.Kind == "review" && RequestStatuses.From(decided.Status)?.IsDecided() == true;
        var isProposal = (decided.Kind == "review" && decided.Outcome != "return" && !isFinal) || isConfirmed;
        var isInternal = isProposal || (decided.Kind == "approval" && decided.Outcome == "return");
        if (decided.Milestone is { } milestone) return new(e.Sequence, e.At, $"{decided.Kind}.done", by, decided.Status, decided.Reason, null, null, [], null, null, null) { Milestone = milestone, Item = decided.Item };
        var isOfTheFirm = decided.Kind == "check" && decided.Outcome == "return";
        var shown = viewer.IsClearingHouse ? !isOfTheFirm || viewer.Is(Role.Auditor) : !isInternal;
        // One of several checkers: it is still with the firm.
        var isOneOf = decided is { Kind: "check", Outcome: "approve" } && decided.Status == RequestStatus.PendingChecker.Code();
        var what = isOneOf ? "check.agreed" : isProposal && !viewer.IsClearingHouse ? "reviewed" : isConfirmed ? "approval.confirmed" : isFinal ? $"approval.{decided.Outcome}" : $"{decided.Kind}.{decided.Outcome}";
        return new(e.Sequence, e.At, what, by, decided.Status, shown ? decided.Reason : null, shown ? decided.Lines : null, shown ? decided.Remarks : null, [], null, null, viewer.IsClearingHouse || decided.Kind == "check" ? e.ContentHash : null)
        {
            Confirmed = isConfirmed && viewer.IsClearingHouse ? decided.Step : null,
            Closed = shown ? decided.Closed ?? [] : [],
        };
    }

    private static Doer By(Viewer viewer, RecordedEvent e, IReadOnlyDictionary<Guid, Person> people)
    {
        if (e.By is not { } user || !people.TryGetValue(user.Value, out var person)) return new Doer("system", null, null);
        return new Doer(RoleOf(e.What!, person), person.FirmName, viewer.IsClearingHouse ? person.Name : null);
    }

    private static string RoleOf(RequestEvent what, Person person) => what switch
    {
        TaskDecided { Kind: "check" } => "checker",
        TaskDecided { Kind: "review" } or TaskClaimed { Kind: "review" } => "reviewer",
        TaskDecided { Kind: "approval" } or TaskClaimed { Kind: "approval" } => "approver",
        TaskDecided { Kind: "answer" } => "counterparty",
        TaskReassigned => "supervisor",
        _ => person.IsClearingHouse ? "reviewer" : "maker",
    };

    private async Task<Dictionary<Guid, Person>> PeopleAsync(Guid[] ids, CancellationToken ct)
    {
        var people = new Dictionary<Guid, Person>();
        if (ids.Length == 0) return people;
        await using var command = source.CreateCommand(
            "SELECT u.id, u.name, f.name_en, f.is_clearing_house FROM access.user_account u JOIN access.firm f ON f.id = u.firm_id WHERE u.id = ANY ($1)");
        command.Parameters.Add(new() { Value = ids });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            people[row.GetGuid(0)] = new Person(row.GetString(1), row.GetString(2), row.GetBoolean(3));
        }

        return people;
    }

    internal sealed record Person(string Name, string FirmName, bool IsClearingHouse);
}
