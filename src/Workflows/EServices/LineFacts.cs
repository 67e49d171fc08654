using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// What flows and deadlines know of the lines (<c>facts.lines</c>): how many were asked for and what became of them, each
/// line with its outcome, and per granted date the latest one.
/// </summary>
public static class LineFacts
{
    /// <param name="decisions">What was said so far; empty before anybody decided.</param>
    /// <param name="milestones">What was reported so far (<see cref="Milestones"/>); null before anything was.</param>
    public static JsonObject Of(FormDefinition form, JsonObject answers, IEnumerable<LineDecision> decisions, JsonObject? milestones = null)
    {
        var said = decisions.DistinctBy(d => d.Line).ToDictionary(d => d.Line);
        var items = new JsonArray();
        foreach (var (i, line) in (form.Showing(answers).Lines is { } field && answers[field.Name] is JsonArray lines ? lines : []).Index())
        {
            var item = line is JsonObject ? (JsonObject)line.DeepClone() : [];
            var decision = said.GetValueOrDefault(i + 1);
            item["line"] = i + 1;
            item["outcome"] = decision?.Outcome;
            item["reason"] = decision?.Reason;
            item["decision"] = decision?.Decision?.DeepClone();
            if (milestones is not null) item["milestones"] = Milestones.OfLine(milestones, i + 1);
            items.Add(item);
        }

        return new JsonObject
        {
            ["asked"] = items.Count,
            ["approved"] = Count(items, LineOutcomes.Approve),
            ["rejected"] = Count(items, LineOutcomes.Reject),
            ["returned"] = Count(items, LineOutcomes.Return),
            ["latest"] = Latest(form, items),
            ["items"] = items,
        };
    }

    /// <summary>It is approved, and less of it than was asked.</summary>
    /// <param name="line">What was asked; null where that isn't known.</param>
    public static bool IsInPart(FormDefinition form, LineDecision decision, JsonObject? line) =>
        decision.Outcome == LineOutcomes.Approve && (form.Decision?.Fields ?? []).Any(f => AskedBeyond(f, decision, line) is not null);

    /// <summary>The most that could be granted, where less was: a number below its own limit. Null where all of it was.</summary>
    public static JsonNode? AskedBeyond(FormField field, LineDecision decision, JsonObject? line) =>
        line is not null && field.Type is FieldType.Integer or FieldType.Money or FieldType.Decimal
        && field.Max?.Evaluate(new Dictionary<string, JsonNode?> { ["line"] = line }).Value is { } most
        && Number(most) is { } asked && Number(decision.Decision?[field.Name]) is { } granted && granted < asked ? most : null;

    private static decimal? Number(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int Count(JsonArray items, string outcome) => items.Count(i => i!["outcome"].Text() == outcome);

    private static JsonObject Latest(FormDefinition form, JsonArray items) => new(
        from field in form.Decision?.Fields ?? []
        where field.Type == FieldType.Date
        let dates = items.Where(i => i!["outcome"].Text() == LineOutcomes.Approve).Select(i => i!["decision"]?[field.Name].Text()).OfType<string>()
        select KeyValuePair.Create(field.Name, (JsonNode?)dates.Max(StringComparer.Ordinal)));
}
