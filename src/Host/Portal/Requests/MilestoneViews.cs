using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A milestone as everybody who sees the request reads it.</summary>
/// <param name="State"><c>done</c>, <c>here</c>, <c>next</c>; of a counterparty <c>asked</c>, and <c>silent</c> once the time for its answer is over.</param>
/// <param name="At">When it was reported; null before.</param>
public sealed record MilestoneView(LocalText Title, string State, Moment? At)
{
    /// <summary>What was said once.</summary>
    public IReadOnlyList<(LocalText Label, string Value)> Rows { get; init; } = [];

    /// <summary>What was said of single lines, by their numbers.</summary>
    public IReadOnlyList<(int Number, IReadOnlyList<(LocalText Label, string Value)> Rows)> Lines { get; init; } = [];
}

/// <summary>How far the clearing house's work has got, and what a counterparty was asked.</summary>
internal static class MilestoneViews
{
    /// <summary>In the order of the form; empty where it has none, and before anything is approved.</summary>
    public static IReadOnlyList<MilestoneView> Of(LoadedRequest request, string language)
    {
        var waiting = request.IsDraft ? [] : request.Waiting.Select(w => MilestoneReports.FormOf(request, w.Step.Id)?.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (request.IsDraft || (request.Milestones is null && waiting.Count == 0 && !(request.Bundle.Form.Milestones ?? []).Any(m => m.IsAnswer && WasAsked(request, m)))) return [];
        return [.. Waited(request).Select(m => One(m, request.Milestones?[m.Name] as JsonObject, State(request, m, waiting), language))];
    }

    /// <summary>What the clearing house does beside the request, each as its option is called.</summary>
    public static IReadOnlyList<MilestoneView> FollowUpsOf(LoadedRequest request, string language) => [.. FollowUps.Of(request).Select(f =>
        new MilestoneView(BesideTasks.LabelOf(request.Bundle, f.Answer, f.Item), f.Outcome switch { null => "here", FollowUps.Done => "done", _ => "ended" }, f.At is { } at ? new Moment(at) : null)
        {
            Rows = Rows(request.Bundle.Form.Milestones?.FirstOrDefault(m => m.Name == f.Milestone)?.Fields ?? [], f.Values, language),
        })];

    // What is followed up is no milestone that anything waits for.
    private static IEnumerable<MilestoneForm> Waited(LoadedRequest request) =>
        (request.Bundle.Form.Milestones ?? []).Where(m => !request.Bundle.Flow.FollowUps.Any(f => f.Milestone == m.Name));

    private static string State(LoadedRequest request, MilestoneForm form, HashSet<string> waiting) => form.IsAnswer
        ? waiting.Contains(form.Name) ? "asked" : WasAsked(request, form) ? "silent" : "next"
        : waiting.Contains(form.Name) ? "here" : "next";

    private static bool WasAsked(LoadedRequest request, MilestoneForm form) =>
        request.Bundle.Flow.Steps.Any(s => request.Run.Visits.ContainsKey(s.Id) && MilestoneReports.FormOf(request, s.Id) == form);

    /// <summary>What was said of a milestone, in one text.</summary>
    public static string? Text(LoadedRequest request, string milestone, string language)
    {
        var view = (request.Bundle.Form.Milestones ?? []).Where(m => m.Name == milestone).Select(m => One(m, request.Milestones?[m.Name] as JsonObject, "next", language)).FirstOrDefault();
        return view is null ? null : string.Join("\n", view.Rows.Select(r => $"{r.Label.In(language)}: {r.Value}")) is { Length: > 0 } text ? text : null;
    }

    private static MilestoneView One(MilestoneForm form, JsonObject? said, string unsaid, string language) =>
        new(form.Title, said is not null ? "done" : unsaid, said?["at"].Said() is { } at ? new Moment(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)) : null)
        {
            Rows = Rows(form.Fields, said?["values"] as JsonObject, language),
            Lines = [.. (said?["lines"] as JsonArray ?? []).OfType<JsonObject>().Select(l => ((int)l["line"]!, Rows(form.Lines, l["values"] as JsonObject, language))).Where(l => l.Item2.Count > 0)],
        };

    private static IReadOnlyList<(LocalText Label, string Value)> Rows(IReadOnlyList<Asked> fields, JsonObject? values, string language) =>
        [.. fields.Where(f => !f.Hidden).Select(f => (f.Label, Value: AnswerWords.Of(f, values?[f.Name], language))).Where(r => r.Value is not null).Select(r => (r.Label, r.Value!))];
}
