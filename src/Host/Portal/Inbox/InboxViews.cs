using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>The tasks that the viewer may see, the most urgent first.</summary>
public sealed record InboxView(FilterView Filter, IReadOnlyList<TabView> Views, IReadOnlyList<TaskRow> Rows, PageOfMany Page);

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

    /// <summary>Why the viewer may not act on it, in facts; null where they may.</summary>
    public LocalText? WhyNotMe { get; init; }

    public int? Lines { get; init; }

    public Moment? Since { get; init; }

    public string Href => "/tasks/" + Id;
}

/// <summary>One task: what was asked, what is proposed, and the decision.</summary>
/// <param name="ContentHash">Of all that the page shows; a decision on anything else is refused with the difference.</param>
public sealed record TaskView(string Id, LocalText Title, RequestHead Request, string ContentHash, AnswersView Answers)
{
    public DeadlineView? Deadline { get; init; }

    public Moment? Due { get; init; }

    public ClaimView Claim { get; init; } = new(null, false, false, false);

    /// <summary>Null where the viewer may only read.</summary>
    public DecisionForm? Decision { get; init; }

    /// <summary>What the reviewer proposed, line by line; empty before there is a proposal.</summary>
    public ProposalView? Proposal { get; init; }

    /// <summary>Null where the viewer is not of the clearing house.</summary>
    public NotesView? Notes { get; init; }

    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    public IReadOnlyList<FileView> Files { get; init; } = [];
}

/// <summary>Who has the task, and whether the viewer may.</summary>
public sealed record ClaimView(string? ClaimedBy, bool IsMine, bool MayClaim, bool MayRelease)
{
    public Moment? At { get; init; }

    /// <summary>False for work that nobody claims: a participant's own checks.</summary>
    public bool IsClaimed { get; init; } = true;

    /// <summary>Facts, not codes: "You edited line 3 at 10:14".</summary>
    public IReadOnlyList<LocalText> WhyNotMe { get; init; } = [];

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

    /// <summary>One sentence above the buttons that says what a decision does.</summary>
    public LocalText? Explains { get; init; }
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
}

/// <summary>What was proposed, read-only, for the second pair of eyes.</summary>
public sealed record ProposalView(LocalText By, Moment At, string? Reason, IReadOnlyList<ProposedLine> Lines)
{
    /// <summary>The whole's outcome: a port's name.</summary>
    public string? Outcome { get; init; }
}

/// <summary>What was proposed for one line.</summary>
public sealed record ProposedLine(string Path, string Outcome, string? Text, bool DiffersFromAsked = false);

/// <summary>Notes of the clearing house; no participant ever sees them.</summary>
public sealed record NotesView(IReadOnlyList<NoteView> Notes, bool MayWrite);

/// <summary>One note.</summary>
public sealed record NoteView(string By, Moment At, string Text);
