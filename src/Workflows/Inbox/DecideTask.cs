using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>
/// A person decides a task: the checker sends, returns or rejects; the reviewer proposes or returns; the approver confirms,
/// returns or overrules; a counterparty answers. Four eyes, the content hash and the last moment are checked here, at the moment of decision.
/// </summary>
public sealed class DecideTask(RequestClicks clicks, RequestMoves moves, ProcessingDays days, Proposals proposals, PastContent past, DraftAnswers drafts, MilestoneReports milestones, ClosedDayApprovals closedDays)
{
    public async Task<Result<RequestReceipt>> HandleAsync(Viewer viewer, TaskId id, Decision decision, OperationKey? operation, CancellationToken ct)
    {
        if (WhyNotReadable(decision) is { } unreadable) return unreadable;
        var found = new ClickTask();
        var entries = drafts.Entries();
        Result<RequestReceipt> result;
        do result = await clicks.RunAsync(viewer, found.Of(id) with { Seen = decision.Seen }, operation, click => Decide(click, found.Task!, decision, entries), ct);
        while (await entries.FetchAsync(ct));
        return result.IsRefused && result.Refusal is ContentHasChanged changed
            ? await past.ExplainAsync(viewer, id, decision.ContentHash!, changed, ct)
            : result;
    }

    private static Refusal? WhyNotReadable(Decision decision)
    {
        if (decision.Outcome is not (Decision.Approve or Decision.Return or Decision.Reject or Decision.Done)) return new NoSuchOutcome(decision.Outcome);
        if (decision.Outcome is Decision.Return or Decision.Reject && string.IsNullOrWhiteSpace(decision.Reason)) return new SayWhy();
        if (decision.Reason?.Length > Decision.MaxText) return new AnswersAreIncomplete([new FieldFault("reason", "too-long", Arguments: new Dictionary<string, string> { ["limit"] = "2,000" })]);
        return string.IsNullOrEmpty(decision.ContentHash) ? new SayWhatYouSaw() : null;
    }

    private Result<RequestChange> Decide(LoadedClick click, LoadedTask task, Decision decision, AskedEntries entries)
    {
        var (request, viewer, now) = click;
        if (TaskRules.WhyNotMe(viewer, request, task) is { } notMe) return notMe;
        if (task.Kind == TaskKind.Correction) return new NotYoursToDo("not-for-people");
        if (decision.Outcome == Decision.Done != TaskRules.Reports(task.Kind)) return new NoSuchOutcome(decision.Outcome);
        var hash = RequestContent.HashOf(ShownOutside.At(request, task));
        if (hash != decision.ContentHash) return new ContentHasChanged(hash, []);
        var deadline = task.Deadline is null || TaskRules.IsClearingHouse(task.Kind) ? null : moves.ShownPlanOf(request, now)[task.Deadline];
        if (RequestMoves.TooLate(deadline, now) is { } late) return late;
        if (LinesWhereNoneAreAsked(request, task, decision) is { } lines) return lines;
        if (DaysWhereNoneAreAsked(task, decision) is { } unasked) return unasked;
        decision = LaterRound.Reading(request, task, decision);

        if (TaskRules.Reports(task.Kind)) return milestones.Report(click, task, decision, entries, hash);

        var parts = request.Parts.Adding(TaskRules.PartOf(task.Kind)!.Value, viewer.User);
        var played = request with { Parts = decision.Outcome == Decision.Approve ? parts.Agreeing(task.Step, task.Visit, viewer.User) : parts };
        var decided = Applied(played, task, decision, deadline?.DueAt, entries, click);
        if (decided.IsRefused) return decided.Refusal;
        var named = closedDays.Naming(decided.Value, task, decision, now);
        if (named.IsRefused) return named.Refusal;
        decision = named.Value;

        return QuorumIsShort(task, decision) ? Counted(decided.Value with { Outcomes = request.Outcomes, SubmittedAt = request.SubmittedAt, IsLate = request.IsLate }, task, decision, viewer, hash) : Moved(request, decided.Value, task, decision, now, hash);
    }

    // Said and not heard would be worse than refused: whoever sent them believes that they count.
    private static AnswersAreIncomplete? LinesWhereNoneAreAsked(LoadedRequest request, LoadedTask task, Decision decision) =>
        decision.Lines is not { Count: > 0 } lines || TaskRules.Reports(task.Kind) || (task.Kind == TaskKind.Review && decision.Outcome == Decision.Approve && request.Bundle.Form.Decision is not null)
            ? null
            : new AnswersAreIncomplete([.. lines.Select((_, i) => new FieldFault($"lines[{i}]", "lines-not-asked"))]);

    private static AnswersAreIncomplete? DaysWhereNoneAreAsked(LoadedTask task, Decision decision) =>
        decision.ClosedDays.Count == 0 || (task.Kind is TaskKind.Review or TaskKind.Approval && decision.Outcome == Decision.Approve) ? null : new AnswersAreIncomplete([new FieldFault("closedDays", "days-not-asked")]);

    private Result<LoadedRequest> Applied(LoadedRequest request, LoadedTask task, Decision decision, DateTimeOffset? due, AskedEntries entries, LoadedClick click)
    {
        var remarked = decision.Outcome == Decision.Return ? request with { Remarks = Remarks(decision), Draft = IsForMaker(task) ? Copy(request.Answers) : request.Draft } : request;
        return task.Kind switch
        {
            TaskKind.Check when decision.Outcome == Decision.Approve => Sent(remarked, task, due, click.Now),
            TaskKind.Review when decision.Outcome != Decision.Return => proposals.Propose(remarked, decision, entries, click.Now, click.Viewer),
            TaskKind.Approval when decision.Outcome != Decision.Return => LaterRound.Decided(remarked, decision),
            _ => remarked,
        };
    }

    private Result<LoadedRequest> Sent(LoadedRequest request, LoadedTask task, DateTimeOffset? due, DateTimeOffset now)
    {
        if (days.WhyNotNow(request, now) is { } notToday) return notToday;
        return request with { SubmittedAt = request.SubmittedAt ?? now, IsLate = request.IsLate || (task.Deadline is not null && due <= now) };
    }

    private Result<RequestChange> Moved(LoadedRequest before, LoadedRequest request, LoadedTask task, Decision decision, DateTimeOffset now, string hash)
    {
        var moved = moves.Advance(request, new TaskAnswered(task.Step, task.Visit, decision.Outcome), now);
        if (moved.IsRefused) return moved.Refusal;
        var after = IsAskedAgain(task, moved.Value.Effects) ? moved.Value.After with { Outcomes = before.Outcomes } : moved.Value.After;
        if (after is { IsWithItsMakers: true, Draft: null }) after = after with { Draft = Copy(after.Answers) };
        return new RequestChange(after, Event(before, after, task, decision), moved.Value.Effects, moved.Value.Plan, hash);
    }

    // Where the clearing house has another say, an approval is no outcome yet.
    private static bool IsAskedAgain(LoadedTask task, IReadOnlyList<Effect> effects) =>
        task.Kind == TaskKind.Approval && effects.OfType<OpenTask>().Any(opened => opened.Kind is TaskKind.Review or TaskKind.Approval);

    // One of several who must answer alike: the answer is recorded, the token stays, and nothing is an outcome yet.
    private static RequestChange Counted(LoadedRequest request, LoadedTask task, Decision decision, Viewer viewer, string hash)
    {
        var answers = JsonSerializer.SerializeToNode(task.Answers.Append(new TaskAnswer(viewer.User.Value, decision.Outcome)), JsonSerializerOptions.Web);
        return RequestChange.WithoutMove(request, Event(request, request, task, decision),
            batch => batch.Add("UPDATE inbox.task SET answers = $2, claimed_by = NULL, claimed_at = NULL WHERE id = $1", task.Id.Value, answers), hash);
    }

    private static bool QuorumIsShort(LoadedTask task, Decision decision) => decision is { Outcome: Decision.Approve, RejectsRest: false } && task.Answers.Count + 1 < task.Quorum;

    private static bool IsForMaker(LoadedTask task) => task.Kind is TaskKind.Check or TaskKind.Review;

    private static JsonObject Copy(JsonObject answers) => (JsonObject)answers.DeepClone();

    private static JsonArray Remarks(Decision decision)
    {
        var remarks = (JsonArray?)decision.Remarks?.DeepClone() ?? [];
        remarks.Insert(0, (JsonNode)new JsonObject { ["path"] = string.Empty, ["text"] = decision.Reason });
        return remarks;
    }

    private static TaskDecided Event(LoadedRequest before, LoadedRequest after, LoadedTask task, Decision decision) => new(
        task.Step,
        JsonNamingPolicy.CamelCase.ConvertName(task.Kind.ToString()),
        decision.Outcome,
        decision.Reason,
        task.Kind switch
        {
            TaskKind.Review => after.Proposal?["lines"]?.DeepClone() as JsonArray,
            TaskKind.Approval => LaterRound.Said(before, after),
            _ => null,
        },
        decision.Outcome == Decision.Return ? after.Remarks?.DeepClone() as JsonArray : null,
        after.IsLate,
        after.Status.Code())
    {
        Closed = decision.Approved,
    };
}
