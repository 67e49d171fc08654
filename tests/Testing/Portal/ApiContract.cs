using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClientConnect.Testing.Portal;

/// <summary>
/// Holds answers of the API against the portal's own description of them (<c>/openapi/v1.json</c>): the status, the headers, every
/// member and its type. Whoever speaks to the API in a test does so by way of this, so that the description can't drift from what is.
/// </summary>
public sealed partial class ApiContract
{
    private readonly JsonNode description;
    private readonly List<(Regex Pattern, JsonObject Operations)> paths;

    public ApiContract(JsonNode description)
    {
        this.description = description;
        paths = [.. description["paths"]!.AsObject().OrderBy(p => p.Key.Count(c => c == '{')).Select(p => (Matching(p.Key), p.Value!.AsObject()))];
    }

    /// <summary>What the description says otherwise; empty where the answer is as described, or about no described address.</summary>
    public IReadOnlyList<string> Differences(Answer answer)
    {
        var path = new Uri(new Uri("http://portal"), answer.Path).AbsolutePath;
        if (paths.FirstOrDefault(p => p.Pattern.IsMatch(path)).Operations is not { } operations || operations[answer.Method.Method.ToLowerInvariant()] is not { } operation) return [];
        var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
        if (operation["responses"]![status] is not { } described) return [$"{status} is not described"];
        var headers = described["headers"]?.AsObject().Select(h => h.Key) ?? [];
        var missing = headers.Where(h => !answer.Headers.Contains(h)).Select(h => $"{h} is described and did not come");
        return [.. missing, .. In(answer, described["content"]?.AsObject())];
    }

    private IEnumerable<string> In(Answer answer, JsonObject? content)
    {
        if (content is null) return answer.Body.Length == 0 || answer.MediaType?.EndsWith("json", StringComparison.Ordinal) != true ? [] : [$"A body is not described: {answer.Body}"];
        return content[answer.MediaType ?? string.Empty] is { } media ? In(answer.Json, media["schema"]!, "$") : [$"{answer.MediaType} is not described, only {string.Join(", ", content.Select(c => c.Key))}"];
    }

    private IEnumerable<string> In(JsonNode? value, JsonNode schema, string at)
    {
        if (schema["$ref"] is { } reference) return In(value, Referred(reference.GetValue<string>()), at);
        if (schema["oneOf"] is JsonArray one) return one.Any(s => !In(value, s!, at).Any()) ? [] : [$"{at} is none of what is described: {value?.ToJsonString()}"];
        var types = schema["type"] switch { JsonArray several => [.. several.Select(t => t!.GetValue<string>())], JsonValue single => [single.GetValue<string>()], _ => Array.Empty<string>() };
        if (types.Length > 0 && !types.Any(t => Is(value, t))) return [$"{at} is described as {string.Join(" or ", types)} and is {value?.ToJsonString() ?? "null"}"];
        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value))) return [$"{at} is not among what is described: {value?.ToJsonString() ?? "null"}"];
        return value switch
        {
            JsonObject members => Members(members, schema, at),
            JsonArray items when schema["items"] is { } item => items.SelectMany((v, i) => In(v, item, $"{at}[{i}]")),
            _ => [],
        };
    }

    private IEnumerable<string> Members(JsonObject members, JsonNode schema, string at)
    {
        var known = schema["properties"]?.AsObject();
        var missing = (schema["required"] as JsonArray ?? []).Select(r => r!.GetValue<string>()).Where(r => !members.ContainsKey(r)).Select(r => $"{at}.{r} is required and missing");
        return missing.Concat(members.SelectMany(m =>
            known?[m.Key] is { } own ? In(m.Value, own, $"{at}.{m.Key}")
            : schema["additionalProperties"] is JsonObject other ? In(m.Value, other, $"{at}.{m.Key}")
            : known is null || schema["additionalProperties"] is JsonValue more && more.GetValue<bool>() ? []
            : [$"{at}.{m.Key} is not described"]));
    }

    private JsonNode Referred(string reference) => reference.Split('/').Skip(1).Aggregate(description, (node, name) => node[name] ?? throw new InvalidOperationException($"The description refers to {reference}, which is not there."));

    private static bool Is(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null, type) switch
    {
        (JsonValueKind.Null, "null") or (JsonValueKind.String, "string") or (JsonValueKind.Object, "object") or (JsonValueKind.Array, "array") or (JsonValueKind.True or JsonValueKind.False, "boolean") or (JsonValueKind.Number, "number") => true,
        (JsonValueKind.Number, "integer") => decimal.TryParse(value!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.IsInteger(number),
        _ => false,
    };

    private static Regex Matching(string path) => new($"^{Placeholder().Replace(Regex.Escape(path).Replace("\\{", "{", StringComparison.Ordinal), "[^/]+")}$", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();
}
