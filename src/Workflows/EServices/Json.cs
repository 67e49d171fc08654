using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ClientConnect.Workflows.EServices;

/// <summary>How the files of an eService are read, and what their values are.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter<Kernel.ClearingHouse>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Throws <see cref="JsonException"/> where the text is no JSON, says a name twice, or is nested too deeply.</summary>
    public static JsonNode? Parse(string text) => JsonNode.Parse(text, documentOptions: Strict);

    /// <summary>As <see cref="Parse"/>; throws as well where a number is larger than any computer's.</summary>
    public static JsonNode? ParseFile(string text)
    {
        var node = Parse(text);
        return All(node).FirstOrDefault(n => n.GetValueKind() == JsonValueKind.Number && !double.IsFinite(n.GetValue<double>())) is { } endless
            ? throw new JsonException($"{endless.ToJsonString()} is larger than any number can be.", endless.GetPath(), null, null)
            : node;
    }

    /// <summary>A node and all below it.</summary>
    public static IEnumerable<JsonNode> All(JsonNode? node) => node switch
    {
        null => [],
        JsonObject members => members.SelectMany(m => All(m.Value)).Prepend(node),
        JsonArray items => items.SelectMany(All).Prepend(node),
        _ => [node],
    };

    /// <summary>The text of a JSON text; null for everything else.</summary>
    public static string? Text(this JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    /// <summary>The number of a JSON number, exactly; null for everything else, and where it is larger than any amount.</summary>
    public static decimal? Number(this JsonNode? node) =>
        node?.GetValueKind() != JsonValueKind.Number ? null
        : node is JsonValue value && value.TryGetValue<decimal>(out var exact) ? exact
        : decimal.TryParse(node.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
        : null;

    public static DateOnly? Date(this JsonNode? node) =>
        DateOnly.TryParseExact(node.Text(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, default, out var date) ? date : null;

    public static string Iso(this DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Null, an empty text, an empty list and a declaration not made are all nothing.</summary>
    public static bool IsEmpty(this JsonNode? node) => node switch
    {
        null => true,
        JsonArray list => list.Count == 0,
        JsonObject => false,
        _ => node.GetValueKind() is JsonValueKind.Null or JsonValueKind.False || node.Text() is "",
    };
}
