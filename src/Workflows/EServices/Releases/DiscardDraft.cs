using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>Throws a draft away, so that another can be begun from what is in force; proposals made of it stay.</summary>
public sealed class DiscardDraft(ReleaseDesk desk)
{
    public Task<Result<Done>> HandleAsync(Viewer viewer, string eService, CancellationToken ct) => desk.RunAsync<Done>(
        viewer,
        async db =>
        {
            var held = await desk.HeldAsync(db, viewer, eService, ct);
            if (held.IsRefused) return held.Refusal;
            db.Remove(held.Value);
            await ReleaseRecord.AddAsync(db, eService, ReleaseHappening.DraftDiscarded, desk.Now, viewer.User, new JsonObject { ["release"] = held.Value.BaseHash }, ct);
            return Done.Value;
        },
        ct);
}
