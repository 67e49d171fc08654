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
internal sealed class TaskPages(DraftAnswers drafts, AnswerSheets sheets, DecisionForms decisions, RequestTimeline timeline, RequestMoves moves, FirmDirectory people, Notes notes, MessageBoxes messages, ExplainTask explain, InboxSeries places, KeysInUse inUse)
{
    private const int MostNamed = 5;

    /// <param name="series">The view that is worked through; null where the task was not opened from one.</param>
    /// <param name="posted">What was typed, where it could not be recorded.</param>
    public async Task<TaskView> OfAsync(Viewer viewer, Frame frame, TaskContent content, Series? series, PostedDecision? posted, IReadOnlyList<FieldFault> faults, CancellationToken ct)
    {
        var (task, request) = (content.Task, content.Request);
        if (content.IsOutside) return await OutsideAsync(viewer, frame, content, posted, faults, ct);
        var entries = await timeline.OfAsync(viewer, request, ct);
        var form = drafts.Check(request, frame.Now);
        var decides = MayDecide(viewer, content);
        var answers = sheets.Of(request, form, request.CurrentAnswers, frame.Language, viewer.IsClearingHouse, await timeline.ReturnedAnswersAsync(viewer, request, ct)) with
        {
            RemarksForm = decides && task.Kind is TaskKind.Check or TaskKind.Review ? "decision" : null,
            RemarkTexts = posted?.Remarks ?? new Dictionary<string, string>(),
        };
        var explanation = await explain.HandleAsync(viewer, content, ct);
        var proposed = entries.FirstOrDefault(e => e.What is "review.approve" or "review.reject");
        return new TaskView(task.Id.ToString(), TaskRows.Title(task.Title, task.Kind), Heads.Of(request, viewer), content.ContentHash, answers)
        {
            Deadline = task.Deadline is { } name && DeadlineViews.Of(request.Bundle, moves.ShownPlanOf(request, frame.Now), name, frame.Now, forMaker: false) is { } deadline ? deadline with { OnlyWarns = TaskRules.IsClearingHouse(task.Kind) } : null,
            Due = task.DueAt is { } due ? new Moment(due) : null,
            Series = series is null ? null : await PlaceAsync(viewer, task.Id, series, ct),
            Claim = await ClaimAsync(viewer, content, explanation, ct),
            Assignable = viewer.Is(Role.Supervisor) && TaskRules.IsClearingHouse(task.Kind) ? [.. explanation.Able.Where(p => p.User != task.ClaimedBy).Select(p => (p.Email, p.Name))] : [],
            Decision = decides ? decisions.Of(content, posted, faults, frame, await inUse.OfAsync(viewer, content, ct)) : null,
            Proposal = viewer.IsClearingHouse && proposed is not null ? decisions.Proposal(request, TimelineViews.By(proposed.By, viewer), proposed.At, frame) : null,
            Notes = viewer.IsClearingHouse ? new NotesView([.. (await notes.OfAsync(viewer, request.Id, ct)).Select(n => new NoteView(n.By, n.At, n.Text))], !viewer.Is(Role.Auditor)) : null,
            Messages = await messages.OfAsync(viewer, request, $"/tasks/{task.Id}", ct),
            Timeline = TimelineViews.Of(viewer, request, entries),
            Files = FileViews.Of(request),
            Milestones = MilestoneViews.Of(request, frame.Language),
            FollowUps = MilestoneViews.FollowUpsOf(request, frame.Language),
        };
    }

    // A counterparty reads what it is shown, and answers; there is no request, record or file for it.
    private async Task<TaskView> OutsideAsync(Viewer viewer, Frame frame, TaskContent content, PostedDecision? posted, IReadOnlyList<FieldFault> faults, CancellationToken ct)
    {
        var (task, request) = (content.Task, content.Request);
        var explanation = await explain.HandleAsync(viewer, content, ct);
        return new TaskView(task.Id.ToString(), TaskRows.Title(task.Title, task.Kind), Heads.Of(content, viewer), content.ContentHash, sheets.Shown(request, request.Answers, frame.Language))
        {
            IsOverForOthers = !task.IsOpen,
            Due = task.IsOpen && task.DueAt is { } due ? new Moment(due) : null,
            Claim = await ClaimAsync(viewer, content, explanation, ct),
            Decision = MayDecide(viewer, content) ? decisions.Of(content, posted, faults, frame, await inUse.OfAsync(viewer, content, ct)) : null,
        };
    }

    // The clearing house's work is claimed first, so that no two people do it at once.
    private static bool MayDecide(Viewer viewer, TaskContent content) =>
        content.WhyNot is null && content.Task.Kind != TaskKind.Correction
        && (!TaskRules.IsClearingHouse(content.Task.Kind) || content.Task.ClaimedBy == viewer.User);

    private async Task<SeriesView> PlaceAsync(Viewer viewer, TaskId task, Series series, CancellationToken ct)
    {
        var place = await places.PlaceOfAsync(viewer, series.View, task, ct);
        string? Href(TaskId? id) => id is { } there ? series.TaskHref(there) : null;
        return new SeriesView(series.Text, series.Href, place.Number, place.Total, Href(place.Previous), Href(place.Next)) { ClaimsNext = series.ClaimsNext };
    }

    private async Task<ClaimView> ClaimAsync(Viewer viewer, TaskContent content, TaskExplanation explanation, CancellationToken ct)
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
            WhyNotMe = explanation.WhyNot is { } no ? [PortalCalls.WordsOf(no)] : [],
            Facts = [.. explanation.Played.Select(p => (Fact(p), (Moment)p.At))],
            WhoMay = !task.IsOpen || (content.WhyNot is null && isHouse && task.ClaimedBy is not null) ? null : Able(explanation.Able),
            IsClaimed = isHouse,
        };
    }

    private static LocalText Fact(PlayedPart played) =>
        PortalCalls.Texts(l => Words.Of($"played.{played.Part.ToString().ToLowerInvariant()}{(played.Round > 1 ? ".again" : "")}", l, ("round", played.Round.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    private static LocalText Able(IReadOnlyList<AblePerson> people) => people.Count == 0
        ? Words.Text("able.nobody")
        : PortalCalls.Texts(l =>
        {
            var names = string.Join(l == "en" ? ", " : "、", people.Take(MostNamed).Select(p => p.Name));
            var more = people.Count - MostNamed;
            return more > 0 ? Words.Of("able.more", l, ("names", names), ("n", more.ToString(System.Globalization.CultureInfo.InvariantCulture))) : names;
        });
}
