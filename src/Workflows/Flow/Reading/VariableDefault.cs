using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Expressions;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>A variable's default, which Elsa stores as text, as the value that its type makes of it.</summary>
internal static class VariableDefault
{
    /// <summary>False where the text is no such value; nothing at all is null, but for a text.</summary>
    public static bool TryRead(string typeName, bool isArray, JsonNode? stored, out JsonNode? value)
    {
        var alias = Elsa.Alias(typeName);
        var text = stored is JsonValue v ? v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : v.ToJsonString() : stored?.ToJsonString();
        if (string.IsNullOrEmpty(text))
        {
            value = alias == "String" && !isArray ? text : null;
            return true;
        }

        value = isArray || alias is "List" or "Object" or "ICollection" or "IList" or "Dictionary" or "IDictionary" or "ExpandoObject" or "JsonObject" or "JsonNode" or "JsonElement"
            ? Structured(text, alias == "Object" && !isArray)
            : Simple(alias, text);
        return value is not null;
    }

    // An Object holds whatever was written: JSON where it is a list or an object, else the text itself.
    private static JsonNode? Structured(string text, bool anything)
    {
        if (text[0] is not ('[' or '{') && anything)
        {
            return text;
        }

        try
        {
            return Elsa.Parse(text);
        }
        catch (JsonException)
        {
            return anything ? text : null;
        }
    }

    private static JsonValue? Simple(string alias, string text) => alias switch
    {
        "Boolean" => bool.TryParse(text, out var truth) ? JsonValue.Create(truth) : null,
        "Int32" or "Int64" or "Int16" or "Byte" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole) : null,
        "Decimal" or "Double" or "Single" => Coercion.Decimal(text) is var number && double.IsFinite(number) ? JsonValue.Create(number) : null,
        "DateTime" or "DateTimeOffset" or "DateOnly" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? JsonValue.Create(text) : null,
        "TimeSpan" => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _) ? JsonValue.Create(text) : null,
        "Guid" => Guid.TryParse(text, out _) ? JsonValue.Create(text) : null,
        _ => JsonValue.Create(text),
    };
}
