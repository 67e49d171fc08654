using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>Elsa's JSON as it comes: old files wrap lists, leave lists away around one thing, and spell names with a capital.</summary>
internal static class Elsa
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Throws <see cref="JsonException"/>, which names line and position.</summary>
    public static JsonNode? Parse(string json) => JsonNode.Parse(json, documentOptions: Strict);

    public static JsonNode? Member(JsonNode? node, string name) =>
        node is not JsonObject o ? null
        : o.TryGetPropertyValue(name, out var value) ? value
        : o[char.ToUpperInvariant(name[0]) + name[1..]];

    /// <summary>Null where it is missing, empty or no text.</summary>
    public static string? Text(JsonNode? node, string name) =>
        Member(node, name) is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;

    public static bool IsTrue(JsonNode? node, string name) => Member(node, name) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>A list, Elsa's <c>{"$values": […]}</c>, or one thing alone.</summary>
    public static IReadOnlyList<JsonNode?> List(JsonNode? node) => node switch
    {
        JsonArray array => [.. array],
        JsonObject o when o["$values"] is JsonArray values => [.. values],
        JsonObject { Count: > 0 } alone => [alone],
        _ => [],
    };

    /// <summary>The alias of a type: <c>String</c> for <c>System.String, System.Private.CoreLib</c>, <c>FlowJoinMode</c> for its long name.</summary>
    public static string Alias(string typeName)
    {
        var name = typeName.StartsWith("UnregisteredClrType:", StringComparison.Ordinal) ? typeName["UnregisteredClrType:".Length..] : typeName;
        var generic = name.IndexOfAny(['`', '[', '<']);
        var end = name.IndexOf(',', StringComparison.Ordinal) is var comma && comma >= 0 && (generic < 0 || comma < generic) ? comma : generic >= 0 ? generic : name.Length;
        return name[..end].Trim() is var plain && plain.LastIndexOf('.') is var dot ? plain[(dot + 1)..] : plain;
    }
}
