using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>
/// A drawing as Studio sends it, or as a file brings it: read within bounds, refused with step and reason where nothing could ever be
/// made of it, and put where the release keeps it. What is merely unfinished is no refusal: a draft may be.
/// </summary>
public static class DrawingJson
{
    /// <summary>Longest body that is read, in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    private const int MaxIdLength = 200;

    // A version's own: who saves a draft changes none of it.
    private static readonly string[] Kept = ["$schema", "id", "definitionId", "tenantId", "createdAt", "version", "toolVersion", "isLatest", "isPublished", "isReadonly", "isSystem"];

    // What the API says about a definition beside it.
    private static readonly string[] Said = ["links", "materializerName", "materializerContext", "isMaterializerAvailable", "stringData", "originalSource", "usableAsActivity"];

    /// <summary>Any JSON object in UTF-8 that PostgreSQL can hold.</summary>
    public static Result<JsonObject> Parse(byte[] bytes)
    {
        if (bytes.Length > MaxBytes) return new DefinitionIsTooLarge();
        try
        {
            var node = Json.ParseFile(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF'));
            if (node is not JsonObject body) return new NotADefinition("", "It is JSON, but no object.");
            return Texts(body).Any(t => t.Contains('\0', StringComparison.Ordinal)) ? new NotADefinition("", "It holds the NUL character, which no text can have.") : body;
        }
        catch (JsonException wrong)
        {
            return new NotADefinition("", $"It is no JSON that can be read: {wrong.Message}");
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException)
        {
            return new NotADefinition("", "It holds text that is no Unicode.");
        }
    }

    /// <summary>Why nothing can be made of it; null where a draft can hold it.</summary>
    public static Refusal? WhyNot(JsonObject model)
    {
        if (model["root"] is not JsonObject chart || chart["type"].Text() != "Elsa.Flowchart") return new NotADefinition("", "Its root is no Elsa.Flowchart with all steps in it.");
        if (chart["activities"] is { } list and not JsonArray && (list as JsonObject)?["$values"] is not JsonArray) return new NotADefinition("", "Its activities are no list.");
        var steps = StepsOf(model);
        if (steps.Count == 0) return new CanvasWouldBeEmpty();
        if (steps.Count > FlowDefinition.MaxSteps) return new NotADefinition("", $"It has {steps.Count} steps; {FlowDefinition.MaxSteps} is the most. Split the flow.");
        if (model.ToJsonString().Length > FlowDefinition.MaxLength) return new DefinitionIsTooLarge();
        return WhyNot(steps);
    }

    /// <summary>The ids of the steps that are drawn.</summary>
    public static IReadOnlySet<string> StepIds(JsonObject model) => StepsOf(model).OfType<JsonObject>().Select(s => s["id"].Text()).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>What a step is called; null where it is not drawn.</summary>
    public static string? TitleOf(JsonObject model, string step) =>
        StepsOf(model).OfType<JsonObject>().FirstOrDefault(s => s["id"].Text() == step) is { } drawn ? $"'{FlowDefinition.TitleOf(drawn, step)}'" : null;

    /// <summary>The stored file with the drawing that was sent; what belongs to a version stays the stored one's.</summary>
    public static JsonObject Into(JsonObject stored, JsonObject model)
    {
        if (stored["model"] is JsonObject inner) return new JsonObject { ["model"] = Into(inner, model) };
        var file = new JsonObject();
        foreach (var (name, value) in stored)
        {
            var taken = Kept.Contains(name) ? value : model[name];
            if (taken is not null) file[name] = WithoutNulls(taken);
        }

        foreach (var (name, value) in model.Where(m => m.Value is not null && !file.ContainsKey(m.Key) && !Kept.Contains(m.Key) && !Said.Contains(m.Key))) file[name] = WithoutNulls(value!);
        foreach (var step in StepsOf(file).OfType<JsonObject>()) NameTypes(step);
        KeepOrder(file["root"], stored["root"], "activities", step => step["id"].Text());
        KeepOrder(file["root"], stored["root"], "connections", c => $"{End(c, "source")} {End(c, "target")}");
        return file;
    }

    // Of a step that is new, Studio writes no type beside what was chosen for an input, and Elsa leaves such an input out.
    private static void NameTypes(JsonObject step)
    {
        foreach (var input in FlowVocabulary.Find(step["type"].Text() ?? "")?.Inputs ?? [])
        {
            if (step[input.Name] is JsonObject said && said["expression"] is not null && string.IsNullOrEmpty(said["typeName"].Text()))
            {
                said.Remove("typeName");
                said.Insert(0, "typeName", input.TypeName);
            }
        }
    }

    // Studio puts what was touched last at the end; where a thing stood in the file says nothing of how it was drawn.
    private static void KeepOrder(JsonNode? chart, JsonNode? before, string list, Func<JsonNode, string?> key)
    {
        if (chart is not JsonObject members || members[list] is not JsonArray now || (before as JsonObject)?[list] is not JsonArray then) return;
        var places = then.Index().Where(t => t.Item is JsonObject).DistinctBy(t => key(t.Item!)).ToDictionary(t => key(t.Item!) ?? "", t => t.Index, StringComparer.Ordinal);
        members[list] = new JsonArray([.. now.OrderBy(n => n is JsonObject ? places.GetValueOrDefault(key(n) ?? "", int.MaxValue) : int.MaxValue).Select(n => n?.DeepClone())]);
    }

    private static string End(JsonNode connection, string end) => connection[end] is JsonObject place ? $"{place["activity"].Text()}:{place["port"].Text()}" : connection[end].Text() ?? "";

    private static NotADefinition? WhyNot(List<JsonNode?> steps)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (step is not JsonObject || step["id"].Text() is not { Length: > 0 and <= MaxIdLength } id) return new NotADefinition("", "A step has no id.");
            if (!seen.Add(id)) return new NotADefinition(id, "Two steps have this id.");
            var type = step["type"].Text() ?? "";
            if (FlowVocabulary.All.All(t => t.Name != type)) return new NotADefinition(id, $"There is no step of the type \"{type}\".{Spelling.Hint(type, FlowVocabulary.All.Select(t => t.Name))}");
            if (step["version"].Number() is { } version and not 1) return new NotADefinition(id, $"Version {version} of {type} is not known here; there is only 1.");
        }

        return null;
    }

    private static List<JsonNode?> StepsOf(JsonObject model)
    {
        var list = ((model["model"] as JsonObject ?? model)["root"] as JsonObject)?["activities"];
        return [.. list as JsonArray ?? (list as JsonObject)?["$values"] as JsonArray ?? []];
    }

    private static IEnumerable<string> Texts(JsonNode node) => Json.All(node).SelectMany(n => n switch
    {
        JsonObject members => members.Select(m => m.Key),
        _ => n.Text() is { } text ? [text] : (IEnumerable<string>)[],
    });

    // Elsa leaves nulls out; Studio doesn't always.
    private static JsonNode WithoutNulls(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(m => m.Value is not null).Select(m => KeyValuePair.Create(m.Key, (JsonNode?)WithoutNulls(m.Value!)))),
        JsonArray items => new JsonArray([.. items.Select(i => i is null ? null : WithoutNulls(i))]),
        _ => node.DeepClone(),
    };
}
