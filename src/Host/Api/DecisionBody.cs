using System.Text.Json.Nodes;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api;

/// <summary>
/// Reads a decision as it is sent. What a line grants may stand under <c>decision</c> or beside the outcome: both say the same.
/// </summary>
internal static class DecisionBody
{
    private static readonly HashSet<string> Known = ["outcome", "reason", "lines", "remarks", "contentHash"];

    private static readonly HashSet<string> OfLine = ["line", "outcome", "reason", "remarks", "decision"];

    public static Result<Decision> Read(JsonObject body)
    {
        var faults = body.Where(p => !Known.Contains(p.Key)).Select(p => new FieldFault(p.Key, "unknown-field"))
            .Concat(new[] { "outcome", "contentHash" }.Where(n => string.IsNullOrEmpty(body.Text(n))).Select(n => new FieldFault(n, "required")))
            .Concat(new[] { "lines", "remarks" }.Where(n => body[n] is not (null or JsonArray)).Select(n => new FieldFault(n, "not-readable"))).ToList();
        if (body["reason"] is not null && body.Text("reason") is null) faults.Add(new FieldFault("reason", "not-readable"));
        if (faults.Count > 0) return new AnswersAreIncomplete(faults);
        return new Decision(body.Text("outcome")!, body.Text("reason")?.Trim(), Lines(body["lines"] as JsonArray), Remarks(body["remarks"] as JsonArray), body.Text("contentHash"));
    }

    private static JsonArray? Lines(JsonArray? lines) =>
        lines is null ? null : new JsonArray([.. lines.Select(l => l is JsonObject line ? Line(line) : l?.DeepClone())]);

    private static JsonObject Line(JsonObject line)
    {
        var granted = line["decision"] as JsonObject is { } given ? (JsonObject)given.DeepClone() : [];
        foreach (var (name, value) in line.Where(p => !OfLine.Contains(p.Key)))
        {
            granted[name] = value?.DeepClone();
        }

        var read = new JsonObject(line.Where(p => OfLine.Contains(p.Key) && p.Key != "decision").Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        if (granted.Count > 0) read["decision"] = granted;
        return read;
    }

    private static JsonArray? Remarks(JsonArray? remarks) =>
        remarks is null ? null : new JsonArray([.. remarks.OfType<JsonObject>().Take(200).Select(r => (JsonNode)new JsonObject { ["path"] = Short(r.Text("path"), 200), ["text"] = Short(r.Text("text"), Decision.MaxText) })]);

    private static string Short(string? text, int max) => text is null ? string.Empty : text.Length <= max ? text : text[..max];
}
