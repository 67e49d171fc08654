using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Flow.Expressions;

/// <summary>A compiled part of an expression.</summary>
internal delegate object? Evaluate(Evaluation evaluation);

/// <summary>One evaluation: what it may see, and what it may still spend.</summary>
internal sealed record Evaluation(IReadOnlyDictionary<string, JsonNode?> Scope, Budget Budget)
{
    public object? Read(string name) => Scope.TryGetValue(name, out var node)
        ? Json.Value(node)
        : throw new EvaluationException($"'{name}' is not known here.");

    /// <summary>A member of one of Elsa's containers; null where it has none of that name, as in Elsa.</summary>
    public object? Contained(string container, string name) =>
        Scope.TryGetValue(container, out var node) && node is JsonObject values && values.TryGetPropertyValue(name, out var value) ? Json.Value(value) : null;
}

/// <summary>
/// What one evaluation may build. There are no loops to count: only text and lists that double can grow, so their length is
/// what is paid for.
/// </summary>
internal sealed class Budget
{
    public const int Limit = 200_000;

    private long left = Limit;

    public void Pay(long units)
    {
        left -= units;
        if (left < 0)
        {
            throw new EvaluationException($"The expression builds or searches more than {Limit} characters.");
        }
    }

    public string Paid(string text)
    {
        Pay(text.Length);
        return text;
    }
}

/// <summary>JavaScript's <c>undefined</c>; its null is ours.</summary>
internal sealed class Undefined
{
    public static readonly Undefined Value = new();

    /// <summary>The rest of a chain is skipped since <c>?.</c> met nothing.</summary>
    public static readonly object Skipped = new();
}

/// <summary>The expression can't be evaluated over this scope; caught by <see cref="Expression.Evaluate"/>.</summary>
internal sealed class EvaluationException(string message) : Exception(message);

/// <summary>The text lies outside the allowed subset; caught by <see cref="Expression.Parse"/>.</summary>
internal sealed class NotAllowedException(string message) : Exception(message);
