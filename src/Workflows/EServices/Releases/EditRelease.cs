using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>An analyst begins to edit: the draft is made from the release in force where there is none, and its lease is the analyst's.</summary>
public sealed class EditRelease(ReleaseDesk desk)
{
    public Task<Result<ReleaseDraft>> HandleAsync(Viewer viewer, string eService, CancellationToken ct) => desk.RunAsync<ReleaseDraft>(
        viewer,
        async db =>
        {
            if (await ReleaseDesk.DraftAsync(db, eService, ct) is not null) return (await desk.HeldAsync(db, viewer, eService, ct)).Then(held => ReleaseDraft.Of(held, desk.MachineNow));
            if (desk.Catalogue.InForce(eService, desk.Now) is not { } bundle) return new NothingHere();
            return ReleaseDraft.Of(await StartAsync(desk, db, viewer, Of(bundle), [], ct), desk.MachineNow);
        },
        ct);

    /// <summary>What a draft is begun with, made from that very release.</summary>
    internal static DraftBeginning Of(EServiceBundle bundle) => new(bundle.Key, bundle.Document.ToJsonString(), bundle.Hash, bundle.Hash);

    /// <param name="editors">Who has given it what it holds by beginning it; nobody where it is what is in force.</param>
    internal static async Task<ReleaseDraftRow> StartAsync(
        ReleaseDesk desk, Database.PortalDb db, Viewer viewer, DraftBeginning held, Guid[] editors, CancellationToken ct)
    {
        var row = new ReleaseDraftRow
        {
            EService = held.EService,
            Document = held.Document,
            BaseHash = held.Against,
            Revision = 1,
            Editors = editors,
            StartedBy = viewer.User,
            StartedAt = desk.Now,
            SavedBy = viewer.User,
            SavedAt = desk.Now,
            LeaseId = Guid.CreateVersion7(),
            LeaseHolder = viewer.User,
            LeaseUntil = desk.MachineNow + ReleaseDesk.Lease,
        };
        db.Add(row);
        await ReleaseRecord.AddAsync(db, held.EService, ReleaseHappening.DraftStarted, desk.Now, viewer.User, new JsonObject { ["release"] = held.MadeFrom }, ct);
        return row;
    }
}

/// <summary>What a draft is begun with.</summary>
/// <param name="MadeFrom">The release whose content it is.</param>
/// <param name="Against">The release that it is to take the place of.</param>
internal sealed record DraftBeginning(string EService, string Document, string MadeFrom, string Against);
