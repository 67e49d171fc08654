using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClientConnect.EServices.Tests.Stories;

/// <summary>What a story changes in the sample's answers, by field or by path (<c>lines[0].exemptQty</c>).</summary>
internal static partial class Overlay
{
    public static void On(JsonObject answers, Dictionary<string, object?> with)
    {
        foreach (var (path, value) in with)
        {
            JsonNode owner = answers;
            var steps = Part().Matches(path).Select(m => m.Value.Trim('.', '[', ']')).ToList();
            foreach (var step in steps.SkipLast(1))
            {
                owner = (int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? owner[index] : owner[step])
                    ?? throw new InvalidOperationException($"The answers have no {path}.");
            }

            owner[steps[^1]] = Json(value);
        }
    }

    /// <summary>YAML knows only text: what looks like a whole number in a line is one, but for a number of an account such as 03; so do true and false.</summary>
    public static JsonNode? Json(object? yaml) => yaml switch
    {
        null => null,
        Dictionary<string, object?> line => new JsonObject(line.Select(p => KeyValuePair.Create(p.Key, Json(p.Value)))),
        IDictionary<object, object?> map => new JsonObject(map.Select(p => KeyValuePair.Create((string)p.Key, Json(p.Value)))),
        IEnumerable<object?> list => new JsonArray([.. list.Select(Json)]),
        string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text.Length < 8 && (text.Length == 1 || text[0] != '0') => JsonValue.Create(number),
        "true" or "false" => JsonValue.Create((string)yaml == "true"),
        _ => JsonValue.Create((string)yaml),
    };

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex Part();
}
