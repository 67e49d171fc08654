using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>What is reported when a milestone is reached.</summary>
/// <param name="Values">What is said once.</param>
/// <param name="Lines">What is said of each approved line: <c>{"line": 1, "values": {…}}</c>.</param>
public sealed record MilestoneReport(JsonObject Values, JsonArray Lines);

/// <param name="Faults">Paths as on the page: <c>milestone.readyDate</c>, <c>lines[0].milestone.serialNo</c>.</param>
/// <param name="Visible">Paths of the fields that are asked now.</param>
public sealed record MilestoneEvaluation(MilestoneReport Report, IReadOnlyList<FieldFault> Faults, IReadOnlySet<string> Visible);

/// <summary>
/// Milestones as they are reported and kept with a request: by name, what was said (<c>values</c>, <c>lines</c>), when and by whom. Cleaned and
/// checked by the same field types and rules as a form's answers. Pure.
/// </summary>
public static class Milestones
{
    /// <param name="lines">The request's lines with their outcomes, as <see cref="LineFacts"/> has them (<c>items</c>): of those approved something is reported, of all of them a counterparty answers.</param>
    /// <param name="sent">What is said once.</param>
    /// <param name="sentLines">One object per line: <c>line</c>, and what is said of it under <c>milestone</c>.</param>
    public static MilestoneEvaluation Evaluate(MilestoneForm form, JsonObject answers, JsonArray lines, JsonObject sent, JsonArray sentLines, FormContext context)
    {
        var (intake, fault) = FormEvaluator.Intake(new JsonObject { ["milestone"] = sent.DeepClone(), ["lines"] = sentLines.DeepClone() });
        var filling = new Filling(context);
        if (fault is not null)
        {
            filling.Refuse("", fault);
        }

        filling.Know("answers", answers);
        var values = filling.Fill(form.Fields, intake["milestone"] as JsonObject ?? [], "milestone", "milestone.");
        filling.Check(form.Fields, values, "milestone", "milestone.");
        var report = new MilestoneReport(values, form.Lines.Count == 0 ? [] : OfLines(form, values, lines, intake["lines"] as JsonArray ?? [], filling));
        RefuseUnknownLines(form, lines, intake["lines"] as JsonArray ?? [], filling);
        var done = filling.Done([]);
        return new(report, done.Faults, done.Visible);
    }

    /// <summary>All milestones with one more report; the last one of a name counts.</summary>
    public static JsonObject With(JsonObject? milestones, string name, MilestoneReport report, string by, DateTimeOffset at)
    {
        var all = (JsonObject?)milestones?.DeepClone() ?? [];
        all[name] = new JsonObject
        {
            ["values"] = report.Values.DeepClone(),
            ["lines"] = report.Lines.DeepClone(),
            ["by"] = by,
            ["at"] = at.ToHongKong().ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
        };
        return all;
    }

    /// <summary>All milestones without this one; null where none is left.</summary>
    public static JsonObject? Without(JsonObject? milestones, string name)
    {
        if (milestones?.ContainsKey(name) != true) return milestones;
        var all = (JsonObject)milestones.DeepClone();
        all.Remove(name);
        return all.Count == 0 ? null : all;
    }

    /// <summary>What flows, deadlines and notices see: per milestone what was said once, and <c>at</c>.</summary>
    public static JsonObject Facts(JsonObject? milestones) => new((milestones ?? []).Select(m =>
    {
        var said = (JsonObject)m.Value!["values"]!.DeepClone();
        said["at"] = m.Value["at"]?.DeepClone();
        return KeyValuePair.Create(m.Key, (JsonNode?)said);
    }));

    /// <summary>All of them without who reported: inside the clearing house people have names, outside they do not.</summary>
    public static JsonObject ForReaders(JsonObject? milestones)
    {
        var all = (JsonObject?)milestones?.DeepClone() ?? [];
        foreach (var (_, said) in all) (said as JsonObject)?.Remove("by");
        return all;
    }

    /// <summary>Per milestone what was said of one line.</summary>
    internal static JsonObject OfLine(JsonObject milestones, int line) => new(milestones.Select(m =>
        KeyValuePair.Create(m.Key, (m.Value!["lines"] as JsonArray)?.FirstOrDefault(l => l!["line"].Number() == line)?["values"]?.DeepClone())));

    private static JsonArray OfLines(MilestoneForm form, JsonObject values, JsonArray lines, JsonArray sent, Filling filling)
    {
        var reported = new JsonArray();
        foreach (var line in Of(form, lines))
        {
            var number = (int)line["line"].Number()!;
            var said = sent.OfType<JsonObject>().FirstOrDefault(l => l["line"].Number() == number)?["milestone"] as JsonObject ?? [];
            var path = $"lines[{number - 1}].milestone.";
            filling.Know("milestone", values);
            filling.Know("line", line);
            var own = filling.Fill(form.Lines, said, "reported", path);
            filling.Check(form.Lines, own, "reported", path);
            reported.Add((JsonNode)new JsonObject { ["line"] = number, ["values"] = own });
        }

        foreach (var field in form.Lines.Where(f => f.Distinct)) RefuseTwins(reported, field.Name, filling);
        return reported;
    }

    private static void RefuseTwins(JsonArray reported, string name, Filling filling)
    {
        var alike = reported.OfType<JsonObject>().Select(l => (Line: (int)l["line"]!, Value: l["values"]![name])).Where(l => !l.Value.IsEmpty()).GroupBy(l => l.Value!.ToJsonString(), StringComparer.Ordinal);
        foreach (var (twin, first) in alike.SelectMany(same => same.Skip(1).Select(l => (l.Line, same.First().Line))))
        {
            filling.Refuse($"lines[{twin - 1}].milestone.{name}", "duplicate", arguments: ("line", first));
        }
    }

    private static void RefuseUnknownLines(MilestoneForm form, JsonArray lines, JsonArray sent, Filling filling)
    {
        var known = form.Lines.Count == 0 ? [] : Of(form, lines).Select(l => l["line"].Number()).ToHashSet();
        foreach (var line in sent.Where(l => !known.Contains((l as JsonObject)?["line"].Number())))
        {
            filling.Refuse("", "unknown-line", arguments: ("line", (line as JsonObject)?["line"].Text() ?? "?"));
        }
    }

    private static IEnumerable<JsonObject> Of(MilestoneForm form, JsonArray lines) => lines.OfType<JsonObject>().Where(l => form.IsAnswer || l["outcome"].Text() == LineOutcomes.Approve);
}
