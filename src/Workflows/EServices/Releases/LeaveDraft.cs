using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>An analyst is done for now: another may edit at once. What was saved stays.</summary>
public sealed class LeaveDraft(ReleaseDesk desk)
{
    public Task<Result<Done>> HandleAsync(Viewer viewer, string eService, CancellationToken ct) => desk.RunAsync<Done>(
        viewer,
        async db =>
        {
            if (await ReleaseDesk.DraftAsync(db, eService, ct) is { } draft && draft.LeaseHolder == viewer.User) draft.LeaseUntil = null;
            return Done.Value;
        },
        ct);
}
