using System.Globalization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>Another analyst edits the draft; what was sent is not stored.</summary>
public sealed record SomebodyElseEditsIt(string Name) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["name"] = Name };
}

/// <summary>Somebody else has edited the draft since the page was opened: storing it would undo that.</summary>
public sealed record ThePageIsOld() : Refusal(RefusalKind.Conflict);

/// <summary>Nothing is being made of this eService just now.</summary>
public sealed record ThereIsNoDraft() : Refusal(RefusalKind.Conflict);

/// <summary>An eService has one draft at a time.</summary>
public sealed record ThereIsADraftAlready() : Refusal(RefusalKind.Conflict);

/// <summary>Several people changed the same eService's releases at once, again and again.</summary>
public sealed record ReleasesAreBusy() : Refusal(RefusalKind.Conflict);

/// <summary>More than a definition may have.</summary>
public sealed record DefinitionIsTooLarge() : Refusal(RefusalKind.TooLarge);

/// <summary>It is no workflow definition that a flow can be made of.</summary>
/// <param name="Step">The step at fault; empty for the whole.</param>
public sealed record NotADefinition(string Step, string Why) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["step"] = Step, ["why"] = Step.Length == 0 ? Why : $"{Step}: {Why}" };
}

/// <summary>The save holds no step: Studio sends that when it could not draw.</summary>
public sealed record CanvasWouldBeEmpty() : Refusal(RefusalKind.Invalid);

/// <summary>Steps would go on which requests stand.</summary>
public sealed record RequestsStandOnTheStep(string Steps, int Requests) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["steps"] = Steps, ["n"] = Requests.ToString(CultureInfo.InvariantCulture) };
}

/// <summary>A release must have no fault.</summary>
public sealed record ReleaseIsAtFault(IReadOnlyList<BundleFault> Faults) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyList<FieldFault> Fields => [.. Faults.Select(f => new FieldFault(f.Place.Length == 0 ? f.File : f.Place, f.Code, new LocalText(f.Message)))];

    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["n"] = Faults.Count.ToString(CultureInfo.InvariantCulture) };
}

/// <summary>It is what is in force already.</summary>
public sealed record NothingHasChanged() : Refusal(RefusalKind.Conflict);

/// <summary>Somebody has released it, given it back, or proposed something newer.</summary>
public sealed record ProposalIsClosed() : Refusal(RefusalKind.Conflict);

/// <summary>Only what was released for a later moment can be cancelled.</summary>
public sealed record NothingIsScheduled() : Refusal(RefusalKind.Conflict);

/// <summary>Its moment has come, or comes before all hosts would have heard that it is cancelled.</summary>
public sealed record ReleaseIsInForce() : Refusal(RefusalKind.Conflict);

/// <summary>A release takes effect later than now, and not when another does.</summary>
public sealed record MomentCannotBeChosen() : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyList<FieldFault> Fields => [new FieldFault("from", "too-early-or-taken")];
}

/// <summary>Requests are never run from the canvas.</summary>
public sealed record StoriesTryItOut() : Refusal(RefusalKind.Conflict);

/// <summary>What was released stays; another release takes its place.</summary>
public sealed record AReleaseStays() : Refusal(RefusalKind.Conflict);
