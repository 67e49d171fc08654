using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Expressions;

namespace ClientConnect.Workflows.Flow.Steps;

/// <summary>One input of a step, in one of Elsa's ways to say a value.</summary>
internal abstract record Input
{
    public abstract ExpressionValue Value(IReadOnlyDictionary<string, JsonNode?> scope);

    /// <summary>For people: as written.</summary>
    public abstract string Words { get; }
}

/// <summary>Elsa's <c>Literal</c> and <c>Object</c>: written out.</summary>
internal sealed record Written(JsonNode? Content) : Input
{
    public override string Words => Content is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : Content?.ToJsonString() ?? "";

    public override ExpressionValue Value(IReadOnlyDictionary<string, JsonNode?> scope) => new(Content, null);
}

/// <summary>Elsa's <c>Variable</c> and <c>Input</c>: the value that goes by a name.</summary>
internal sealed record Named(string Container, string Name) : Input
{
    public override string Words => $"{Container} {Name}";

    public override ExpressionValue Value(IReadOnlyDictionary<string, JsonNode?> scope) =>
        new(scope.TryGetValue(Container, out var node) && node is JsonObject values ? values[Name] : null, null);
}

/// <summary>Elsa's <c>JavaScript</c>.</summary>
internal sealed record Computed(Expression Expression) : Input
{
    public override string Words => Expression.Text;

    public override ExpressionValue Value(IReadOnlyDictionary<string, JsonNode?> scope) => Expression.Evaluate(scope);
}

/// <summary>What expressions of a flow see, by name.</summary>
internal static class Scopes
{
    public const string Facts = "facts";
    public const string Variables = "variables";
    public const string Input = "input";
    public const string Line = "line";
}

/// <summary>Values as the kind that a step needs, by the rules that Elsa converts by.</summary>
internal static class Conversion
{
    public static string? Text(JsonNode? value) => value switch
    {
        null => null,
        JsonValue v => v.GetValueKind() switch
        {
            JsonValueKind.String => v.GetValue<string>(),
            JsonValueKind.Number => NumberText.Of(Json.Number(v)),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        },
        _ => value.ToJsonString(),
    };

    /// <summary>Null where the value is neither true nor false by Elsa's rules: a text must say so, a number is not zero, nothing is false.</summary>
    public static bool? Truth(JsonNode? value) => value switch
    {
        null => false,
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => Json.Number(v) != 0,
        JsonValue v => bool.TryParse(Text(v), out var truth) ? truth : null,
        _ => null,
    };

    public static int? Whole(JsonNode? value) => int.TryParse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
}
