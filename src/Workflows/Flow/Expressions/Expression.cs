using System.Text.Json;
using System.Text.Json.Nodes;
using Acornima;

namespace ClientConnect.Workflows.Flow.Expressions;

/// <summary>
/// One JavaScript expression of the allowed subset, as flows and forms use it: read once, checked on the parse tree, and
/// evaluated as often as wanted by any thread. It can't loop, can't be called again by itself, can't reach anything but its
/// scope, and builds at most <see cref="Budget.Limit"/> characters: an analyst's slip costs a fault, never a host.
/// </summary>
public sealed class Expression
{
    /// <summary>Longest text that is read.</summary>
    public const int MaxLength = 4_000;

    private readonly Evaluate evaluate;

    private Expression(string text, Compiler compiled, Evaluate evaluate)
    {
        this.evaluate = evaluate;
        (Text, Names, Paths, Variables, Inputs, Accessors) = (text, compiled.Names, compiled.Paths, compiled.Variables, compiled.Inputs, compiled.Accessors);
    }

    public string Text { get; }

    /// <summary>Names that the scope must hold (<c>facts</c>, <c>answers</c>).</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>Members that are read by names which all stand in the text, with what leads to them: <c>facts.answers.market</c>.</summary>
    public IReadOnlySet<string> Paths { get; }

    /// <summary>Variables read by a name that stands in the text: <c>getVariable('X')</c>, <c>variables.X</c>.</summary>
    public IReadOnlySet<string> Variables { get; }

    /// <summary>Inputs read by <c>getInput('X')</c>.</summary>
    public IReadOnlySet<string> Inputs { get; }

    /// <summary>What <c>getX()</c> asks for: variables or inputs named X.</summary>
    public IReadOnlySet<string> Accessors { get; }

    /// <summary>Reads one expression; a <c>return</c> before it and a semicolon behind it are allowed, as in Studio.</summary>
    public static ExpressionReading Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            return new(null, $"The expression is {text.Length} characters long; {MaxLength} is the most. Split it, or compute a part of it in a variable.");
        }

        try
        {
            var compiler = new Compiler();
            return new(new Expression(text, compiler, compiler.Compile(text)), null);
        }
        catch (NotAllowedException refused)
        {
            return new(null, refused.Message);
        }
        catch (ParseErrorException wrong)
        {
            return new(null, $"This is not JavaScript: {wrong.Message}");
        }
        catch (InsufficientExecutionStackException)
        {
            return new(null, "The expression is nested too deeply. Split it.");
        }
    }

    /// <summary>Never throws and changes nothing in the scope; what goes wrong is said in words.</summary>
    public ExpressionValue Evaluate(IReadOnlyDictionary<string, JsonNode?> scope)
    {
        try
        {
            return new(Json.From(evaluate(new Evaluation(scope, new Budget())), 0), null);
        }
        catch (EvaluationException fault)
        {
            return new(null, fault.Message);
        }
        catch (InsufficientExecutionStackException)
        {
            return new(null, "The expression is nested too deeply.");
        }
    }

    public override string ToString() => Text;
}

/// <summary>What became of a text: the expression, or why it is none that may be used. Exactly one of the two is null.</summary>
public sealed record ExpressionReading(Expression? Expression, string? Fault);

/// <summary>What an expression came to: a value (<c>undefined</c> and <c>NaN</c> are null, as in JSON), or a fault in words.</summary>
public readonly record struct ExpressionValue(JsonNode? Value, string? Fault)
{
    /// <summary>JavaScript's truth: not null, false, 0 or an empty text. A fault is not true.</summary>
    public bool IsTrue => Fault is null && Value switch
    {
        null => false,
        JsonValue v => v.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.Number => Json.Number(v) != 0,
            JsonValueKind.String => v.GetValue<string>().Length > 0,
            _ => false,
        },
        _ => true,
    };
}
