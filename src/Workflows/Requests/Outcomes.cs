using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.Workflows.Requests;

/// <summary>Outcomes per line as they are stored, in a proposal or as decided.</summary>
public static class Outcomes
{
    public static IReadOnlyList<LineDecision> Read(JsonArray? stored) =>
        stored is null ? [] : [.. stored.Select(o => new LineDecision((int)o!["line"]!, (string)o["outcome"]!, (string?)o["reason"], (string?)o["remarks"], o["decision"] as JsonObject))];

    public static JsonArray ToJson(IEnumerable<LineDecision> decisions) =>
        (JsonArray)JsonSerializer.SerializeToNode(decisions, JsonSerializerOptions.Web)!;

    /// <summary>How many lines a request has.</summary>
    public static int LineCount(LoadedRequest request) =>
        request.Bundle.Form.Lines is { } field && request.CurrentAnswers[field.Name] is JsonArray lines ? lines.Count : 0;
}
