using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClientConnect.Workflows.EServices;

/// <summary>Places in the answers as service.json names them: <c>market</c>, <c>lines[].positionNo</c>.</summary>
public static partial class AnswerPaths
{
    /// <summary>All values at a place, as text; empty where nothing stands there.</summary>
    public static IReadOnlyList<string> Values(string path, JsonObject answers)
    {
        IEnumerable<JsonNode?> nodes = [answers];
        foreach (var part in path.Split('.'))
        {
            var isList = part.EndsWith("[]", StringComparison.Ordinal);
            nodes = nodes.Select(n => (n as JsonObject)?[isList ? part[..^2] : part]);
            nodes = isList ? nodes.SelectMany(n => n as JsonArray ?? []) : nodes;
        }

        return [.. nodes.OfType<JsonValue>().Where(v => !v.IsEmpty()).Select(v => v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : v.ToJsonString()).Distinct()];
    }

    /// <summary>What a request touches: each rule's text with the values of its places filled in.</summary>
    public static IReadOnlyList<TouchKey> Touches(EServiceDefinition service, JsonObject answers) =>
        [.. service.Touches.SelectMany(t => FilledIn(t.Key, answers).Select(key => new TouchKey(key, t.Exclusive))).Distinct()];

    /// <summary>The touch that a single value would make: for finding the entries that no open request touches.</summary>
    public static string Touch(Touch touch, string value) => Place().Replace(touch.Key, value);

    /// <summary>The register entries that reviewers see beside the request.</summary>
    public static IReadOnlyList<RegisterAsk> Shown(EServiceDefinition service, JsonObject answers) =>
        [.. service.Register.SelectMany(r => Values(r.Key, answers).Select(key => new RegisterAsk(r.Kind, key))).Distinct()];

    /// <summary>The places that a text names in braces.</summary>
    internal static IEnumerable<string> PlacesIn(string text) => Place().Matches(text).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> FilledIn(string text, JsonObject answers) =>
        Place().Match(text) is { Success: true } place
            ? Values(place.Groups[1].Value, answers).SelectMany(value => FilledIn(text[..place.Index] + value.Replace('{', '(') + text[(place.Index + place.Length)..], answers))
            : [text];

    [GeneratedRegex(@"\{([A-Za-z0-9_.\[\]]+)\}")]
    private static partial Regex Place();
}

/// <param name="Exclusive">A second open request with the same key is refused.</param>
public readonly record struct TouchKey(string Key, bool Exclusive);
