using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>
/// The second analyst releases a proposal: from a business moment on, what is sent follows it. Never its author, nor anyone who edited
/// what it holds; refused with all faults where this build's checks find any. Requests under way keep their release.
/// </summary>
public sealed class ReleaseProposed(ReleaseDesk desk, ReleaseProposals proposals)
{
    /// <summary>"At once" is this much later, so that all hosts know of it before it is so, and change at the same moment.</summary>
    public static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(1);

    /// <param name="from">Business moment; null for at once.</param>
    /// <returns>The moment from which it is in force.</returns>
    public async Task<Result<DateTimeOffset>> HandleAsync(Viewer viewer, Guid id, DateTimeOffset? from, CancellationToken ct)
    {
        if (await proposals.FindAsync(viewer, id, ct) is not { } seen) return new NothingHere();
        if (seen.WhyNotBy(viewer) is { } no) return no;
        var reading = await proposals.CheckAsync(viewer, seen, ct);
        if (reading.Bundle is not { } bundle) return new ReleaseIsAtFault(reading.Faults);
        var released = await desk.RunAsync(viewer, db => ReleaseAsync(db, viewer, id, from, ct), ct);
        if (released.IsRefused) return released;
        // This host knows at once; the others ask the database (ReleaseStore.FollowAsync).
        desk.Catalogue.Add(bundle);
        desk.Catalogue.PutInForce(bundle.Hash, released.Value);
        return released;
    }

    private async Task<Result<DateTimeOffset>> ReleaseAsync(PortalDb db, Viewer viewer, Guid id, DateTimeOffset? from, CancellationToken ct)
    {
        var row = await db.Set<ReleaseProposalRow>().SingleAsync(p => p.Id == id, ct);
        if (ReleaseProposal.Of(row).WhyNotBy(viewer) is { } no) return no;
        if (from < desk.Now) return new MomentCannotBeChosen();
        var moment = HashChain.Rounded(from ?? (desk.Now + HeadStart));
        if (await db.Set<EffectiveRow>().AnyAsync(e => e.EService == row.EService && e.EffectiveFrom == moment, ct)) return new MomentCannotBeChosen();

        db.Add(new EffectiveRow { EService = row.EService, EffectiveFrom = moment, Hash = row.Hash, By = viewer.User.ToString() });
        (row.State, row.ClosedBy, row.ClosedAt, row.EffectiveFrom) = (ProposalState.Released, viewer.User, desk.Now, moment);
        await RemoveDraftAsync(db, row, ct);
        await desk.Deeds.AddAsync(
            db, ReleaseHappening.Released, desk.Now, viewer,
            new JsonObject { ["release"] = row.Hash, ["effectiveFrom"] = moment.ToString("o", CultureInfo.InvariantCulture), ["proposedBy"] = row.ProposedBy?.ToString() },
            [new(ProposalNews.Released, row) { From = moment }], ct);
        return moment;
    }

    // What was edited after it was proposed stays a draft.
    private static async Task RemoveDraftAsync(PortalDb db, ReleaseProposalRow row, CancellationToken ct)
    {
        var draft = await ReleaseDesk.DraftAsync(db, row.EService, ct);
        if (draft is not null && draft.Revision == row.DraftRevision && draft.StartedAt <= row.ProposedAt) db.Remove(draft);
    }
}
