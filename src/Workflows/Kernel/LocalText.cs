using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClientConnect.Workflows.Kernel;

/// <summary>
/// Words in the three languages of the portal. In files: a plain string (English only) or
/// <c>{"en": "…", "zh-Hant": "…", "zh-Hans": "…"}</c>.
/// </summary>
/// <param name="En">English: always there, and what stands in where another language is missing.</param>
/// <param name="ZhHant">Traditional Chinese; null where not yet translated.</param>
/// <param name="ZhHans">Simplified Chinese; null where not yet translated.</param>
[JsonConverter(typeof(LocalTextJson))]
public sealed record LocalText(string En, string? ZhHant = null, string? ZhHans = null)
{
    public static readonly IReadOnlyList<string> Languages = ["en", "zh-Hant", "zh-Hans"];

    /// <summary>The words in <paramref name="language"/> (one of <see cref="Languages"/>), else in English.</summary>
    public string In(string language) => language switch
    {
        "zh-Hant" => ZhHant ?? En,
        "zh-Hans" => ZhHans ?? En,
        _ => En,
    };

    public override string ToString() => En;
}

internal sealed class LocalTextJson : JsonConverter<LocalText>
{
    public override LocalText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new LocalText(reader.GetString()!);
        }

        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("en", out var en)
            ? new LocalText(en.GetString()!, Text(root, "zh-Hant"), Text(root, "zh-Hans"))
            : throw new JsonException("Words are a text, or an object with \"en\" and, where translated, \"zh-Hant\" and \"zh-Hans\".");
    }

    public override void Write(Utf8JsonWriter writer, LocalText value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("en", value.En);
        if (value.ZhHant is not null) writer.WriteString("zh-Hant", value.ZhHant);
        if (value.ZhHans is not null) writer.WriteString("zh-Hans", value.ZhHans);
        writer.WriteEndObject();
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var text) ? text.GetString() : null;
}
