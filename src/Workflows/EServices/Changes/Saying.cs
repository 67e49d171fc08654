using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Changes;

/// <summary>Values as people say them.</summary>
internal static class Saying
{
    private static readonly string[] Numbers = ["nobody", "one person", "two people", "three people", "four people", "five people"];

    public static string People(int count) => count >= 0 && count < Numbers.Length ? Numbers[count] : $"{count} people";

    /// <summary>" (before: …)", with a leading space.</summary>
    public static string Before(JsonNode? was) => $" (before: {Of(was)})";

    /// <summary>Words in three languages by their English, all else without brackets and braces of JSON.</summary>
    public static string Of(JsonNode? node) => node switch
    {
        null => "nothing",
        JsonObject words when words.ContainsKey("en") => $"'{words["en"]}'",
        JsonObject one => string.Join(", ", one.Select(p => $"{Spaced(p.Key)} {Of(p.Value)}")),
        JsonArray { Count: 0 } => "nothing",
        JsonArray all => string.Join(" and ", all.Select(Of)),
        _ => node.GetValueKind() switch { JsonValueKind.True => "yes", JsonValueKind.False => "no", _ => FlowOutline.Said(node.ToString()) },
    };

    /// <summary>"visibleWhen" as "visible when".</summary>
    public static string Spaced(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    /// <summary>Names of members that differ between two objects of one kind.</summary>
    public static IEnumerable<string> Differing(JsonObject was, JsonObject now) =>
        was.Select(m => m.Key).Union(now.Select(m => m.Key)).Where(name => !JsonNode.DeepEquals(was[name], now[name]));

    /// <summary>Whether only a translation differs: then the English says nothing.</summary>
    public static bool IsTranslation(JsonNode? was, JsonNode? now) =>
        was is JsonObject a && now is JsonObject b && a.ContainsKey("en") && b.ContainsKey("en") && JsonNode.DeepEquals(a["en"], b["en"]);

    /// <summary>What happened to one member, after the words that name its owner.</summary>
    public static string Change(string what, JsonNode? was, JsonNode? now) =>
        IsTranslation(was, now) ? $"{what} was translated anew"
        : was is null ? $"{what} was added: {Of(now)}"
        : now is null ? $"{what} was removed{Before(was)}"
        : Of(was) == Of(now) ? $"{what} was changed in its details"
        : $"{what} is now {Of(now)}{Before(was)}";

    /// <summary>Things that go by a name, paired: the one before and the one after, of which one may be missing.</summary>
    public static IEnumerable<(string Name, T? Was, T? Now)> Paired<T>(IEnumerable<T> was, IEnumerable<T> now, Func<T, string> name)
        where T : class
    {
        var (old, young) = (ByName(was, name), ByName(now, name));
        return old.Keys.Union(young.Keys).Select(n => (n, old.GetValueOrDefault(n), young.GetValueOrDefault(n)));
    }

    public static IEnumerable<(string Name, T? Was, T? Now)> Paired<T>(IReadOnlyDictionary<string, T> was, IReadOnlyDictionary<string, T> now)
        where T : class =>
        was.Keys.Union(now.Keys).Select(n => (n, was.GetValueOrDefault(n), now.GetValueOrDefault(n)));

    public static JsonObject Json<T>(T thing) => JsonSerializer.SerializeToNode(thing, EServiceJson.Options)!.AsObject();

    public static string Label(LocalText label) => $"'{label.En}'";

    private static Dictionary<string, T> ByName<T>(IEnumerable<T> things, Func<T, string> name)
    {
        var named = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var thing in things)
        {
            named.TryAdd(name(thing), thing);
        }

        return named;
    }
}
