using Acornima;
using Acornima.Ast;

namespace ClientConnect.Workflows.Flow.Expressions;

/// <summary>Operators: logic, comparison and arithmetic; nothing that assigns, and no powers or bits.</summary>
internal sealed partial class Compiler
{
    private static Evaluate Conditional(Evaluate test, Evaluate then, Evaluate otherwise) => e => Coercion.IsTrue(test(e)) ? then(e) : otherwise(e);

    private Evaluate Unary(UnaryExpression unary)
    {
        var value = Part(unary.Argument);
        return unary.Operator switch
        {
            Operator.LogicalNot => e => Json.Bool(!Coercion.IsTrue(value(e))),
            Operator.UnaryNegation => e => -Coercion.ToNumber(value(e), e.Budget),
            Operator.UnaryPlus => e => Coercion.ToNumber(value(e), e.Budget),
            Operator.TypeOf => e => Coercion.TypeOf(value(e)),
            _ => throw Refused(unary, $"uses '{unary.Operator}'", "Offered are !, -, + and typeof."),
        };
    }

    private Evaluate Binary(BinaryExpression binary)
    {
        var (a, b) = (Part(binary.Left), Part(binary.Right));
        return binary.Operator switch
        {
            Operator.LogicalAnd => e => a(e) is var left && Coercion.IsTrue(left) ? b(e) : left,
            Operator.LogicalOr => e => a(e) is var left && Coercion.IsTrue(left) ? left : b(e),
            Operator.NullishCoalescing => e => a(e) is var left && Coercion.IsNothing(left) ? b(e) : left,
            Operator.StrictEquality => e => Json.Bool(Coercion.StrictlyEqual(a(e), b(e))),
            Operator.StrictInequality => e => Json.Bool(!Coercion.StrictlyEqual(a(e), b(e))),
            Operator.Equality => e => Json.Bool(Coercion.LooselyEqual(a(e), b(e), e.Budget)),
            Operator.Inequality => e => Json.Bool(!Coercion.LooselyEqual(a(e), b(e), e.Budget)),
            Operator.LessThan => e => Json.Bool(Coercion.Compare(a(e), b(e), e.Budget) < 0),
            Operator.LessThanOrEqual => e => Json.Bool(Coercion.Compare(a(e), b(e), e.Budget) <= 0),
            Operator.GreaterThan => e => Json.Bool(Coercion.Compare(a(e), b(e), e.Budget) > 0),
            Operator.GreaterThanOrEqual => e => Json.Bool(Coercion.Compare(a(e), b(e), e.Budget) >= 0),
            Operator.Addition => Sum(a, b),
            Operator.Subtraction => e => Coercion.ToNumber(a(e), e.Budget) - Coercion.ToNumber(b(e), e.Budget),
            Operator.Multiplication => e => Coercion.ToNumber(a(e), e.Budget) * Coercion.ToNumber(b(e), e.Budget),
            Operator.Division => e => Coercion.ToNumber(a(e), e.Budget) / Coercion.ToNumber(b(e), e.Budget),
            Operator.Remainder => e => Coercion.ToNumber(a(e), e.Budget) % Coercion.ToNumber(b(e), e.Budget),
            _ => throw Refused(binary, $"uses '{binary.Operator}'", "Offered are logic, comparison, + - * / and %."),
        };
    }

    private static Evaluate Sum(Evaluate a, Evaluate b) => e =>
    {
        var (x, y) = (Coercion.ToPrimitive(a(e), e.Budget), Coercion.ToPrimitive(b(e), e.Budget));
        if (x is string || y is string)
        {
            return e.Budget.Paid(Coercion.ToText(x, e.Budget) + Coercion.ToText(y, e.Budget));
        }

        return Coercion.ToNumber(x) + Coercion.ToNumber(y);
    };
}
