using ClientConnect.Host.Portal.Designer;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Register;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Where a request is, who has it, what happens next and by when; the same page is its receipt.</summary>
internal sealed class TrackerPages(DraftAnswers drafts, AnswerSheets sheets, RequestTimeline timeline, RequestMoves moves, DeadlineLedger ledger, InboxOf inbox, ReturnedViews returned, RegisterSearch register, RegisterWords words)
{
    private static readonly string[] Way = ["made", "checked", "reviewed", "confirmed", "decided"];

    public async Task<TrackerView> OfAsync(Viewer viewer, Frame frame, LoadedRequest request, CancellationToken ct)
    {
        var entries = await timeline.OfAsync(viewer, request, ct);
        var form = drafts.Check(request, frame.Now);
        var back = await returned.OfAsync(viewer, request, ct);
        var mayEdit = RequestAccess.WhyNotEdit(viewer, request) is null;
        var plan = moves.ShownPlanOf(request, frame.Now);
        var armed = request.IsDraft ? [] : await ledger.OfAsync(request.Id, ct);
        return new TrackerView(Heads.Of(request, viewer), Stands(viewer, frame, request, entries, armed, plan), TimelineViews.Of(viewer, request, entries))
        {
            Answers = sheets.Of(request, form, request.CurrentAnswers, frame.Language),
            Files = FileViews.Of(request),
            Milestones = MilestoneViews.Of(request, frame.Language),
            FollowUps = MilestoneViews.FollowUpsOf(request, frame.Language),
            WithdrawHref = RequestAccess.WhyNotWithdraw(viewer, request) is null ? $"/requests/{request.Id}/withdrawal" : null,
            Continue = await ContinueAsync(viewer, request, ct),
            Returned = back.View,
            Deadline = mayEdit && request.SubmittedAt is null ? DeadlineViews.Of(request, plan, frame.Now, forMaker: true) : null,
            Received = Received(entries),
            Deadlines = request.IsDraft ? [] : DeadlineViews.Rows(request, plan, armed, frame.Now),
            FlowHref = RequestAccess.MayFollow(viewer, request.SubmittedAt, request.IsDraft) ? $"{StudioFiles.Address}/requests/{request.Id}" : null,
            EnrolmentsHref = viewer.IsClearingHouse || request.IsDraft || !request.Facts.ContainsKey("places") ? null : "/enrolments",
            InRegister = request.Status is RequestStatus.Approved or RequestStatus.PartiallyApproved or RequestStatus.Completed || Outcomes.Standing(request).Count > 0 ? await InRegisterAsync(viewer, request, frame.Now, ct) : [],
            ReceiptHref = request.IsDraft ? null : $"/requests/{request.Id}/receipt.pdf",
        };
    }

    private async Task<IReadOnlyList<BroughtRow>> InRegisterAsync(Viewer viewer, LoadedRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var named = Memberships.Read(request.Facts.GetValueOrDefault("memberships"));
        return [.. (await register.OfRequestAsync(viewer, request.Id, ct)).Select(e => new BroughtRow(
            words.Kind(request.Bundle, e.Entry.Kind), e.Entry.Key, named.FirstOrDefault(m => m.Id == e.Entry.Membership) is { } whose ? Memberships.Name(whose) : null, RegisterPages.HrefOf(e.Entry), e.StateAt(now)))];
    }

    // The latest first: what the clearing house has, else what waits for the firm's checker.
    private static ReceivedView? Received(IReadOnlyList<Workflows.Requests.TimelineEntry> entries)
    {
        var sent = entries.FirstOrDefault(e => e is { What: "check.approve", ContentHash: not null }) ?? entries.FirstOrDefault(e => e is { What: not "check.agreed", ContentHash: not null });
        return sent is null ? null : new ReceivedView(Words.Text(sent.What == "check.approve" ? "tracker.received" : "tracker.received-by-checker"), sent.At, sent.ContentHash!);
    }

    private static WhereItStands Stands(Viewer viewer, Frame frame, LoadedRequest request, IReadOnlyList<Workflows.Requests.TimelineEntry> entries, IReadOnlyList<LedgerEntry> armed, DeadlinePlan plan)
    {
        var next = request.Status.IsFinal() ? null : armed.Where(d => d.State == DeadlineState.Armed && d.Kind is not (DeadlineKind.Reminder or DeadlineKind.Escalation) && d.DueAt > frame.Now).MinBy(d => d.DueAt);
        var since = entries.FirstOrDefault(e => e.Deadline is null || request.Status.IsFinal())?.At ?? request.UpdatedAt;
        return new WhereItStands(With(viewer, request), since, Next(viewer, request), next is null ? null : new Moment(next.DueAt))
        {
            NextDue = next is not null && plan[next.Name] is { } planned && planned.DueAt <= frame.Now ? Words.Text("deadline.late-until")
                : request.Bundle.Service.Deadlines.FirstOrDefault(d => d.Name == next?.Name)?.Label,
            Stages = Stages(viewer, request),
        };
    }

    // The milestone that the clearing house works on now, or that a counterparty is asked for; null where nothing is.
    private static MilestoneForm? Milestone(LoadedRequest request) =>
        request.IsDraft ? null : request.Waiting.Select(w => MilestoneReports.FormOf(request, w.Step.Id)).FirstOrDefault(m => m is not null);

    private static bool IsInLine(LoadedRequest request) => !request.IsDraft && request.Waiting.Any(w => w.Step.Type == "ClientConnect.AwaitPlaces");

    // One of several checkers has agreed, and it is with the firm still.
    private static bool WantsAnotherChecker(LoadedRequest request) => request.Status == RequestStatus.PendingChecker
        && request.Waiting.Any(w => request.Parts.Agreed.Any(a => a.Step == w.Step.Id && a.Visit == w.Visit));

    private static bool IsFollowedUp(LoadedRequest request) => request.Status == RequestStatus.Completed && HasFollowUps(request);

    // Work beside the request that somebody of the clearing house has still to do.
    private static bool HasFollowUps(LoadedRequest request) => FollowUps.Of(request).Any(f => f.Outcome is null);

    private static bool HasLinesInEffect(LoadedRequest request) => Outcomes.InEffect(request).Any(d => d.Outcome == LineOutcomes.Approve);

    // Approved lines that waited for the others.
    private static bool HasLostAll(LoadedRequest request) => request.Status.IsFinal() && Outcomes.Standing(request).Count > Outcomes.InEffect(request).Count;

    // What had not taken effect yet is gone with the rest.
    private static bool HasLostItsRest(LoadedRequest request) => request.Status.IsFinal() && Outcomes.InEffect(request).Count > 0;

    private static LocalText Next(Viewer viewer, LoadedRequest request) => IsFollowedUp(request) ? Words.Text("next.followed-up") : request.CameBackInPart ? Words.Text(HasLinesInEffect(request) ? "next.lines-returned" : "next.lines-wait") : HasLostItsRest(request) ? Words.Text("next.rest-ended") : HasLostAll(request) ? Words.Text("next.all-ended") : WantsAnotherChecker(request) ? Words.Text("next.another-checker") : IsInLine(request) ? Words.Text("next.waiting-list") : Milestone(request) is { } milestone
        ? PortalCalls.Texts(l => Words.Of(milestone.IsAnswer ? "next.answer" : "next.milestone", l, ("milestone", milestone.Title.In(l))))
        : Words.Text(Words.KeyFor("next." + request.Status.Code(), viewer.IsClearingHouse));

    private static LocalText? With(Viewer viewer, LoadedRequest request) => request.Status switch
    {
        _ when request.CameBackInPart => Words.Text(viewer.IsClearingHouse ? "role.their-makers" : "role.your-makers"),
        _ when Milestone(request) is { IsAnswer: true } => Words.Text("role.counterparty"),
        RequestStatus.Draft or RequestStatus.ReturnedByChecker or RequestStatus.ReturnedByHkex => Words.Text(viewer.IsClearingHouse ? "role.their-makers" : "role.your-makers"),
        RequestStatus.PendingChecker => Words.Text(viewer.IsClearingHouse ? "role.their-checkers" : "role.your-checkers"),
        RequestStatus.Submitted when IsInLine(request) => Words.Text("role.nobody-acts"),
        RequestStatus.Submitted or RequestStatus.Processing => Words.Text("role.reviewers"),
        RequestStatus.PendingHkexApproval => Words.Text("role.approvers"),
        RequestStatus.Approved or RequestStatus.PartiallyApproved when Milestone(request) is not null || HasFollowUps(request) => Words.Text("role.reviewers"),
        RequestStatus.Completed when HasFollowUps(request) => Words.Text("role.reviewers"),
        RequestStatus.Approved or RequestStatus.PartiallyApproved when request.Waiting.Any() => Words.Text("role.nobody-acts"),
        _ => null,
    };

    private static List<StageView> Stages(Viewer viewer, LoadedRequest request)
    {
        var here = request.Status switch
        {
            _ when request.CameBackInPart => 0,
            RequestStatus.Draft or RequestStatus.ReturnedByChecker or RequestStatus.ReturnedByHkex => 0,
            RequestStatus.PendingChecker => 1,
            RequestStatus.Submitted or RequestStatus.Processing => 2,
            RequestStatus.PendingHkexApproval => 3,
            RequestStatus.Approved or RequestStatus.PartiallyApproved or RequestStatus.Completed or RequestStatus.RejectedByHkex => Way.Length,
            _ => -1,
        };
        var own = OwnName(viewer, request);
        // Where the clearing house has no say, its stages are none.
        return here < 0 || request.Bundle.Service.Parts is { Review: 0, Approval: 0 } ? [] : [.. Way.Index().Where(w => w.Index == here || IsOnTheWay(request, w.Item))
            .Select(w => new StageView(w.Index == here && own is not null ? own : Words.Text("stage." + w.Item), w.Index < here ? "done" : w.Index == here ? "here" : "next"))];
    }

    // A stage that nobody owes, and that the request did not or will not pass, is none.
    private static bool IsOnTheWay(LoadedRequest request, string stage) => stage switch
    {
        "checked" => request.Bundle.Service.Parts.Check > 0 || request.SubmittedAt is null || request.Parts.Check.Count > 0,
        "confirmed" => request.Bundle.Service.Parts.Approval > 0 || request.Parts.Approve.Count > 0,
        _ => true,
    };

    // The clearing house's people read the step that waits as its inbox calls it; what a house calls its own steps is not a firm's business.
    private static LocalText? OwnName(Viewer viewer, LoadedRequest request) =>
        viewer.IsClearingHouse && request.Waiting.Select(w => (w.Step.Title, Kind: KindOf(w.Step.Type))).FirstOrDefault(w => w.Kind is not null) is { Kind: { } kind } at ? TaskRows.Title(at.Title, kind) : null;

    private static TaskKind? KindOf(string type) => type switch { "ClientConnect.ClearingHouseReview" => TaskKind.Review, "ClientConnect.ClearingHouseApproval" => TaskKind.Approval, _ => null };

    private async Task<(string Href, LocalText Words)?> ContinueAsync(Viewer viewer, LoadedRequest request, CancellationToken ct)
    {
        if (RequestAccess.WhyNotEdit(viewer, request) is null)
        {
            return ($"/requests/{request.Id}/form", Words.Text(request.IsDraft ? "tracker.continue-draft" : "tracker.correct"));
        }

        var tasks = await inbox.HandleAsync(viewer, new InboxFilter(request.Id), ct);
        return tasks.Items.FirstOrDefault(t => t.WhyNot is null && t.Kind is not TaskKind.Correction) is { } mine ? ($"/tasks/{mine.Id}", Words.Text("tracker.open-task")) : null;
    }
}
