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

    /// <summary>
    /// What was decided in earlier rounds and stands, while other lines are still to be decided; empty where nothing is, and where all is:
    /// then the request is open as a whole.
    /// </summary>
    public static IReadOnlyList<LineDecision> Standing(LoadedRequest request)
    {
        if (request.Outcomes is null) return [];
        var standing = Read(request.Outcomes).Where(d => d.Outcome != LineOutcomes.Return).ToList();
        return standing.Count < LineCount(request with { Draft = null }) ? standing : [];
    }

    /// <summary>Of what stands, what no longer hangs on the others: what was not granted, and approved lines that have taken effect.</summary>
    public static IReadOnlyList<LineDecision> InEffect(LoadedRequest request)
    {
        var entered = (request.Run.Entered?.Values ?? []).SelectMany(lines => lines).Select(l => l.Line).ToHashSet();
        return [.. Standing(request).Where(d => d.Outcome != LineOutcomes.Approve || entered.Contains(d.Line))];
    }

    /// <summary>Lines that are still to be decided where others are, from 1; null where the whole request is open.</summary>
    public static IReadOnlySet<int>? Open(LoadedRequest request) => Standing(request) is { Count: > 0 } standing
        ? Enumerable.Range(1, LineCount(request with { Draft = null })).Except(standing.Select(d => d.Line)).ToHashSet()
        : null;

    /// <summary>What stands and what is decided now, by line.</summary>
    internal static JsonArray With(IEnumerable<LineDecision> standing, JsonArray? decided) => ToJson(standing.Concat(Read(decided)).OrderBy(d => d.Line));

    /// <summary>How many lines a request has.</summary>
    public static int LineCount(LoadedRequest request) =>
        request.Form.Lines is { } field && request.CurrentAnswers[field.Name] is JsonArray lines ? lines.Count : 0;
}
