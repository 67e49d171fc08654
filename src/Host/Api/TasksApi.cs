using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/inbox</c> and <c>/api/tasks</c>: what waits, and deciding it.</summary>
internal static class TasksApi
{
    public static void MapTasks(this RouteGroupBuilder api)
    {
        api.MapGet("/inbox", List).Needs(Permission.ViewInbox).CutsTheInbox().WithSummary("Open tasks that you see, least time left first.").Produces<ListModel<InboxTaskModel>>();
        api.MapGet("/tasks/{id}", Read).Needs(Permission.ViewRequests).AnswersVersion().WithSummary("What is to be decided, with the contentHash that the decision must carry.").Produces<TaskModel>();
        api.MapPost("/tasks/{id}/claim", Claim).Needs(Permission.DecideTasks).IsClick().WithSummary("Takes the task on. Repeating it is harmless.").Produces<ReceiptModel>();
        api.MapDelete("/tasks/{id}/claim", Release).Needs(Permission.ViewInbox).IsClick().WithSummary("Gives the task back.").Produces<ReceiptModel>();
        api.MapPut("/tasks/{id}/claim", Reassign).Needs(Permission.Reassign).IsClick().Takes<AssignmentModel>().WithSummary("A supervisor gives the task to somebody: {to: e-mail}.").Produces<ReceiptModel>();
        api.MapPost("/tasks/{id}/decision", Decide).Needs(Permission.DecideTasks).IsClick().Takes<DecisionModel>()
            .WithSummary("Decides: {outcome: approve|return|reject, reason, lines?: [{line, outcome, reason?, decision: {…what is granted…}}], remarks?: [{path, text}], closedDays?: [days of the task's closedDays that are approved all the same], contentHash}. Lines left out of a reviewer's approve are approved as asked. A milestone is reported, and a counterparty answers, by {outcome: done, milestone?: {…}, lines?: [{line, milestone: {…}}], contentHash}.").Produces<ReceiptModel>();
    }

    /// <summary>One row of the inbox.</summary>
    /// <param name="Step"><c>check</c>, <c>correction</c>, <c>review</c>, <c>approval</c>, <c>milestone</c>, <c>followUp</c> or <c>answer</c>.</param>
    /// <param name="Status">Of the request; null where it is another participant's, who asks you for an answer.</param>
    /// <param name="WhyNot">Code of what keeps you from deciding it; null where you may.</param>
    /// <param name="Item">What is followed up, as the value of its option; null for all other tasks.</param>
    public sealed record InboxTaskModel(string Id, string RequestId, string? Number, string EService, string Name, string ParticipantId, string Firm, string? Status, string Step, string Title, DateTimeOffset OpenedAt,
        string? DeadlineName, DateTimeOffset? Deadline, bool IsLate, bool IsEscalated, string? ClaimedBy, bool ClaimedByMe, string? WhyNot, string? WhyNotText, string? Item);

    /// <summary>A task and what is to be decided.</summary>
    /// <param name="Status">Of the request; null where it is another participant's, of which you read what you are asked about.</param>
    /// <param name="Lines">Each line as asked, with what is proposed or decided for it.</param>
    /// <param name="Proposal">The reviewer's, for the clearing house only; null before.</param>
    /// <param name="Register">What the clearing house holds about what is asked.</param>
    /// <param name="Grants">Fields that a reviewer grants per line, with the reasons for a rejection.</param>
    /// <param name="Milestone">What is reported where the task waits for a milestone, or answered; null elsewhere.</param>
    /// <param name="Played">What you did in this request, where that is why you can't decide.</param>
    /// <param name="Able">Names of those who can decide it, whoever has it now.</param>
    /// <param name="ClosedDays">Days that an <c>approve</c> must name in its own <c>closedDays</c>, for the market is closed on them; empty for most.</param>
    public sealed record TaskModel(string Id, string RequestId, string? Number, string EService, string? Status, string Step, string Title, DateTimeOffset? Deadline, bool IsOpen, string? ClaimedBy, bool ClaimedByMe, string ContentHash,
        JsonObject Answers, JsonArray Lines, JsonObject? Proposal, IReadOnlyList<RegisterEntryModel> Register, IReadOnlyList<FileModel> Files, IReadOnlyList<GrantModel> Grants, IReadOnlyList<ReasonModel> Reasons, MilestoneModel? Milestone, string? WhyNot, string? WhyNotText,
        IReadOnlyList<PlayedModel> Played, IReadOnlyList<string> Able, IReadOnlyList<ClosedDayModel> ClosedDays);

    /// <summary>A day that approving would approve, and on which the calendar has closed the market since.</summary>
    /// <param name="Path">Of the answer: <c>buyInDate</c>, <c>lines[0].expectedDeliveryDate</c>.</param>
    /// <param name="Line">From 1; null outside of lines.</param>
    public sealed record ClosedDayModel(string Path, string Label, int? Line, string Day, string Why);

    /// <summary>An entry of the register.</summary>
    /// <param name="Membership">Whose it is; null where it is nobody's.</param>
    public sealed record RegisterEntryModel(string Kind, string Key, string? Membership, JsonObject Values);

    /// <summary>A part that you have played in the request, and why you can't play another.</summary>
    /// <param name="Part"><c>edit</c>, <c>check</c>, <c>review</c> or <c>approve</c>.</param>
    /// <param name="Round">1 at first, one more after each return.</param>
    public sealed record PlayedModel(string Part, DateTimeOffset At, int Round);

    /// <summary>What is reported of a milestone.</summary>
    /// <param name="Fields">Said once.</param>
    /// <param name="Line">Said of each approved line.</param>
    public sealed record MilestoneModel(string Name, string Title, IReadOnlyList<GrantModel> Fields, IReadOnlyList<GrantModel> Line);

    /// <summary>One thing that is granted per approved line, or reported.</summary>
    public sealed record GrantModel(string Name, string Type, string Label);

    /// <summary>A listed reason for rejecting a line; other words are taken as well.</summary>
    public sealed record ReasonModel(string Value, string Label);

    /// <summary>The body of a decision.</summary>
    /// <param name="Milestone">What is reported once where the task waits for a milestone (outcome <c>done</c>).</param>
    /// <param name="ClosedDays">Days that are approved although the market is closed on them, as <c>2026-11-24</c>.</param>
    public sealed record DecisionModel(string Outcome, string? Reason, IReadOnlyList<LineModel>? Lines, IReadOnlyList<RemarkModel>? Remarks, string ContentHash, JsonObject? Milestone, IReadOnlyList<string>? ClosedDays);

    /// <summary>What a reviewer decides about one line. What is granted may stand beside the outcome as well, by the names of the form.</summary>
    /// <param name="Line">From 1.</param>
    /// <param name="Decision">What is granted where the line is approved.</param>
    /// <param name="Milestone">What is reported of the line where the task waits for a milestone.</param>
    [TakesFormFields]
    public sealed record LineModel(int? Line, string? Outcome, string? Reason, string? Remarks, JsonObject? Decision, JsonObject? Milestone);

    /// <summary>What is to be corrected.</summary>
    /// <param name="Path">Of the field; empty for the whole request.</param>
    public sealed record RemarkModel(string? Path, string? Text);

    /// <summary>The body of an assignment.</summary>
    public sealed record AssignmentModel(string To);

    private static async Task<IResult> List(HttpContext http, InboxOf inbox, string? request, string? step, bool? mine, bool? unclaimed, int? page, int? pageSize, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var filter = InboxFilter.From(name => http.Request.Query[name]);
        if (step is not null && filter.Kind is null) return Problems.Of(new AnswersAreIncomplete([new FieldFault("step", "not-an-option")]), viewer.Language);
        if (request is not null && RequestId.From(request) is null) return Results.Json(new ListModel<InboxTaskModel>([], 0, 1, 25));
        var found = await inbox.HandleAsync(viewer, filter with
        {
            Request = RequestId.From(request),
            MineOnly = filter.MineOnly || mine == true,
            UnclaimedOnly = filter.UnclaimedOnly || unclaimed == true,
            Page = page ?? 1,
            PageSize = pageSize ?? 25,
        }, ct);
        return Results.Json(new ListModel<InboxTaskModel>([.. found.Items.Select(t => Row(t, viewer))], found.Total, found.Number, found.Size));
    }

    private static InboxTaskModel Row(InboxTask t, Viewer viewer) => new(
        t.Id.ToString(), t.Request.ToString(), t.Number, t.EService, t.Name.In(viewer.Language), t.ParticipantId, t.FirmName, IsOthers(t, viewer) ? null : t.Status.Code(), Code(t.Kind), t.Title, t.OpenedAt.ToHongKong(),
        t.Deadline, t.DueAt?.ToHongKong(), t.IsLate && !IsOthers(t, viewer), t.IsEscalated, viewer.IsClearingHouse ? t.ClaimedByName : null, t.ClaimedBy == viewer.User, t.WhyNot?.Code, t.WhyNot is { } no ? Words.Of(no, viewer.Language) : null, t.Item);

    private static bool IsOthers(InboxTask task, Viewer viewer) => task.Kind == TaskKind.Answer && !viewer.IsClearingHouse;

    private static async Task<IResult> Read(HttpContext http, ReadTask read, ExplainTask explain, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (TaskId.From(id) is not { } key) return Problems.Of(new NothingHere(), viewer.Language);
        var result = await read.HandleAsync(viewer, key, ct);
        if (!result.IsRefused) http.Response.Headers.ETag = $"\"{result.Value.Request.Version}\"";
        return result.IsRefused ? Problems.Of(result.Refusal, viewer.Language) : Results.Json(Model(result.Value, await explain.HandleAsync(viewer, result.Value, ct), viewer));
    }

    private static TaskModel Model(TaskContent content, TaskExplanation explanation, Viewer viewer)
    {
        var (task, request) = (content.Task, content.Request);
        var decision = request.Bundle.Form.Decision;
        return new TaskModel(
            task.Id.ToString(), request.Id.ToString(), request.Number, request.EService, content.IsOutside ? null : request.Status.Code(), Code(task.Kind), task.Title, task.DueAt?.ToHongKong(), task.IsOpen,
            task.ClaimedBy is null || !viewer.IsClearingHouse ? null : task.ClaimedBy.ToString(), task.ClaimedBy == viewer.User, content.ContentHash, request.CurrentAnswers,
            (JsonArray)RequestFacts.Lines(request)["items"]!.DeepClone(), viewer.IsClearingHouse ? request.Proposal : null, viewer.IsClearingHouse ? [.. request.Register.Select(e => new RegisterEntryModel(e.Kind, e.Key, e.Membership?.Value, e.Values))] : [], RequestModel.FilesOf(request),
            decision is null || !viewer.IsClearingHouse ? [] : Grants(decision.Fields, viewer),
            decision is null || !viewer.IsClearingHouse ? [] : [.. decision.Reasons.Select(r => new ReasonModel(r.Value, r.Label.In(viewer.Language)))],
            (viewer.IsClearingHouse || content.IsOutside) && MilestoneReports.FormOf(request, task.Step) is { } milestone ? new MilestoneModel(milestone.Name, milestone.Title.In(viewer.Language), Grants(milestone.Fields, viewer), Grants(milestone.Lines, viewer)) : null,
            content.WhyNot?.Code, content.WhyNot is { } no ? Words.Of(no, viewer.Language) : null,
            [.. explanation.Played.Select(p => new PlayedModel(p.Part.ToString().ToLowerInvariant(), p.At.ToHongKong(), p.Round))], [.. explanation.Able.Select(p => p.Name)],
            viewer.IsClearingHouse ? [.. content.Closed.Select(c => new ClosedDayModel(c.Path, c.Label.In(viewer.Language), c.Line, c.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), ClosedDayViews.Why(c).In(viewer.Language)))] : []);
    }

    private static IReadOnlyList<GrantModel> Grants(IReadOnlyList<FormField> fields, Viewer viewer) =>
        [.. fields.Where(f => !f.Hidden).Select(f => new GrantModel(f.Name, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(f.Type.ToString()), f.Label.In(viewer.Language)))];

    private static async Task<IResult> Claim(HttpContext http, ClaimTask claim, string id, CancellationToken ct)
    {
        if (TaskId.From(id) is not { } key) return Problems.Of(new NothingHere());
        var (operation, problem) = await ApiCalls.OperationAsync(http, ct);
        return problem ?? ApiCalls.Answer(http, await claim.HandleAsync(http.GetViewer(), key, ApiCalls.Seen(http), operation, ct));
    }

    private static async Task<IResult> Release(HttpContext http, ReleaseTask release, string id, CancellationToken ct)
    {
        if (TaskId.From(id) is not { } key) return Problems.Of(new NothingHere());
        var (operation, problem) = await ApiCalls.OperationAsync(http, ct);
        return problem ?? ApiCalls.Answer(http, await release.HandleAsync(http.GetViewer(), key, ApiCalls.Seen(http), operation, ct));
    }

    private static async Task<IResult> Reassign(HttpContext http, ReassignTask reassign, string id, CancellationToken ct)
    {
        var (body, problem) = await JsonBody.ReadAsync<AssignmentModel>(http, ct);
        if (body is null) return problem!;
        if (TaskId.From(id) is not { } key) return Problems.Of(new NothingHere());
        var (operation, unusable) = ApiCalls.Operation(http, body);
        return unusable ?? ApiCalls.Answer(http, await reassign.HandleAsync(http.GetViewer(), key, body.Text("to")!, ApiCalls.Seen(http), operation, ct));
    }

    private static async Task<IResult> Decide(HttpContext http, DecideTask decide, string id, CancellationToken ct)
    {
        if (TaskId.From(id) is not { } key) return Problems.Of(new NothingHere());
        var (body, problem) = await JsonBody.ReadAsync<DecisionModel>(http, ct);
        if (body is null) return problem!;
        var (operation, unusable) = ApiCalls.Operation(http, body);
        if (unusable is not null) return unusable;
        var read = DecisionBody.Read(body);
        return read.IsRefused ? Problems.Of(read.Refusal, http.GetViewer().Language) : ApiCalls.Answer(http, await decide.HandleAsync(http.GetViewer(), key, read.Value with { Seen = ApiCalls.Seen(http) }, operation, ct));
    }

    private static string Code(TaskKind kind) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
