using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Shown = ClientConnect.Host.Portal.Kit.TimelineEntry;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>What happened, in words: participants read roles and firms, the clearing house names.</summary>
internal static class TimelineViews
{
    public static IReadOnlyList<Shown> Of(Viewer viewer, LoadedRequest request, IReadOnlyList<TimelineEntry> entries) =>
        [.. entries.Select(e => new Shown(Words.Text("timeline." + e.What), By(e.By, viewer), e.At)
        {
            Text = e.Reason,
            Remarks = Remarks(request.Bundle.Form, e),
            Hash = viewer.IsClearingHouse ? e.ContentHash : null,
        })];

    public static LocalText By(Doer doer, Viewer viewer)
    {
        var role = Words.Text("role." + doer.Role);
        var firm = doer.Firm is { } name && (viewer.IsClearingHouse || name != viewer.FirmName) ? name : null;
        return PortalCalls.Texts(l => string.Join(", ", new[] { doer.Name, role.In(l), doer.Role is "reviewer" or "approver" or "supervisor" ? null : firm }.OfType<string>()));
    }

    // The first remark is the reason itself, which stands above.
    private static IReadOnlyList<(LocalText Field, string Text)> Remarks(FormDefinition form, TimelineEntry entry) =>
        [.. (entry.Remarks ?? []).OfType<JsonObject>().Select(r => (Path: r["path"].Said() ?? "", Text: r["text"].Said() ?? "")).Where(r => r.Path.Length > 0)
            .Select(r => (FieldWords.Of(form, r.Path), r.Text))];
}
