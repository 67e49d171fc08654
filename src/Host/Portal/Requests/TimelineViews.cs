using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using HongKongWords = ClientConnect.Host.Portal.Kit.HongKongWords;
using Shown = ClientConnect.Host.Portal.Kit.TimelineEntry;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>What happened, in words: participants read roles and firms, the clearing house names.</summary>
internal static class TimelineViews
{
    public static IReadOnlyList<Shown> Of(Viewer viewer, LoadedRequest request, IReadOnlyList<TimelineEntry> entries) =>
        [.. entries.Select(e => new Shown(TitleOf(request, e), By(e.By, viewer), e.At)
        {
            Text = string.Join("\n", new[] { Lines(e, viewer.Language), Called(e, viewer.Language), Moved(request, e, viewer.Language), Closed(request, e, viewer.Language), e.Milestone is { } reached && e.Item is null ? MilestoneViews.Text(request, reached, viewer.Language) : null, e.Reason }.Where(t => !string.IsNullOrEmpty(t))) is { Length: > 0 } text ? text : null,
            Remarks = Remarks(request.Form, e),
            Hash = viewer.IsClearingHouse ? e.ContentHash : null,
        })];

    public static LocalText By(Doer doer, Viewer viewer)
    {
        var role = Words.Text("role." + doer.Role);
        var firm = doer.Firm is { } name && (viewer.IsClearingHouse || name != viewer.FirmName) ? name : null;
        return PortalCalls.Texts(l => string.Join(", ", new[] { doer.Name, role.In(l), doer.Role is "reviewer" or "approver" or "supervisor" ? null : firm }.OfType<string>()));
    }

    // A milestone is called what the form calls it, the approval that follows a confirmation what the drawing calls it.
    private static LocalText TitleOf(LoadedRequest request, TimelineEntry entry) =>
        entry.Item is { } item ? PortalCalls.Texts(l => Words.Of("timeline.followUp.item", l, ("item", ItemOf(request, item).In(l))))
        : entry.Milestone is { } name && request.Bundle.Form.Milestones?.FirstOrDefault(m => m.Name == name) is { } milestone ? milestone.Title
        : entry.Confirmed is { } step ? FurtherApprovals.Recorded(request, step)
        : Words.Text("timeline." + entry.What);

    private static LocalText ItemOf(LoadedRequest request, string item) =>
        FollowUps.Of(request).FirstOrDefault(f => f.Item == item) is { } followed ? BesideTasks.LabelOf(request.Bundle, followed.Answer, item) : new LocalText(item);

    private static string? Moved(LoadedRequest request, TimelineEntry entry, string language) => entry.Moved.Count == 0 ? null : string.Join("\n", entry.Moved.Select(m => Words.Of(
        "timeline.moved", language, ("deadline", request.Bundle.Service.Deadlines.FirstOrDefault(d => d.Name == m.Deadline)?.Label.In(language) ?? m.Deadline), ("from", HongKongWords.DateAndTime(m.From, language)), ("to", HongKongWords.DateAndTime(m.To, language)))));

    private static string? Closed(LoadedRequest request, TimelineEntry entry, string language) => entry.Closed.Count == 0 ? null : string.Join("\n", entry.Closed.Select(c => Words.Of(
        entry.What is "daysClosed" or "deadlinesMoved" ? "timeline.closed" : "timeline.closed.approved", language, ("answer", FieldWords.Of(request.Form, c.Path).In(language)), ("day", HongKongWords.Date(c.Day, language)))));

    // What the firm was called, and is called since.
    private static string? Called(TimelineEntry entry, string language) => entry.FirmName is { } name
        ? Words.Of("timeline.firm-name", language, ("from", Name(name["from"], language)), ("to", Name(name["to"], language))) : null;

    private static string Name(JsonNode? name, string language) => name?[language].Said() ?? name?["en"].Said() ?? "–";

    // How the lines were proposed or decided, in numbers.
    private static string? Lines(TimelineEntry entry, string language)
    {
        var lines = Outcomes.Read(entry.Lines);
        var n = (string outcome) => lines.Count(l => l.Outcome == outcome);
        return string.Join(language == "en" ? "; " : "；", new[] { (Key: "approved", N: n(LineOutcomes.Approve)), (Key: "rejected", N: n(LineOutcomes.Reject)), (Key: "returned", N: n(LineOutcomes.Return)) }
            .Where(c => c.N > 0).Select(c => Words.Of("proposal." + c.Key, language, ("n", PortalCalls.Number(c.N)), ("all", PortalCalls.Number(lines.Count)))));
    }

    // The first remark is the reason itself, which stands above.
    private static IReadOnlyList<(LocalText Field, string Text)> Remarks(FormDefinition form, TimelineEntry entry) =>
        [.. (entry.Remarks ?? []).OfType<JsonObject>().Select(r => (Path: r["path"].Said() ?? "", Text: r["text"].Said() ?? "")).Where(r => r.Path.Length > 0)
            .Select(r => (FieldWords.Of(form, r.Path), r.Text))];
}
