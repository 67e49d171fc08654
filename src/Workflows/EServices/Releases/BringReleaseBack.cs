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
            return ReleaseDraft.Of(await EditRelease.StartAsync(desk, db, viewer, EditRelease.Of(bundle), [viewer.User.Value], ct), desk.MachineNow);
        },
        ct);
}
