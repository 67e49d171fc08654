using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>The draft of an eService's next release.</summary>
/// <param name="EditedBy">Who holds the lease; null where nobody edits.</param>
/// <param name="IsMine">The viewer holds it.</param>
/// <param name="Editors">Whoever gave it what it holds.</param>
/// <param name="Faults">All that the checks of a release find.</param>
/// <param name="Change">Against what is in force; null where the drawing can't be read yet.</param>
public sealed record DraftView(
    string Key, string Id, LocalText Name, string? EditedBy, bool IsMine, string SavedBy, DateTimeOffset SavedAt, IReadOnlyList<string> Editors, IReadOnlyList<BundleFault> Faults, ChangeView? Change)
{
    /// <summary>What is in force is not what the draft was made from: releasing it would undo that.</summary>
    public bool IsBehind { get; init; }

    /// <summary>Nothing was saved since it was begun.</summary>
    public bool IsAsBegun { get; init; }

    /// <summary>Only analysts edit; others read.</summary>
    public bool MayEdit { get; init; }

    /// <summary>Steps that the flow in force tells in words: a problem at one of them can be read there.</summary>
    public IReadOnlySet<string> Told { get; init; } = new HashSet<string>();

    /// <summary>The proposal that was made of it and waits; null where none does.</summary>
    public Guid? Proposal { get; init; }
}

/// <summary>Two flows in words, side by side.</summary>
/// <param name="Said">What parts them, a sentence each, what weighs most first.</param>
public sealed record ChangeView(string BeforeTitle, IReadOnlyList<MarkedLine> Before, string AfterTitle, IReadOnlyList<MarkedLine> After, IReadOnlyList<string> Said)
{
    /// <summary>At how many places the flows differ: lines that went and lines that came in their stead are one.</summary>
    public int Places { get; init; }
}

/// <summary>A line of an outline.</summary>
/// <param name="IsMarked">The other side has no such line.</param>
public sealed record MarkedLine(OutlineLine Line, bool IsMarked);

/// <summary>Two releases side by side.</summary>
public sealed record ComparisonView(string Key, string Id, LocalText Name, ChangeView Change);

/// <summary>A proposal in a list.</summary>
/// <param name="EffectiveFrom">Null where it was not released, or cancelled.</param>
public sealed record ProposalRow(Guid Id, string Hash, string By, DateTimeOffset At, ProposalState State, DateTimeOffset? EffectiveFrom)
{
    public string Short => Hash[..12];

    public string Href => $"/designer/proposals/{Id}";

    /// <summary>It was released for a moment that has not come.</summary>
    public bool IsScheduled { get; init; }

    /// <summary>Its moment comes within the head start that a release at once has: nobody waits for it or can call it off.</summary>
    public bool TakesEffect { get; init; }

    /// <summary>Who answered it; null while it waits.</summary>
    public string? ClosedBy { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The viewer may call its release off.</summary>
    public bool MayCancel { get; init; }

    /// <summary>Text key of where it stands: a scheduled one is released, but not in force.</summary>
    public string StateKey => "designer.state." + (TakesEffect ? "TakesEffect" : IsScheduled ? "Scheduled" : State.ToString());

    /// <summary>The tag's colour.</summary>
    public string Tone => State switch { ProposalState.Open => "act", ProposalState.Released => IsScheduled ? "act" : "good", _ => "mixed" };
}

/// <summary>One proposal, for the second pair of eyes.</summary>
/// <param name="WhyNot">Why the viewer can't release it; null where the viewer may.</param>
public sealed record ReleaseProposalView(string Key, string Id, LocalText Name, ProposalRow Row, string Note, IReadOnlyList<string> Editors, IReadOnlyList<BundleFault> Faults, ChangeView? Change, LocalText? WhyNot)
{
    public bool IsBehind { get; init; }

    /// <summary>The viewer's own may be taken back.</summary>
    public bool MayReturn { get; init; }

    public bool IsOwn { get; init; }

    /// <summary>It was cancelled, no draft is in the way, and the viewer may begin one with what it holds.</summary>
    public bool MayBringBack { get; init; }

    /// <summary>It was returned, and the draft that it came from is there to go on with.</summary>
    public bool HasDraft { get; init; }

    /// <summary>Why it was returned or cancelled.</summary>
    public string? Remark { get; init; }

    /// <summary>What was typed and can't be taken.</summary>
    public IReadOnlyList<FieldFault> Wrong { get; init; } = [];

    public IReadOnlyList<FieldView> ReleaseFields { get; init; } = [];

    public IReadOnlyList<FieldView> ReturnFields { get; init; } = [];
}

/// <summary>What is done about an eService's next release, for its own page.</summary>
/// <param name="EditedBy">Null where nobody edits.</param>
/// <param name="Proposals">All that were ever made, the latest first.</param>
public sealed record NextReleaseView(string Key, bool HasDraft, string? EditedBy, bool MayEdit, IReadOnlyList<ProposalRow> Proposals, IReadOnlyList<TimelineEntry> Record)
{
    public IEnumerable<ProposalRow> Waiting => Proposals.Where(p => p.State == ProposalState.Open);

    /// <summary>Released, and not in force yet; what comes first first.</summary>
    public IEnumerable<ProposalRow> Scheduled => Proposals.Where(p => p.IsScheduled).OrderBy(p => p.EffectiveFrom);

    public IEnumerable<ProposalRow> Closed => Proposals.Where(p => p is { IsScheduled: false, State: not ProposalState.Open });
}

/// <summary>What comes next for an eService, for the list of all.</summary>
/// <param name="Scheduled">Released and not in force yet.</param>
/// <param name="Waiting">Proposals for a second analyst.</param>
/// <param name="DraftKey">Text key that says how its draft stands; null where there is none.</param>
public sealed record ComingView(IReadOnlyList<ProposalRow> Scheduled, IReadOnlyList<ProposalRow> Waiting, string? DraftKey);
