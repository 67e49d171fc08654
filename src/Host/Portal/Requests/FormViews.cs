using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>The head that every page about one request shares.</summary>
/// <param name="Id">Its id, for addresses.</param>
/// <param name="Number">SET1-20261123-00017; null on a draft that has none yet.</param>
/// <param name="Reference">The eService's id as the market says it: "Set 1".</param>
/// <param name="Participant">"B09001 Harbour Securities Limited".</param>
public sealed record RequestHead(string Id, string? Number, string EServiceKey, string Reference, LocalText EService, string Participant, string Status)
{
    /// <summary>Another participant's, which asks the viewer's firm: where it stands is not said, and there is no way to it.</summary>
    public bool IsOthers { get; init; }

    /// <summary>Which of the two sides looks: the clearing house says some statuses otherwise.</summary>
    public bool ForClearingHouse { get; init; }

    /// <summary>Sent between cut-off and late time, or still with the checker after the cut-off.</summary>
    public bool IsLate { get; init; }

    public string Href => "/requests/" + Id;
}

/// <summary>A draft being filled in, or a returned request being corrected.</summary>
/// <param name="Revision">The draft's revision that this page was made from.</param>
public sealed record FormView(RequestHead Head, int Revision, IReadOnlyList<SectionView> Sections)
{
    /// <summary>Null where the eService has none, or it does not follow from the answers yet.</summary>
    public DeadlineView? Deadline { get; init; }

    /// <summary>All faults, for the summary; empty on the first showing.</summary>
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    public SavedView Saved { get; init; } = SavedView.NotYet;

    /// <summary>What was said when it came back; null where it did not.</summary>
    public ReturnedView? Returned { get; init; }

    public HelpView? Help { get; init; }

    /// <summary>Open requests of the firm that touch the same things: a warning, with where to look.</summary>
    public IReadOnlyList<ClashView> Clashes { get; init; } = [];

    /// <summary>What the day, the register or another release of the form has changed since it was saved; empty where nothing.</summary>
    public IReadOnlyList<Errors.DifferenceRow> Moved { get; init; } = [];

    /// <summary>What was typed into fields that the form has no more: kept until the maker drops it or the request is sent.</summary>
    public IReadOnlyList<LeftRow> Left { get; init; } = [];

    /// <summary>After somebody else saved meanwhile: where what they saved differs from what was typed here.</summary>
    public IReadOnlyList<Errors.DifferenceRow> Differences { get; init; } = [];
}

/// <summary>One section of a form.</summary>
public sealed record SectionView(string Key, LocalText Title, IReadOnlyList<FormItem> Items, LocalText? Help = null)
{
    /// <summary>More than one column where there is room: on for short fields, off for long texts.</summary>
    public bool IsDense { get; init; } = true;
}

/// <summary>Whether the draft is safe, and who else is at it.</summary>
/// <param name="At">When it was last saved; null where never.</param>
/// <param name="By">Who saved it, if it was not the viewer.</param>
/// <param name="Others">Who else has it open just now.</param>
/// <param name="Conflict">Somebody saved in between: nothing was overwritten, and the page must be loaded anew.</param>
public sealed record SavedView(int Revision, Moment? At, string? By = null, IReadOnlyList<string>? Others = null, bool Conflict = false)
{
    public static readonly SavedView NotYet = new(0, null);
}

/// <summary>Why a request came back.</summary>
public sealed record ReturnedView(LocalText By, Moment At, string? Text, IReadOnlyList<SummarisedFault> Remarks, Moment? CorrectBy = null)
{
    /// <summary>Lines that were approved wait for those that came back.</summary>
    public bool OthersWait { get; init; }

    /// <summary>Other lines are decided: only those that came back can be changed.</summary>
    public bool IsInPart { get; init; }
}

/// <summary>Another open request that touches the same thing.</summary>
/// <param name="Excludes">True where both cannot be open: this one can't be sent.</param>
public sealed record ClashView(LocalText What, string Number, string Href, bool Excludes);

/// <summary>The four headings of an eService's help.</summary>
public sealed record HelpView(LocalText? WhenToUse, LocalText? About, LocalText? Sample, LocalText? Highlights);

/// <summary>The maker's last page before sending: the same sheet of answers that the checker and the reviewers read.</summary>
/// <param name="ContentHash">What was shown; sending something else is refused.</param>
public sealed record CheckView(RequestHead Head, int Revision, string ContentHash, AnswersView Answers)
{
    public DeadlineView? Deadline { get; init; }

    /// <summary>What was to be corrected; null on a draft.</summary>
    public ReturnedView? Returned { get; init; }

    /// <summary>What still stands in the way; with any, there is no button.</summary>
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    /// <summary>The declaration's words, agreed to by sending; null where it is a field of the form.</summary>
    public LocalText? Declaration { get; init; }

    /// <summary>How many people may check it, without the viewer; zero is said before it is sent, not after.</summary>
    public int? Checkers { get; init; }

    /// <summary>A checker of the firm has it before the clearing house.</summary>
    public bool IsCheckedFirst { get; init; } = true;

    /// <summary>How many different checkers must agree before the clearing house has it.</summary>
    public int CheckersNeeded { get; init; } = 1;

    public bool MaySend { get; init; } = true;
}

/// <summary>All answers of a request, read-only: one layout for maker, checker, reviewer and approver.</summary>
public sealed record AnswersView(IReadOnlyList<AnswerSection> Sections)
{
    /// <summary>Where the maker's Change links lead; null where nothing can be changed.</summary>
    public string? ChangeHref { get; init; }

    /// <summary>Id of the form that remarks belong to; null where none can be written.</summary>
    public string? RemarksForm { get; init; }

    /// <summary>What was remarked already, by path, where the decision is shown again.</summary>
    public IReadOnlyDictionary<string, string> RemarkTexts { get; init; } = new Dictionary<string, string>();

    /// <summary>True where any row knows what is in force in the register now: a column of its own.</summary>
    public bool ShowsRegister => Sections.Any(s => s.Rows.Any(r => r.InForce is not null));
}

/// <summary>One section of answers: rows, then lines.</summary>
public sealed record AnswerSection(string Key, LocalText Title, IReadOnlyList<AnswerRow> Rows, IReadOnlyList<AnswerLine> Lines)
{
    /// <summary>What the register holds under the answers of this section, entry by entry; for the clearing house.</summary>
    public IReadOnlyList<HeldView> Held { get; init; } = [];
}

/// <summary>One answer.</summary>
/// <param name="Value">As shown, formatted; null reads "Not provided".</param>
public sealed record AnswerRow(string Path, LocalText Label, string? Value)
{
    public IReadOnlyList<FileView> Files { get; init; } = [];

    /// <summary>What the register says now; null where it is not compared.</summary>
    public string? InForce { get; init; }

    /// <summary>What stood here when the other side last saw it; null where unchanged.</summary>
    public string? Was { get; init; }

    /// <summary>Why the day that was answered is none any more on which it can happen; null for all else.</summary>
    public LocalText? Closed { get; init; }

    public RemarkView? Remark { get; init; }

    /// <summary>Another eService that is pointed to from here; null where none is.</summary>
    public LeadView? Lead { get; init; }

    public bool IsNumber { get; init; }

    /// <summary>Computed by the portal, not asked: no Change link.</summary>
    public bool IsComputed { get; init; }
}

/// <summary>One line of answers.</summary>
/// <param name="Number">From 1, as people count.</param>
/// <param name="Title">What tells it from the others; null where only the number does.</param>
public sealed record AnswerLine(int Number, string Path, string? Title, IReadOnlyList<AnswerRow> Rows)
{
    /// <summary>Code of what was decided: <c>approve</c>, <c>reject</c>, <c>return</c>; null while open.</summary>
    public string? Outcome { get; init; }

    /// <summary>Less was granted than was asked for.</summary>
    public bool IsPart { get; init; }

    /// <summary>What was granted or why not: "6,000 shares until Mon 30 Nov 2026".</summary>
    public string? OutcomeText { get; init; }

    public RemarkView? Remark { get; init; }

    /// <summary>What the register holds about this line, entry by entry; for the clearing house, beside what is asked.</summary>
    public IReadOnlyList<HeldView> Held { get; init; } = [];
}

/// <summary>Where a request is, what happens next, and all that happened so far. The same page is its receipt.</summary>
public sealed record TrackerView(RequestHead Head, WhereItStands Stands, IReadOnlyList<TimelineEntry> Timeline)
{
    public AnswersView? Answers { get; init; }

    public IReadOnlyList<FileView> Files { get; init; } = [];

    /// <summary>How far the clearing house's work has got; empty where the eService has no milestones, and before anything is approved.</summary>
    public IReadOnlyList<MilestoneView> Milestones { get; init; } = [];

    /// <summary>Null where there is nobody to write to yet.</summary>
    public MessagesView? Messages { get; init; }

    /// <summary>What the clearing house does beside it; empty where nothing was begun.</summary>
    public IReadOnlyList<MilestoneView> FollowUps { get; init; } = [];

    /// <summary>Null where it can't be withdrawn (any more).</summary>
    public string? WithdrawHref { get; init; }

    /// <summary>Where the viewer may go on: the form of a draft or a returned request, or the viewer's own task.</summary>
    public (string Href, LocalText Words)? Continue { get; init; }

    public ReturnedView? Returned { get; init; }

    public DeadlineView? Deadline { get; init; }

    /// <summary>What was received last, with its hash; null on a draft.</summary>
    public ReceivedView? Received { get; init; }

    /// <summary>Every deadline that the answers give, in the order of their moments.</summary>
    public IReadOnlyList<PlannedRow> Deadlines { get; init; } = [];

    /// <summary>Where the firm's places at activities stand; null where the request is about none.</summary>
    public string? EnrolmentsHref { get; init; }

    /// <summary>Its way through the flow on the canvas; null for whom that is closed.</summary>
    public string? FlowHref { get; init; }

    /// <summary>What it brought into the register; empty before anything is approved.</summary>
    public IReadOnlyList<BroughtRow> InRegister { get; init; } = [];

    /// <summary>The receipt as a file; null on a draft: nothing was received.</summary>
    public string? ReceiptHref { get; init; }
}

/// <summary>What was received.</summary>
/// <param name="What">By whom: the clearing house, or so far the firm's checker only.</param>
/// <param name="ContentHash">SHA-256 over answers, files, register and release: what is decided on is what has this hash.</param>
public sealed record ReceivedView(LocalText What, Moment At, string ContentHash);

/// <summary>One deadline of a request, with what became of it.</summary>
/// <param name="State">Not begun, running, closed before it passed, passed.</param>
public sealed record PlannedRow(LocalText Label, Moment Due, Moment? LateUntil, LocalText State, bool IsVerified)
{
    /// <summary>Where the rule comes from, and which days it passed over.</summary>
    public IReadOnlyList<LocalText> Reasons { get; init; } = [];
}

/// <summary>The three questions of everybody who waits.</summary>
/// <param name="With">Who has it, as a role: "Your firm's checkers". Null when it is over.</param>
/// <param name="Since">Since when.</param>
/// <param name="Next">What happens next, in a sentence.</param>
/// <param name="NextBy">By when; null where no deadline says so.</param>
public sealed record WhereItStands(LocalText? With, Moment Since, LocalText Next, Moment? NextBy = null)
{
    /// <summary>What is due then: "Cut-off", "Exemptions end"; null where no deadline says so.</summary>
    public LocalText? NextDue { get; init; }

    /// <summary>The way as the viewer knows it: done, here, to come.</summary>
    public IReadOnlyList<StageView> Stages { get; init; } = [];
}

/// <summary>One stage of the way.</summary>
/// <param name="State"><c>done</c>, <c>here</c>, <c>next</c>.</param>
public sealed record StageView(LocalText Label, string State, Moment? At = null);

/// <summary>All requests that the viewer may see.</summary>
public sealed record RequestsView(FilterView Filter, IReadOnlyList<RequestRow> Rows, PageOfMany Page)
{
    /// <summary>The firm's column is for the clearing house.</summary>
    public bool ShowsParticipant { get; init; }
}

/// <summary>An answer to what the form does not ask any more.</summary>
public sealed record LeftRow(LocalText What, string Answer);

/// <summary>The page before something unusual that can't be undone: withdraw, reject, in bulk.</summary>
/// <param name="Action">Where the form posts to.</param>
/// <param name="BackHref">Where "no" leads.</param>
public sealed record InterruptionView(LocalText Title, IReadOnlyList<LocalText> WhatHappens, string Action, LocalText Confirm, string BackHref)
{
    /// <summary>What the posted form must carry on: name and value.</summary>
    public IReadOnlyList<(string Name, string Value)> Hidden { get; init; } = [];

    public IReadOnlyList<FieldView> Fields { get; init; } = [];

    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    public RequestHead? Head { get; init; }

    /// <summary>The place in the navigation that it belongs to.</summary>
    public string Current { get; init; } = "requests";
}

/// <summary>An entry of the register that a request brought.</summary>
/// <param name="Membership">Whose it is, where the request is for several; null where that goes without saying.</param>
public sealed record BroughtRow(LocalText Kind, string Key, string? Membership, string Href, Workflows.Register.EntryState State)
{
    /// <summary>Else it is said what became of it.</summary>
    public bool IsInForce => State == Workflows.Register.EntryState.InForce;
}
