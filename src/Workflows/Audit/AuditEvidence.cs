using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Audit;

/// <summary>One thing that is not as it should be.</summary>
/// <param name="Rule">O1 to O13.</param>
/// <param name="Where">The request's number or id; what else it is about.</param>
/// <param name="What">In words.</param>
public sealed record Difference(string Rule, string Where, string What)
{
    public override string ToString() => $"{Rule} {Where}: {What}";
}

/// <summary>What somebody outside of the database knows, to be compared with it.</summary>
/// <param name="Acknowledged">Clicks that were answered with a yes.</param>
/// <param name="PublishedHeads">Heads of chains as they were given out before.</param>
/// <param name="MessageIds">The id of each mail that arrived, as often as it arrived; null where no mails are at hand.</param>
/// <param name="InFlight">How many mails may have arrived twice, each cut off between its arrival and the note of it.</param>
public sealed record AuditEvidence(
    IReadOnlyList<AcknowledgedClick> Acknowledged, IReadOnlyList<PublishedHead> PublishedHeads, IReadOnlyList<string>? MessageIds = null, int InFlight = 0)
{
    public static readonly AuditEvidence None = new([], []);
}

/// <summary>A click whose yes somebody has: it must be stored, whatever happened after.</summary>
/// <param name="Key">The operation key; null for a click that has none.</param>
/// <param name="Version">As the answer gave it: draft revision, dot, number of events.</param>
public sealed record AcknowledgedClick(RequestId Request, string? Key, string Version);

/// <summary>The hash of a request's event as it was given out: whoever writes the chain anew can't make it fit.</summary>
public sealed record PublishedHead(RequestId Request, int Sequence, string Hash);

/// <summary>What the audit came to.</summary>
public sealed record AuditReport(long Requests, long Events, long Notices, IReadOnlyList<Difference> Differences);
