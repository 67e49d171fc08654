using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Where a request is, who has it, what happens next and by when; the same page is its receipt.</summary>
internal sealed class TrackerPages(DraftAnswers drafts, AnswerSheets sheets, RequestTimeline timeline, RequestMoves moves, DeadlineLedger ledger, InboxOf inbox, ReturnedViews returned)
{
    private static readonly string[] Way = ["made", "checked", "reviewed", "confirmed", "decided"];

    public async Task<TrackerView> OfAsync(Viewer viewer, Frame frame, LoadedRequest request, CancellationToken ct)
    {
        var entries = await timeline.OfAsync(viewer, request, ct);
        var form = drafts.Check(request, frame.Now);
        var back = await returned.OfAsync(viewer, request, ct);
        var isOpen = !request.Status.IsFinal();
        return new TrackerView(Heads.Of(request, viewer), await StandsAsync(viewer, frame, request, entries, ct), TimelineViews.Of(viewer, request, entries))
        {
            Answers = sheets.Of(request, form, request.CurrentAnswers, frame.Language),
            Files = FileViews.Of(request),
            WithdrawHref = RequestAccess.WhyNotWithdraw(viewer, request) is null ? $"/requests/{request.Id}/withdrawal" : null,
            Continue = await ContinueAsync(viewer, request, ct),
            Returned = back.View,
            Deadline = isOpen && !viewer.IsClearingHouse && request.SubmittedAt is null ? DeadlineViews.Of(request, moves.PlanOf(request, frame.Now), frame.Now, forMaker: RequestAccess.WhyNotEdit(viewer, request) is null) : null,
        };
    }

    private async Task<WhereItStands> StandsAsync(Viewer viewer, Frame frame, LoadedRequest request, IReadOnlyList<Workflows.Requests.TimelineEntry> entries, CancellationToken ct)
    {
        var armed = request.IsDraft ? [] : await ledger.OfAsync(request.Id, ct);
        var next = armed.Where(d => d.State == DeadlineState.Armed && d.Kind is not DeadlineKind.Reminder && d.DueAt > frame.Now).Select(d => (DateTimeOffset?)d.DueAt).Min();
        var since = entries.Count > 0 ? entries[0].At : request.UpdatedAt;
        return new WhereItStands(With(viewer, request), since, Words.Text("next." + request.Status.Code()), next is { } by && !request.Status.IsFinal() ? new Moment(by) : null) { Stages = Stages(request) };
    }

    private static LocalText? With(Viewer viewer, LoadedRequest request) => request.Status switch
    {
        RequestStatus.Draft or RequestStatus.ReturnedByChecker or RequestStatus.ReturnedByHkex => Words.Text(viewer.IsClearingHouse ? "role.their-makers" : "role.your-makers"),
        RequestStatus.PendingChecker => Words.Text(viewer.IsClearingHouse ? "role.their-checkers" : "role.your-checkers"),
        RequestStatus.Submitted or RequestStatus.Processing => Words.Text("role.reviewers"),
        RequestStatus.PendingHkexApproval => Words.Text("role.approvers"),
        RequestStatus.Approved or RequestStatus.PartiallyApproved when request.Waiting.Any() => Words.Text("role.system"),
        _ => null,
    };

    private static List<StageView> Stages(LoadedRequest request)
    {
        var here = request.Status switch
        {
            RequestStatus.Draft or RequestStatus.ReturnedByChecker or RequestStatus.ReturnedByHkex => 0,
            RequestStatus.PendingChecker => 1,
            RequestStatus.Submitted or RequestStatus.Processing => 2,
            RequestStatus.PendingHkexApproval => 3,
            RequestStatus.Approved or RequestStatus.PartiallyApproved or RequestStatus.Completed or RequestStatus.RejectedByHkex => Way.Length,
            _ => -1,
        };
        return here < 0 ? [] : [.. Way.Select((w, i) => new StageView(Words.Text("stage." + w), i < here ? "done" : i == here ? "here" : "next"))];
    }

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
