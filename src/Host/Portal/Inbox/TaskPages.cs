using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>Makes the page of a task: one sheet for checker, reviewer and approver, and below each line what is decided about it.</summary>
internal sealed class TaskPages(DraftAnswers drafts, AnswerSheets sheets, DecisionForms decisions, RequestTimeline timeline, RequestMoves moves, FirmDirectory people, Notes notes)
{
    public async Task<TaskView> OfAsync(Viewer viewer, Frame frame, TaskContent content, PostedDecision? posted, IReadOnlyList<FieldFault> faults, CancellationToken ct)
    {
        var (task, request) = (content.Task, content.Request);
        var entries = await timeline.OfAsync(viewer, request, ct);
        var form = drafts.Check(request, frame.Now);
        var decides = MayDecide(viewer, content);
        var answers = sheets.Of(request, form, request.CurrentAnswers, frame.Language, viewer.IsClearingHouse, await timeline.ReturnedAnswersAsync(viewer, request, ct)) with
        {
            RemarksForm = decides && task.Kind is not TaskKind.Approval ? "decision" : null,
            RemarkTexts = posted?.Remarks ?? new Dictionary<string, string>(),
        };
        var proposed = entries.FirstOrDefault(e => e.What is "review.approve" or "review.reject");
        return new TaskView(task.Id.ToString(), TaskRows.Title(task.Title, task.Kind), Heads.Of(request, viewer), content.ContentHash, answers)
        {
            Deadline = task.Deadline is { } name ? DeadlineViews.Of(request.Bundle, moves.PlanOf(request, frame.Now), name, frame.Now, forMaker: false) : null,
            Due = task.DueAt is { } due ? new Moment(due) : null,
            Claim = await ClaimAsync(viewer, content, ct),
            Decision = decides ? decisions.Of(content, posted, faults, frame) : null,
            Proposal = viewer.IsClearingHouse && proposed is not null ? decisions.Proposal(request, TimelineViews.By(proposed.By, viewer), proposed.At, frame) : null,
            Notes = viewer.IsClearingHouse ? new NotesView([.. (await notes.OfAsync(viewer, request.Id, ct)).Select(n => new NoteView(n.By, n.At, n.Text))], !viewer.Is(Role.Auditor)) : null,
            Timeline = TimelineViews.Of(viewer, request, entries),
            Files = FileViews.Of(request),
        };
    }

    // The clearing house's work is claimed first, so that no two people do it at once.
    private static bool MayDecide(Viewer viewer, TaskContent content) =>
        content.WhyNot is null && content.Task.Kind is TaskKind.Check or TaskKind.Review or TaskKind.Approval
        && (!TaskRules.IsClearingHouse(content.Task.Kind) || content.Task.ClaimedBy == viewer.User);

    private async Task<ClaimView> ClaimAsync(Viewer viewer, TaskContent content, CancellationToken ct)
    {
        var task = content.Task;
        var isHouse = TaskRules.IsClearingHouse(task.Kind);
        var claimer = task.ClaimedBy is { } user ? (await people.PeopleAsync(viewer, [user], ct)).GetValueOrDefault(user) : null;
        return new ClaimView(
            claimer is null ? null : claimer.Name ?? claimer.FirmName.In(viewer.Language),
            task.ClaimedBy == viewer.User,
            isHouse && content.WhyNot is null && task.ClaimedBy is null,
            task.IsOpen && isHouse && task.ClaimedBy is not null && (task.ClaimedBy == viewer.User || viewer.Is(Role.Supervisor)))
        {
            At = task.ClaimedAt is { } at ? new Moment(at) : null,
            WhyNotMe = content.WhyNot is { } no ? [PortalCalls.WordsOf(no)] : [],
            WhoMay = content.WhyNot is null || !task.IsOpen ? null : Words.Text(task.Kind switch
            {
                TaskKind.Check => "role.your-checkers",
                TaskKind.Correction => "role.your-makers",
                TaskKind.Review => "role.reviewers",
                _ => "role.approvers",
            }),
            IsClaimed = isHouse,
        };
    }
}
