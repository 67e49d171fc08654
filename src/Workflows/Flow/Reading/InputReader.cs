using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Expressions;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>Elsa's inputs: <c>{"typeName": …, "expression": {"type": …, "value": …}}</c>, or a bare value.</summary>
internal sealed class InputReader(string step, string title, Drawing drawing, Faults faults)
{
    private static readonly string[] Known = [Scopes.Facts, Scopes.Variables, Scopes.Input];
    private readonly HashSet<string> workflowInputs = new(StringComparer.Ordinal);
    private readonly List<FlowExpression> expressions = [];

    /// <summary>Every expression read so far.</summary>
    public IReadOnlyList<FlowExpression> Expressions => expressions;

    /// <summary>Whether what is read next is worked out once for each approved line.</summary>
    public bool SeesLine { get; set; }

    /// <summary>Names of the workflow inputs read so far.</summary>
    public IReadOnlySet<string> WorkflowInputs => workflowInputs;

    /// <summary>Null where the input is not given, or is at fault.</summary>
    public Input? Read(string name, JsonNode? wrapped)
    {
        if (wrapped is not JsonObject given)
        {
            return wrapped is JsonValue plain ? new Written(plain) : wrapped is null ? null : Wrong(name, "is a list. Write it as an expression of type Object");
        }

        if (!given.ContainsKey("typeName"))
        {
            return Wrong(name, "has no typeName, and Elsa leaves such an input out. Write one, such as String or Object");
        }

        return Elsa.Member(given, "expression") is { } expression ? ReadExpression(name, expression) : null;
    }

    /// <summary>The expression within an input; a switch's cases hold it bare.</summary>
    public Input? ReadExpression(string name, JsonNode? expression)
    {
        var value = Elsa.Member(expression, "value");
        return Elsa.Text(expression, "type") switch
        {
            "Literal" => Literal(value),
            "Object" => Object(name, value),
            "Variable" => Variable(name, value),
            "Input" => WorkflowInput(name, value is JsonObject ? Elsa.Text(value, "name") : Conversion.Text(value)),
            "JavaScript" => JavaScript(name, Conversion.Text(value)),
            var other => Wrong(name, $"is of type {other ?? "unknown"}. Use Literal, Variable, Input, Object or JavaScript"),
        };
    }

    /// <summary>One expression that stands alone as text.</summary>
    public Expression? Parse(string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var reading = Expression.Parse(text);
        if (reading.Fault is not null)
        {
            Wrong(name, $"can't be used: {reading.Fault.TrimEnd('.')}", FaultCodes.Expression);
        }

        foreach (var unknown in reading.Expression?.Names.Where(n => !Known.Contains(n) && !(SeesLine && n == Scopes.Line)) ?? [])
        {
            Wrong(name, $"names '{unknown}', which a flow does not know. Use facts.answers, facts.lines or another of the facts{(unknown == Scopes.Line ? "; only a register step that works through the lines sees 'line'" : "")}", FaultCodes.UnknownName);
        }

        foreach (var variable in reading.Expression?.Variables.Where(v => !drawing.Variables.ContainsKey(v)) ?? [])
        {
            Wrong(name, $"reads the variable '{variable}', which is not declared. Declare it among the flow's variables", FaultCodes.UnknownName);
        }

        workflowInputs.UnionWith(reading.Expression?.Inputs ?? workflowInputs);
        workflowInputs.UnionWith(reading.Expression?.Accessors.Where(a => !drawing.Variables.ContainsKey(a) && !drawing.Variables.ContainsKey(char.ToLowerInvariant(a[0]) + a[1..])) ?? []);
        if (reading.Expression is not null)
        {
            expressions.Add(new FlowExpression(step, title, name, reading.Expression));
        }

        return reading.Expression;
    }

    private static Written? Literal(JsonNode? value) => value is null ? null : new Written(value);

    private Input? Object(string name, JsonNode? value)
    {
        if (value is not JsonValue text || text.GetValueKind() != JsonValueKind.String)
        {
            return value is null ? null : new Written(value);
        }

        try
        {
            return string.IsNullOrWhiteSpace(text.GetValue<string>()) ? null : new Written(Elsa.Parse(text.GetValue<string>()));
        }
        catch (JsonException wrong)
        {
            return Wrong(name, $"is no JSON: {wrong.Message.TrimEnd('.')}");
        }
    }

    private Input? WorkflowInput(string name, string? input)
    {
        if (input is null)
        {
            return Wrong(name, "reads an input without a name");
        }

        workflowInputs.Add(input);
        return new Named(Scopes.Input, input);
    }

    private Named? Variable(string name, JsonNode? value)
    {
        var id = value is JsonObject ? Elsa.Text(value, "id") : Conversion.Text(value);
        if (id is not null && drawing.VariableNames.TryGetValue(id, out var variable))
        {
            return new Named(Scopes.Variables, variable);
        }

        Wrong(name, $"refers to the variable '{id}', which is not declared. Declare it among the flow's variables", FaultCodes.UnknownName);
        return null;
    }

    private Computed? JavaScript(string name, string? text) => Parse(name, text) is { } expression ? new Computed(expression) : null;

    private Input? Wrong(string name, string what, string code = FaultCodes.Input)
    {
        faults.Add(code, step, title, $"'{title}': {PaletteWords.Input(name)} {what}.");
        return null;
    }
}
