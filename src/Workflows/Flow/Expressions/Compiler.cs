using Acornima;
using Acornima.Ast;

namespace ClientConnect.Workflows.Flow.Expressions;

/// <summary>
/// Checks a parse tree against the allowed subset and compiles it in the same walk: what has no case here is refused, so
/// nothing can be evaluated that was not looked at.
/// </summary>
internal sealed partial class Compiler
{
    private static readonly ParserOptions Options = new() { AllowReturnOutsideFunction = true };

    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Paths { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Variables { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Inputs { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Accessors { get; } = new(StringComparer.Ordinal);

    public Evaluate Compile(string text)
    {
        var body = new Parser(Options).ParseScript(text).Body;
        var statement = body.Count == 1 ? body[0] : null;
        return statement switch
        {
            ExpressionStatement only => Part(only.Expression),
            ReturnStatement { Argument: { } returned } => Part(returned),
            _ when body.Count == 0 => throw new NotAllowedException("The expression is empty."),
            BlockStatement => throw new NotAllowedException("An object needs parentheses around it: ({ … })."),
            _ => throw new NotAllowedException("Only one expression is allowed: no statements, loops, functions or variables of its own. Use '?:' to choose, and steps of the flow for the rest."),
        };
    }

    private Evaluate Part(Node node)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return node switch
        {
            NumericLiteral literal => Constant(literal.Value),
            StringLiteral literal => Constant(literal.Value),
            BooleanLiteral literal => Constant(Json.Bool(literal.Value)),
            NullLiteral => Constant(null),
            TemplateLiteral template => Template(template),
            Identifier identifier => Named(identifier.Name),
            ArrayExpression array => List(array),
            ObjectExpression members => Object(members),
            ParenthesizedExpression inner => Part(inner.Expression),
            ChainExpression chain => Chain(Part(chain.Expression)),
            MemberExpression member => Member(member),
            CallExpression call => Call(call),
            ConditionalExpression choice => Conditional(Part(choice.Test), Part(choice.Consequent), Part(choice.Alternate)),
            UpdateExpression or AssignmentExpression => throw Refused(node, "changes a value", "Use a Set variable step."),
            UnaryExpression unary => Unary(unary),
            BinaryExpression binary => Binary(binary),
            ArrowFunctionExpression or FunctionExpression => throw Refused(node, "is a function", "Ask the data for a value that is there already, such as facts.lines.approved."),
            NewExpression => throw Refused(node, "makes an object with 'new'", "Time is facts.now and facts.today."),
            RegExpLiteral => throw Refused(node, "is a regular expression", "Use includes, startsWith or endsWith."),
            BigIntLiteral => throw Refused(node, "is a BigInt", "Use a plain number."),
            _ => throw Refused(node, $"is a {node.Type}", "It is not in the allowed subset."),
        };
    }

    private static NotAllowedException Refused(Node node, string what, string instead) =>
        new($"What stands at line {node.Location.Start.Line}, column {node.Location.Start.Column + 1} {what}, which is not allowed. {instead}");

    private static Evaluate Constant(object? value) => _ => value;

    private Evaluate Named(string name)
    {
        switch (name)
        {
            case "undefined": return Constant(Undefined.Value);
            case "NaN": return Constant(double.NaN);
            case "Infinity": return Constant(double.PositiveInfinity);
            case "eval" or "globalThis" or "Function" or "Date" or "Math" or "JSON" or "Object" or "Array" or "Reflect" or "Symbol" or "Proxy":
                throw new NotAllowedException($"'{name}' is not allowed here. Time is facts.now; of Math only calls such as Math.min(…) are offered.");
            default:
                Names.Add(name);
                return e => e.Read(name);
        }
    }

    private Evaluate Template(TemplateLiteral template)
    {
        var texts = template.Quasis.Select(q => q.Value.Cooked ?? "").ToArray();
        var parts = template.Expressions.Select(Part).ToArray();
        return e =>
        {
            var result = texts[0];
            for (var i = 0; i < parts.Length; i++)
            {
                result = e.Budget.Paid(result + Coercion.ToText(parts[i](e), e.Budget) + texts[i + 1]);
            }

            return result;
        };
    }

    private Evaluate List(ArrayExpression array)
    {
        var items = array.Elements.Select(item => item is null ? throw Refused(array, "is a list with a gap", "Write null.") : Part(item)).ToArray();
        return e =>
        {
            e.Budget.Pay(items.Length);
            return items.Select(item => item(e)).ToList();
        };
    }

    private Evaluate Object(ObjectExpression literal)
    {
        var members = literal.Properties.Select(Property).ToArray();
        return e =>
        {
            e.Budget.Pay(members.Length);
            var result = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
            foreach (var (name, value) in members)
            {
                result[name] = value(e);
            }

            return result;
        };
    }

    private (string Name, Evaluate Value) Property(Node node)
    {
        if (node is not Property { Computed: false, Kind: PropertyKind.Init, Method: false, Value: var value } property)
        {
            throw Refused(node, "is no plain member", "Write name: value.");
        }

        var name = property.Key switch
        {
            Identifier id => id.Name,
            StringLiteral text => text.Value,
            NumericLiteral number => NumberText.Of(number.Value),
            var other => throw Refused(other, "is no plain name", "Write name: value."),
        };
        return Members.Hidden.Contains(name) ? throw Refused(node, $"sets '{name}'", "Choose another name.") : (name, Part((Node)value));
    }
}
