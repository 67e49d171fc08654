using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>The page that edits a draft says that it is still there; it has the lease again where nobody else took it meanwhile.</summary>
public sealed class KeepLease(ReleaseDesk desk)
{
    public Task<Result<ReleaseDraft>> HandleAsync(Viewer viewer, string eService, CancellationToken ct) =>
        desk.RunAsync(viewer, async db => (await desk.HeldAsync(db, viewer, eService, ct)).Then(held => ReleaseDraft.Of(held, desk.MachineNow)), ct);
}
