using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClientConnect.Workflows.Calendar;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// A kind of day by name (<c>"settlement"</c>), or an expression that names one
/// (<c>"answers.market == 'HK' ? 'settlement' : 'northbound'"</c>).
/// </summary>
[JsonConverter(typeof(DayKindRuleJson))]
public sealed class DayKindRule
{
    private static readonly Dictionary<string, DayKind> ByName =
        Enum.GetValues<DayKind>().ToDictionary(k => JsonNamingPolicy.CamelCase.ConvertName(k.ToString()), StringComparer.Ordinal);

    private readonly DayKind? kind;

    private DayKindRule(string text)
    {
        kind = Kind(text);
        Rule = kind is null ? Rule.Of(text) : Rule.Of(JsonValue.Create($"'{text}'"));
    }

    /// <summary>What names the kind, for the loader's checks.</summary>
    public Rule Rule { get; }

    public static DayKindRule Of(string text) => new(text);

    /// <summary>The kind of day; null with a fault in words where the expression names none.</summary>
    public (DayKind? Kind, string? Fault) In(IReadOnlyDictionary<string, JsonNode?> scope)
    {
        if (kind is not null)
        {
            return (kind, null);
        }

        var (value, fault) = Rule.Evaluate(scope);
        return fault is not null ? (null, fault)
            : Kind(value.Text()) is { } named ? (named, null)
            : (null, $"{Rule} names no kind of day.");
    }

    private static DayKind? Kind(string? text) => text is not null && ByName.TryGetValue(text, out var named) ? named : null;

    private sealed class DayKindRuleJson : JsonConverter<DayKindRule>
    {
        public override DayKindRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? Of(reader.GetString()!) : throw new JsonException("A kind of day is a text.");

        public override void Write(Utf8JsonWriter writer, DayKindRule value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.kind is { } k ? JsonNamingPolicy.CamelCase.ConvertName(k.ToString()) : value.Rule.Text);
    }
}
