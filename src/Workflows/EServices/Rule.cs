using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClientConnect.Workflows.Flow.Expressions;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// A value that an analyst wrote down, or an expression that finds it. In files a number, true or false is the value; a text
/// is an expression (<c>"line.reasonCode == 'OTHER'"</c>).
/// </summary>
[JsonConverter(typeof(RuleJson))]
public sealed class Rule
{
    public static readonly Rule Always = new(JsonValue.Create(true));
    public static readonly Rule Never = new(JsonValue.Create(false));

    private readonly JsonNode? constant;

    private Rule(JsonNode constant)
    {
        this.constant = constant;
        Plain = constant.GetValueKind() switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
    }

    private Rule(ExpressionReading reading, string text) => (Expression, Fault, Text) = (reading.Expression, reading.Fault, text);

    /// <summary>Null where the rule is a plain value, and where its text is no expression.</summary>
    public Expression? Expression { get; }

    /// <summary>What a plain yes or no says; null for everything else.</summary>
    public bool? Plain { get; }

    /// <summary>The expression as written; null where the rule is a plain value.</summary>
    public string? Text { get; }

    /// <summary>Why the text is no expression; null where it is one. The loader refuses such a bundle.</summary>
    public string? Fault { get; }

    /// <summary>The rule depends on nothing: true for plain values.</summary>
    public bool IsConstant => constant is not null;

    public static Rule Of(string text) => new(Expression.Parse(text), text);

    public static Rule Of(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? Of(value.GetValue<string>()) : new(value.DeepClone());

    /// <summary>Never throws; what goes wrong is said in words.</summary>
    public ExpressionValue Evaluate(IReadOnlyDictionary<string, JsonNode?> scope) =>
        constant is not null ? new(constant.DeepClone(), null)
        : Expression is not null ? Expression.Evaluate(scope)
        : new(null, Fault);

    public override string ToString() => Text ?? constant!.ToJsonString();

    private sealed class RuleJson : JsonConverter<Rule>
    {
        public override Rule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonNode.Parse(ref reader) is JsonValue value ? Of(value) : throw new JsonException("A rule is a number, true, false, or an expression as a text.");

        public override void Write(Utf8JsonWriter writer, Rule value, JsonSerializerOptions options) =>
            (value.constant ?? JsonValue.Create(value.Text!)).WriteTo(writer);
    }
}
