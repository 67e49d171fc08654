using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>A release as its folder under <c>workflows/</c>.</summary>
/// <param name="Write">Texts by path, with the outline; those that say what the folder says already are its own, letter by letter.</param>
/// <param name="Remove">What the folder has and the release has not.</param>
/// <param name="Shared">Shared files that are not as the release was made with them: with the folder alone it would not be the same release.</param>
public sealed record ReleaseFolder(IReadOnlyDictionary<string, string> Write, IReadOnlyList<string> Remove, IReadOnlyList<string> Shared);

/// <summary>
/// Writes a release back into the files that it was read from, normalised: members stand in the order of the file that is there, in the
/// layout of the house, so that a difference shows what was changed and nothing else.
/// </summary>
public static class ReleaseFiles
{
    private const string Shared = "_shared/", Outline = "outline.txt";
    private const int Width = 150;

    private static readonly JsonSerializerOptions Letters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="folder">What is there: the eService's files by path.</param>
    /// <param name="shared">What is there of <c>_shared</c>, by path below it.</param>
    public static ReleaseFolder Of(EServiceBundle bundle, IReadOnlyDictionary<string, string> folder, IReadOnlyDictionary<string, string> shared)
    {
        var files = bundle.Document["files"]!.AsObject();
        var write = files.Where(f => !f.Key.StartsWith(Shared, StringComparison.Ordinal)).ToDictionary(f => f.Key, f => Text(f.Value!, folder.GetValueOrDefault(f.Key)), StringComparer.Ordinal);
        write[Outline] = FlowOutline.Of(bundle.Flow, bundle.Labels);
        var gone = folder.Keys.Where(f => !write.ContainsKey(f) && f != "README.md" && !(f.EndsWith(".expected.txt", StringComparison.Ordinal) && write.ContainsKey(f.Replace(".expected.txt", ".yaml", StringComparison.Ordinal))));
        var other = files.Where(f => f.Key.StartsWith(Shared, StringComparison.Ordinal) && !Says(shared.GetValueOrDefault(f.Key[Shared.Length..]), f.Value!)).Select(f => f.Key);
        return new ReleaseFolder(write, [.. gone.Order(StringComparer.Ordinal)], [.. other.Order(StringComparer.Ordinal)]);
    }

    private static string Text(JsonNode content, string? there)
    {
        if (Says(there, content)) return there!;
        return content.Text() ?? Pretty(Ordered(content, there is null ? null : Read(there)), 0) + "\n";
    }

    private static bool Says(string? there, JsonNode content) =>
        there is not null && (content.Text() is { } text ? there.ReplaceLineEndings("\n") == text : Read(there) is { } read && CanonicalJson.Text(read) == CanonicalJson.Text(content));

    private static JsonNode? Read(string text)
    {
        try
        {
            return Json.ParseFile(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Objects of a list are known by their id, for a step that was added moves those behind it.
    private static JsonNode Ordered(JsonNode node, JsonNode? model) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(m => Place(model as JsonObject, m.Key)).ThenBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : (JsonNode?)Ordered(m.Value, (model as JsonObject)?[m.Key])))),
        JsonArray items => new JsonArray([.. items.Select((item, i) => item is null ? null : Ordered(item, Like(item, model as JsonArray, i)))]),
        _ => node.DeepClone(),
    };

    private static JsonNode? Like(JsonNode item, JsonArray? model, int index)
    {
        if (item is not JsonObject || model is null) return null;
        var same = item["id"].Text() is { } id ? model.OfType<JsonObject>().FirstOrDefault(m => m["id"].Text() == id) : null;
        return same ?? (index < model.Count ? model[index] : model.LastOrDefault());
    }

    private static int Place(JsonObject? model, string name) => model is not null && model.ContainsKey(name) ? model.Select(m => m.Key).ToList().IndexOf(name) : int.MaxValue;

    /// <param name="lead">How much of its line the member's name takes.</param>
    private static string Pretty(JsonNode? node, int indent, int lead = 0)
    {
        var line = OneLine(node);
        if (indent + lead + line.Length <= Width && (indent > 0 || node is not JsonObject)) return line;
        var inner = new string(' ', indent + 2);
        return node switch
        {
            JsonObject { Count: > 0 } members => Block('{', members.Select(m => $"{inner}{Quoted(m.Key)}: {Pretty(m.Value, indent + 2, Quoted(m.Key).Length + 2)}"), '}', indent),
            JsonArray { Count: > 0 } items => Block('[', items.Select(i => inner + Pretty(i, indent + 2)), ']', indent),
            _ => line,
        };
    }

    private static string Block(char open, IEnumerable<string> lines, char close, int indent) =>
        new StringBuilder().Append(open).Append('\n').AppendJoin(",\n", lines).Append('\n').Append(' ', indent).Append(close).ToString();

    private static string OneLine(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject { Count: 0 } => "{}",
        JsonObject members => $"{{ {string.Join(", ", members.Select(m => $"{Quoted(m.Key)}: {OneLine(m.Value)}"))} }}",
        JsonArray items => $"[{string.Join(", ", items.Select(OneLine))}]",
        _ => node.ToJsonString(Letters),
    };

    private static string Quoted(string name) => JsonSerializer.Serialize(name, Letters);
}
