using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>A release that somebody wants in force: it waits for a second analyst, or one has answered.</summary>
/// <param name="Hash">Of the whole bundle that is proposed.</param>
/// <param name="BaseHash">The release that its draft was made from; null for the folder of a build.</param>
/// <param name="ProposedBy">Null for the folder of a build.</param>
/// <param name="Editors">Whoever gave it what it holds, the author among them.</param>
/// <param name="Note">What the author says to the second analyst; empty where nothing.</param>
/// <param name="Remark">Why it was given back or cancelled; null where it was neither.</param>
/// <param name="EffectiveFrom">Business moment; null where it was not released, or cancelled.</param>
public sealed record ReleaseProposal(
    Guid Id, string EService, string Hash, string? BaseHash, UserId? ProposedBy, DateTimeOffset ProposedAt, IReadOnlyList<UserId> Editors, string Note,
    ProposalState State, UserId? ClosedBy, DateTimeOffset? ClosedAt, string? Remark, DateTimeOffset? EffectiveFrom)
{
    /// <summary>Why this analyst is not the second pair of eyes; null where it may be.</summary>
    public Refusal? WhyNotBy(Viewer viewer) =>
        State != ProposalState.Open ? new ProposalIsClosed()
        : ProposedBy == viewer.User || Editors.Contains(viewer.User) ? new NotYoursToDo("own-release")
        : null;

    /// <summary>
    /// Why it can't be cancelled at that business moment; null where it can. From the head start before its moment on it counts as in
    /// force, so that every host has heard of a cancellation before the moment comes.
    /// </summary>
    public Refusal? WhyNotCancelled(DateTimeOffset now) => State switch
    {
        ProposalState.Open => new NothingIsScheduled(),
        ProposalState.Released => now + ReleaseProposed.HeadStart > EffectiveFrom ? new ReleaseIsInForce() : null,
        _ => new ProposalIsClosed(),
    };

    internal static ReleaseProposal Of(ReleaseProposalRow row) => new(
        row.Id, row.EService, row.Hash, row.BaseHash, row.ProposedBy, row.ProposedAt, [.. row.Editors.Select(e => new UserId(e))], row.Note, row.State, row.ClosedBy, row.ClosedAt, row.Remark, row.EffectiveFrom);
}
