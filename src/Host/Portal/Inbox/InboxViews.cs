using ClientConnect.Host.Portal.Errors;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>The tasks that the viewer may see, the most urgent first.</summary>
/// <param name="Views">The views that everybody of the viewer's side has.</param>
public sealed record InboxView(FilterView Filter, IReadOnlyList<TabView> Views, IReadOnlyList<TaskRow> Rows, PageOfMany Page)
{
    /// <summary>The viewer's own views, then those of the viewer's teams.</summary>
    public IReadOnlyList<SavedViewTab> Saved { get; init; } = [];

    /// <summary>Null where the list is not cut: there is nothing to keep.</summary>
    public SaveViewForm? Save { get; init; }

    /// <summary>The view as it travels along: see <see cref="Series"/>.</summary>
    public string In { get; init; } = string.Empty;

    public bool MayClaimNext { get; init; }

    public IReadOnlyList<TabView> Sorts { get; init; } = [];
}

/// <summary>A saved view beside the inbox.</summary>
/// <param name="Team">Whose it is; null for the viewer's own.</param>
public sealed record SavedViewTab(string Id, TabView Tab, string? Team, bool MayRemove);

/// <summary>The form by which a view is kept.</summary>
/// <param name="Teams">Teams that it can be shared with.</param>
public sealed record SaveViewForm(TypedView Typed, IReadOnlyList<string> Teams);

/// <summary>What was typed to keep a view, and what is wrong with it.</summary>
public sealed record TypedView(string Name, string? Team, IReadOnlyList<FieldFault> Faults)
{
    public static readonly TypedView None = new(string.Empty, null, []);
}

/// <summary>One task in a list.</summary>
/// <param name="Id">The task's id.</param>
/// <param name="Title">The step's title: "Check the application".</param>
/// <param name="Due">When it stops being on time; null where nothing limits it.</param>
public sealed record TaskRow(string Id, LocalText Title, RequestHead Request, Moment? Due)
{
    /// <summary>Who has it; null while nobody does.</summary>
    public string? ClaimedBy { get; init; }

    public bool IsMine { get; init; }

    public bool MayClaim { get; init; }

    /// <summary>Messages of the other side that the viewer has not seen.</summary>
    public int NewMessages { get; init; }

    /// <summary>Why the viewer may not act on it, in facts; null where they may.</summary>
    public LocalText? WhyNotMe { get; init; }

    public Moment? Since { get; init; }

    /// <summary>Text key below <c>task.kind.</c>: what kind of work it is, in few words.</summary>
    public string Kind { get; init; } = "review";

    /// <summary>Supervisors were told of it.</summary>
    public bool IsEscalated { get; init; }

    /// <summary>The view that it is worked through in; null outside the inbox.</summary>
    public string? In { get; init; }

    public string Href => PortalCalls.Address("/tasks/" + Id, ("in", In));
}

/// <summary>One task: what was asked, what is proposed, and the decision.</summary>
/// <param name="ContentHash">Of all that the page shows; a decision on anything else is refused with the difference.</param>
public sealed record TaskView(string Id, LocalText Title, RequestHead Request, string ContentHash, AnswersView Answers)
{
    /// <summary>A counterparty's task that is over: nothing of the request is shown through it any more.</summary>
    public bool IsOverForOthers { get; init; }

    public DeadlineView? Deadline { get; init; }

    public Moment? Due { get; init; }

    /// <summary>Where it stands in the view that is worked through; null outside one.</summary>
    public SeriesView? Series { get; init; }

    /// <summary>What changed while the viewer looked, so that the decision was not recorded; empty otherwise.</summary>
    public IReadOnlyList<DifferenceRow> Changed { get; init; } = [];

    public bool IsStale { get; init; }

    /// <summary>Whom a supervisor could give it to; empty where the viewer may not.</summary>
    public IReadOnlyList<(string Email, string Name)> Assignable { get; init; } = [];

    public ClaimView Claim { get; init; } = new(null, false, false, false);

    /// <summary>Null where the viewer may only read.</summary>
    public DecisionForm? Decision { get; init; }

    /// <summary>What the reviewer proposed, line by line; empty before there is a proposal.</summary>
    public ProposalView? Proposal { get; init; }

    /// <summary>Null where the viewer is not of the clearing house.</summary>
    public NotesView? Notes { get; init; }

    /// <summary>Null where there is nobody to write to yet, and for a counterparty.</summary>
    public Requests.MessagesView? Messages { get; init; }

    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    public IReadOnlyList<FileView> Files { get; init; } = [];

    /// <summary>The same page with a message that could not be sent.</summary>
    public TaskView WithMessage(string typed, IReadOnlyList<FieldFault> faults) => this with { Messages = Messages is null ? null : Messages with { Text = typed, Faults = faults } };

    /// <summary>How far the work has got; empty where the eService has no milestones, and before anything is approved.</summary>
    public IReadOnlyList<Requests.MilestoneView> Milestones { get; init; } = [];

    /// <summary>What the clearing house does beside the request; empty where nothing was begun.</summary>
    public IReadOnlyList<Requests.MilestoneView> FollowUps { get; init; } = [];
}

/// <summary>Who has the task, and whether the viewer may.</summary>
public sealed record ClaimView(string? ClaimedBy, bool IsMine, bool MayClaim, bool MayRelease)
{
    public Moment? At { get; init; }

    /// <summary>False for work that nobody claims: a participant's own checks.</summary>
    public bool IsClaimed { get; init; } = true;

    /// <summary>Facts, not codes: "You edited line 3 at 10:14".</summary>
    public IReadOnlyList<LocalText> WhyNotMe { get; init; } = [];

    /// <summary>What the viewer did in this request, as facts with their time; empty where that is not why.</summary>
    public IReadOnlyList<(LocalText Words, Moment At)> Facts { get; init; } = [];

    /// <summary>Who can act on it now, as roles with how many: "2 reviewers of the settlement team".</summary>
    public LocalText? WhoMay { get; init; }
}

/// <summary>What the viewer decides with.</summary>
public sealed record DecisionForm(IReadOnlyList<DecisionChoice> Choices)
{
    /// <summary>One per open line; empty where the request is decided as a whole.</summary>
    public IReadOnlyList<LineDecision> Lines { get; init; } = [];

    /// <summary>Fields of the whole decision: the reason, its detail, a one-time code.</summary>
    public IReadOnlyList<FieldView> Fields { get; init; } = [];

    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    /// <summary>Outcomes that all lines can be set to at once, and the reasons for them; empty where there is one line or none.</summary>
    public IReadOnlyList<DecisionChoice> ForAllLines { get; init; } = [];

    public IReadOnlyList<OptionView> ReasonsForAll { get; init; } = [];

    /// <summary>What is done here: a decision, or an answer.</summary>
    public LocalText Title { get; init; } = Words.Text("decision.title");

    /// <summary>One sentence above the buttons that says what a decision does.</summary>
    public LocalText? Explains { get; init; }

    /// <summary>Days that approving would approve and on which the market is closed, each with why; empty for most.</summary>
    public IReadOnlyList<LocalText> Closed { get; init; } = [];

    /// <summary>By which those days are approved all the same; null where there are none.</summary>
    public FieldView? ClosedDays { get; init; }
}

/// <summary>A button of the decision.</summary>
/// <param name="Value">The port: <c>approve</c>, <c>return</c>, <c>reject</c>.</param>
public sealed record DecisionChoice(string Value, LocalText Label, LocalText? Hint = null);

/// <summary>What is decided about one line: outcome, then what is granted or why not.</summary>
/// <param name="Path">The line's path in the answers; its controls are <c>lines[0].outcome</c>, <c>lines[0].decision.quantity</c>.</param>
/// <param name="Grants">Fields of an approval.</param>
/// <param name="Refuses">Fields of a rejection or return: reason, detail.</param>
public sealed record LineDecision(string Path, string? Outcome, IReadOnlyList<FieldView> Grants, IReadOnlyList<FieldView> Refuses)
{
    public IReadOnlyList<DecisionChoice> Choices { get; init; } = [];

    public FieldFault? Fault { get; init; }

    /// <summary>The register holds nothing to compare the line with, or something else: no outcome is chosen beforehand.</summary>
    public bool NeedsALook { get; init; }

    /// <summary>A counterparty has said something of it: no outcome is chosen beforehand.</summary>
    public bool WasAnswered { get; init; }

    /// <summary>Days of this line on which the market is closed, each with why: no outcome is chosen beforehand.</summary>
    public IReadOnlyList<LocalText> Closed { get; init; } = [];
}

/// <summary>What was proposed, read-only, for the second pair of eyes.</summary>
public sealed record ProposalView(LocalText By, Moment At, string? Reason, IReadOnlyList<ProposedLine> Lines)
{
    /// <summary>The whole's outcome: a port's name.</summary>
    public string? Outcome { get; init; }

    /// <summary>How the lines stand, in numbers; null where there are none.</summary>
    public LocalText? Summary { get; init; }
}

/// <summary>What was proposed for one line.</summary>
public sealed record ProposedLine(string Path, string Outcome, string? Text, bool DiffersFromAsked = false);

/// <summary>Notes of the clearing house; no participant ever sees them.</summary>
public sealed record NotesView(IReadOnlyList<NoteView> Notes, bool MayWrite);

/// <summary>One note.</summary>
public sealed record NoteView(string By, Moment At, string Text);

/// <summary>Where a task stands in the view that is worked through.</summary>
/// <param name="Number">From 1; null where the view no longer holds it.</param>
public sealed record SeriesView(string In, string BackHref, int? Number, int Total, string? PreviousHref, string? NextHref)
{
    /// <summary>After a decision the next task is claimed at once.</summary>
    public bool ClaimsNext { get; init; }
}
