using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>
/// Studio's save: the draft holds the drawing that was sent. Refused, and the draft kept as it was, where the canvas would be empty, a
/// step would go on which requests stand, or nothing could be made of it.
/// </summary>
public sealed class SaveDrawing(ReleaseDesk desk, IRunsUnderWay runs)
{
    /// <param name="lease">The lease under which the page was opened; null for a file that is imported.</param>
    public async Task<Result<ReleaseDraft>> HandleAsync(Viewer viewer, string eService, JsonObject model, Guid? lease, CancellationToken ct)
    {
        if (DrawingJson.WhyNot(model) is { } no) return no;
        var standing = await runs.StandingAsync(viewer, eService, ct);
        return await desk.RunAsync<ReleaseDraft>(
            viewer,
            async db =>
            {
                var held = await desk.HeldAsync(db, viewer, eService, ct);
                if (held.IsRefused) return held.Refusal;
                var row = held.Value;
                if (lease is not null && lease != row.LeaseId) return new ThePageIsOld();
                var draft = ReleaseDraft.Of(row, desk.MachineNow);
                if (WhyNotWithout(draft, model, standing) is { } standsOn) return standsOn;
                await StoreAsync(db, viewer, row, draft, DrawingJson.Into(draft.Drawing, model), ct);
                return ReleaseDraft.Of(row, desk.MachineNow);
            },
            ct);
    }

    private async Task StoreAsync(Database.PortalDb db, Viewer viewer, ReleaseDraftRow row, ReleaseDraft draft, JsonObject drawing, CancellationToken ct)
    {
        // Studio saves on opening too: who changed nothing has not edited.
        if (CanonicalJson.Text(draft.Drawing) == CanonicalJson.Text(drawing)) return;
        draft.Document["files"]![ReleaseDraft.DrawingFile] = drawing;
        (row.Document, row.Revision, row.SavedBy, row.SavedAt) = (draft.Document.ToJsonString(), row.Revision + 1, viewer.User, desk.Now);
        if (row.Editors.Contains(viewer.User.Value)) return;
        row.Editors = [.. row.Editors, viewer.User.Value];
        await ReleaseRecord.AddAsync(db, row.EService, ReleaseHappening.DraftEdited, desk.Now, viewer.User, new JsonObject { ["release"] = row.BaseHash }, ct);
    }

    // As the canvas calls it, or the flow by which the requests go.
    private string TitleOf(ReleaseDraft draft, string step) =>
        DrawingJson.TitleOf(draft.Drawing, step) ?? desk.Catalogue.InForce(draft.EService, desk.Now)?.Flow.Steps.FirstOrDefault(s => s.Id == step)?.Named ?? step;

    private RequestsStandOnTheStep? WhyNotWithout(ReleaseDraft draft, JsonObject model, IReadOnlyDictionary<string, int> standing)
    {
        var known = DrawingJson.StepIds(draft.Drawing).ToHashSet(StringComparer.Ordinal);
        if (desk.Catalogue.InForce(draft.EService, desk.Now)?.File(ReleaseDraft.DrawingFile) is JsonObject inForce) known.UnionWith(DrawingJson.StepIds(inForce));
        var gone = known.Except(DrawingJson.StepIds(model)).Where(standing.ContainsKey).Order(StringComparer.Ordinal).ToList();
        return gone.Count == 0 ? null : new RequestsStandOnTheStep(string.Join(", ", gone.Select(s => TitleOf(draft, s))), gone.Sum(s => standing[s]));
    }
}
