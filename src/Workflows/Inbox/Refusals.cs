using System.Globalization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Inbox;

/// <summary>The task was decided, or vanished with its request, before this arrived.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">Where the request stands now.</param>
public sealed record TaskIsClosed(string Outcome, string Status) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["outcome"] = Outcome, ["status"] = Status };
}

/// <summary>Another person is working on it.</summary>
public sealed record SomebodyElseHasClaimedIt() : Refusal(RefusalKind.Conflict);

/// <summary>A return or a rejection says why.</summary>
public sealed record SayWhy() : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyList<FieldFault> Fields => [new FieldFault("reason", "required")];
}

/// <summary>The task does not know that outcome.</summary>
public sealed record NoSuchOutcome(string Outcome) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyList<FieldFault> Fields => [new FieldFault("outcome", "not-an-option")];

    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["outcome"] = Outcome };
}

/// <summary>A decision carries the hash of what was on the screen.</summary>
public sealed record SayWhatYouSaw() : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyList<FieldFault> Fields => [new FieldFault("contentHash", "required")];
}

/// <summary>The same person has answered this task already; it wants another one.</summary>
public sealed record YouHaveAnsweredAlready() : Refusal(RefusalKind.Conflict);

/// <summary>The same person has said yes at another step of the flow; where it asks twice, it asks two people.</summary>
public sealed record YouHaveAgreedAtAnotherStep() : Refusal(RefusalKind.NotAllowed);

/// <summary>What is approved falls on days on which a calendar has closed the market since it was sent, and the decision does not name them.</summary>
/// <param name="Days">Those that it would have to name.</param>
public sealed record MarketIsClosedThen(IReadOnlyList<DateOnly> Days) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyList<FieldFault> Fields => [.. Days.Select(d => new FieldFault("closedDays", "closed-day", Arguments: new Dictionary<string, string> { ["day"] = Said(d) }))];

    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["days"] = string.Join(", ", Days.Select(Said)) };

    private static string Said(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
