using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>
/// An analyst calls off a release whose moment has not come: it is never in force. What it holds is the draft again where there is no
/// other one, with the same editors; what was released before it stays in force.
/// </summary>
public sealed class CancelRelease(ReleaseDesk desk)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReason = 500;

    public async Task<Result<Done>> HandleAsync(Viewer viewer, Guid id, string reason, CancellationToken ct)
    {
        var cancelled = await desk.RunAsync(viewer, db => CancelAsync(db, viewer, id, reason.Trim(), ct), ct);
        if (cancelled.IsRefused) return cancelled.Refusal;
        // This host knows at once; the others ask the database (ReleaseStore.FollowAsync).
        desk.Catalogue.Withdraw(cancelled.Value.EService, cancelled.Value.EffectiveFrom);
        return Done.Value;
    }

    private async Task<Result<EffectiveRow>> CancelAsync(PortalDb db, Viewer viewer, Guid id, string reason, CancellationToken ct)
    {
        if (await db.Set<ReleaseProposalRow>().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } row) return new NothingHere();
        if (ReleaseProposal.Of(row).WhyNotCancelled(desk.Now) is { } no) return no;
        if (WhyNotSaid(reason) is { } fault) return new AnswersAreIncomplete([fault]);
        if (await db.Set<EffectiveRow>().SingleOrDefaultAsync(e => e.EService == row.EService && e.EffectiveFrom == row.EffectiveFrom, ct) is not { } effective) return new ProposalIsClosed();

        db.Remove(effective);
        var releasedBy = row.ClosedBy;
        (row.State, row.ClosedBy, row.ClosedAt, row.Remark, row.EffectiveFrom) = (ProposalState.Cancelled, viewer.User, desk.Now, reason, null);
        await desk.Deeds.AddAsync(
            db, ReleaseHappening.Cancelled, desk.Now, viewer,
            new JsonObject { ["release"] = row.Hash, ["effectiveFrom"] = effective.EffectiveFrom.ToString("o", CultureInfo.InvariantCulture), ["words"] = reason },
            [new(ProposalNews.Cancelled, row) { Words = reason, From = effective.EffectiveFrom, And = releasedBy }], ct);
        await DraftAgainAsync(db, viewer, row, ct);
        return effective;
    }

    private static FieldFault? WhyNotSaid(string reason) =>
        reason.Length == 0 ? new FieldFault("reason", "required")
        : reason.Length > MaxReason ? new FieldFault("reason", "too-long", Arguments: new Dictionary<string, string> { ["limit"] = MaxReason.ToString(CultureInfo.InvariantCulture) })
        : reason.Contains('\0', StringComparison.Ordinal) ? new FieldFault("reason", "control-characters")
        : null;

    // Another draft that was begun meanwhile stays; what was cancelled is then brought back from its proposal.
    private async Task DraftAgainAsync(PortalDb db, Viewer viewer, ReleaseProposalRow row, CancellationToken ct)
    {
        if (await ReleaseDesk.DraftAsync(db, row.EService, ct) is not null) return;
        var document = await db.Set<ReleaseRow>().Where(r => r.Hash == row.Hash).Select(r => r.Document).SingleAsync(ct);
        var madeFrom = row.BaseHash ?? desk.Catalogue.InForce(row.EService, desk.Now)?.Hash ?? row.Hash;
        var draft = await EditRelease.StartAsync(desk, db, viewer, new DraftBeginning(row.EService, document, madeFrom, madeFrom), row.Editors, ct);
        // Nobody edits it yet.
        draft.LeaseUntil = null;
    }
}
