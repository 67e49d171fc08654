using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>Reads proposals, and checks once more what they hold.</summary>
public sealed class ReleaseProposals(IDbContextFactory<PortalDb> databases, Catalogue catalogue, BundleLoader loader, IRunsUnderWay runs)
{
    /// <summary>Null where there is none, or none for this viewer.</summary>
    public async Task<ReleaseProposal?> FindAsync(Viewer viewer, Guid id, CancellationToken ct) => (await OfAsync(viewer, p => p.Id == id, ct)).SingleOrDefault();

    /// <summary>All that wait for an answer or for their moment; empty for whom the designer is closed.</summary>
    public Task<IReadOnlyList<ReleaseProposal>> ComingAsync(Viewer viewer, DateTimeOffset now, CancellationToken ct) => OfAsync(viewer, p => p.State == ProposalState.Open || p.EffectiveFrom > now, ct);

    /// <summary>Those of one eService, the latest first.</summary>
    public Task<IReadOnlyList<ReleaseProposal>> OfAsync(Viewer viewer, string eService, CancellationToken ct) => OfAsync(viewer, p => p.EService == eService, ct);

    /// <summary>What is proposed, as this build reads it: a bundle, or all that is wrong with it.</summary>
    public async Task<BundleReading> CheckAsync(Viewer viewer, ReleaseProposal proposal, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ViewEServices)) return new BundleReading(null, []);
        if (catalogue.ByHash(proposal.Hash) is { } known) return Whole(new BundleReading(known, []));
        await using var db = await databases.CreateDbContextAsync(ct);
        var document = await db.Set<ReleaseRow>().AsNoTracking().Where(r => r.Hash == proposal.Hash).Select(r => r.Document).SingleAsync(ct);
        var reading = loader.Load(proposal.EService, JsonNode.Parse(document)!.AsObject());
        return Whole(reading.Bundle is { } bundle ? reading with { Bundle = bundle with { Hash = proposal.Hash } } : reading);
    }

    // What can't be carried out here is a fault as any other.
    private BundleReading Whole(BundleReading reading) => reading.Bundle is { } bundle && runs.Unwritten(bundle) is { Count: > 0 } unwritten ? new BundleReading(null, unwritten) : reading;

    private async Task<IReadOnlyList<ReleaseProposal>> OfAsync(Viewer viewer, System.Linq.Expressions.Expression<Func<ReleaseProposalRow, bool>> which, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ViewEServices)) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        return [.. (await db.Set<ReleaseProposalRow>().AsNoTracking().Where(which).OrderByDescending(p => p.ProposedAt).ToListAsync(ct)).Select(ReleaseProposal.Of)];
    }
}
