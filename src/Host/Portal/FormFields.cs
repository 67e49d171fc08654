using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace ClientConnect.Host.Portal;

/// <summary>
/// A posted form as answers: <c>lines[0].stockCode</c> becomes a place in a <see cref="JsonObject"/>. Knows no eService. All
/// values stay texts (the form's rules make numbers of them); what was left empty is left out; an index that is missing
/// closes up; what does not read as a path is ignored, never a fault. Bounded, so that a hostile form costs nothing.
/// </summary>
public static class FormFields
{
    private const int MostFields = 4_000, MostItems = 500, MostIndex = 99_999, MostDepth = 4, LongestName = 200, LongestValue = 20_000;

    // "remarks" alone is an answer that all eServices have; with a place below it, it is what somebody says about that place.
    private const string Remarks = "remarks";

    /// <summary>Id of the form that saves itself; htmx names it in <c>HX-Trigger</c>.</summary>
    public const string SelfSaving = "form";

    /// <summary>Names that belong to the page, not to the answers; an eService's field may not be called so.</summary>
    public static readonly IReadOnlySet<string> Reserved = new HashSet<string>(StringComparer.Ordinal)
    {
        "do", "operation", "revision", "contentHash", "pick", "paste", "sheet", "find", "upload", "decision", "return", "back", "all", "in", "then", "note", "message", "closedDays", "__RequestVerificationToken",
    };

    /// <summary>The answers of the form, without the page's own fields.</summary>
    public static JsonObject Answers(IEnumerable<KeyValuePair<string, StringValues>> form) =>
        Read(form, path => !Reserved.Contains(path[0].Name) && !(path.Count > 1 && path[0].Name == Remarks));

    /// <summary>What was sent about single lines, by the line's own index: <c>lines[3].outcome</c> stays with line 3. For decisions.</summary>
    public static IReadOnlyDictionary<int, JsonObject> ByLine(string name, IEnumerable<KeyValuePair<string, StringValues>> form) =>
        Tree(form, path => path[0].Name == name && path[0].Index is not null).Child(name).Lines();

    /// <summary>What stands below one of the page's own names, for example <c>remarks.lines[0]</c>: path → text, empty ones left out.</summary>
    public static IReadOnlyDictionary<string, string> Below(string name, IEnumerable<KeyValuePair<string, StringValues>> form) =>
        form.Take(MostFields)
            .Where(f => f.Key.Length <= LongestName && f.Key.StartsWith(name + ".", StringComparison.Ordinal) && Path(f.Key) is not null)
            .Select(f => (Path: f.Key[(name.Length + 1)..], Text: f.Value.FirstOrDefault()?.Trim()))
            .Where(f => !string.IsNullOrEmpty(f.Text) && f.Text.Length <= LongestValue)
            .GroupBy(f => f.Path, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Text!, StringComparer.Ordinal);

    /// <summary>The values of one repeated name, for example <c>pick[]</c>.</summary>
    public static IReadOnlyList<string> Values(string name, IEnumerable<KeyValuePair<string, StringValues>> form) =>
        [.. form.Take(MostFields).Where(f => f.Key == name || f.Key == name + "[]").SelectMany(f => f.Value).OfType<string>().Where(v => v.Length is > 0 and <= LongestName).Take(MostItems)];

    private static JsonObject Read(IEnumerable<KeyValuePair<string, StringValues>> form, Func<IReadOnlyList<Step>, bool> takes) =>
        Tree(form, takes).ToJson() as JsonObject ?? [];

    private static Node Tree(IEnumerable<KeyValuePair<string, StringValues>> form, Func<IReadOnlyList<Step>, bool> takes)
    {
        var root = new Node();
        foreach (var (name, values) in form.Take(MostFields))
        {
            if (Path(name) is { } path && takes(path))
            {
                Put(root, path, values);
            }
        }

        return root;
    }

    private static void Put(Node node, IReadOnlyList<Step> path, StringValues values)
    {
        foreach (var step in path)
        {
            if (node.Texts is not null) return;
            node = node.Child(step.Name);
            if (step.Index is { } index)
            {
                if (node.Texts is not null || node.Item(index) is not { } item) return;
                node = item;
            }
        }

        if (!node.IsContainer)
        {
            node.IsList |= path[^1].IsList;
            node.Texts ??= [.. values.OfType<string>().Where(v => v.Length is > 0 and <= LongestValue).Take(MostItems)];
        }
    }

    /// <summary>Null where the name is no path: then it is none of our fields.</summary>
    private static List<Step>? Path(string name)
    {
        if (name.Length is 0 or > LongestName) return null;
        var steps = new List<Step>();
        var parts = name.Split('.');
        if (parts.Length > MostDepth) return null;
        for (var i = 0; i < parts.Length; i++)
        {
            if (StepOf(parts[i], i == parts.Length - 1) is not { } step) return null;
            steps.Add(step);
        }

        return steps;
    }

    private static Step? StepOf(string part, bool isLast)
    {
        var open = part.IndexOf('[', StringComparison.Ordinal);
        var name = open < 0 ? part : part[..open];
        if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')) return null;
        if (open < 0) return new Step(name, null, false);
        if (part[^1] != ']') return null;
        var inside = part.AsSpan(open + 1, part.Length - open - 2);
        if (inside.IsEmpty) return isLast ? new Step(name, null, true) : null;
        return int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= MostIndex ? new Step(name, index, false) : null;
    }

    private readonly record struct Step(string Name, int? Index, bool IsList);

    /// <summary>One place of the answers while they are read: an object, a list of places, or the texts that were sent.</summary>
    private sealed class Node
    {
        private Dictionary<string, Node>? children;
        private SortedDictionary<int, Node>? items;

        public List<string>? Texts { get; set; }

        public bool IsList { get; set; }

        public bool IsContainer => children is not null || items is not null;

        public Node Child(string name)
        {
            children ??= new(StringComparer.Ordinal);
            return children.TryGetValue(name, out var child) ? child : children[name] = new Node();
        }

        /// <summary>Null where there are too many.</summary>
        public Node? Item(int index)
        {
            items ??= [];
            if (items.TryGetValue(index, out var item)) return item;
            return items.Count >= MostItems ? null : items[index] = new Node();
        }

        public Dictionary<int, JsonObject> Lines() =>
            (items ?? []).ToDictionary(i => i.Key, i => i.Value.ToJson() as JsonObject ?? []);

        /// <summary>Null for an empty text. An empty line stays: somebody has just added it.</summary>
        public JsonNode? ToJson()
        {
            if (items is not null) return new JsonArray([.. items.Values.Select(i => i.ToJson() ?? new JsonObject())]);
            if (Texts is { } texts)
            {
                if (IsList) return new JsonArray([.. texts.Select(t => (JsonNode)JsonValue.Create(t))]);
                return texts.Count == 0 ? null : JsonValue.Create(texts[0]);
            }

            var result = new JsonObject();
            foreach (var (name, child) in children ?? [])
            {
                if (child.ToJson() is { } value) result[name] = value;
            }

            return result;
        }
    }
}
