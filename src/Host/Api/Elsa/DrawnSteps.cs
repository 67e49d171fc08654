using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>A step as Elsa's clients name it.</summary>
/// <param name="NodeId">The path of ids by which Studio finds it on the canvas.</param>
internal sealed record DrawnStep(string Id, string NodeId, string Type, int Version, string Name);

/// <summary>The steps of a release as they are drawn, by their ids and by their node ids.</summary>
internal sealed class DrawnSteps
{
    private readonly Dictionary<string, DrawnStep> byId;
    private readonly Dictionary<string, DrawnStep> byNode;

    private DrawnSteps(DrawnStep chart, IEnumerable<DrawnStep> steps)
    {
        Chart = chart;
        byId = steps.DistinctBy(s => s.Id).ToDictionary(s => s.Id, StringComparer.Ordinal);
        byNode = byId.Values.DistinctBy(s => s.NodeId).ToDictionary(s => s.NodeId, StringComparer.Ordinal);
    }

    /// <summary>The flowchart around them: what happened to the run as a whole stands there.</summary>
    public DrawnStep Chart { get; }

    public DrawnStep this[string id] => byId.GetValueOrDefault(id) ?? Chart;

    public DrawnStep? AtNode(string? nodeId) => nodeId is null ? null : byNode.GetValueOrDefault(nodeId);

    public static DrawnSteps Of(EServiceBundle bundle)
    {
        var stored = bundle.File(ReleaseDraft.DrawingFile)!.AsObject();
        var root = ((stored["model"] as JsonObject ?? stored)["root"] as JsonObject)!;
        var chart = Step(root, null);
        var activities = root["activities"] as JsonArray ?? root["activities"]?["$values"] as JsonArray ?? [];
        return new DrawnSteps(chart, activities.OfType<JsonObject>().Select(a => Step(a, chart.NodeId)));
    }

    private static DrawnStep Step(JsonObject drawn, string? around)
    {
        var id = Text(drawn, "id") ?? "";
        return new DrawnStep(
            id, Text(drawn, "nodeId") ?? (around is null ? id : $"{around}:{id}"), Text(drawn, "type") ?? "", drawn["version"] is JsonValue number && number.TryGetValue<int>(out var version) ? version : 1,
            Text(drawn["metadata"] as JsonObject, "displayText") ?? Text(drawn, "name") ?? id);
    }

    private static string? Text(JsonObject? node, string name) => node?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
