using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>Begins a draft with what an old release held. Whoever does so chose its content, and counts as having edited it.</summary>
public sealed class BringReleaseBack(ReleaseDesk desk)
{
    public Task<Result<ReleaseDraft>> HandleAsync(Viewer viewer, string eService, string hash, CancellationToken ct) => desk.RunAsync<ReleaseDraft>(
        viewer,
        async db =>
        {
            if (desk.Catalogue.ByHash(hash) is not { } bundle || bundle.Key != eService) return new NothingHere();
            if (await ReleaseDesk.DraftAsync(db, eService, ct) is not null) return new ThereIsADraftAlready();
            if (desk.Catalogue.InForce(eService, desk.Now) is not { } inForce) return new NothingHere();
            // It takes the place of what is in force: only what comes into force after this would be undone by it unseen.
            return ReleaseDraft.Of(await EditRelease.StartAsync(desk, db, viewer, EditRelease.Of(bundle) with { Against = inForce.Hash }, [viewer.User.Value], ct), desk.MachineNow);
        },
        ct);
}
