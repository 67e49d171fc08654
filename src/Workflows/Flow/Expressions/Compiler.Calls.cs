using Acornima.Ast;

namespace ClientConnect.Workflows.Flow.Expressions;

/// <summary>Reading members and calling what may be called, by names that stand in the text.</summary>
internal sealed partial class Compiler
{
    private const string VariablesContainer = "variables";
    private const string InputContainer = "input";

    private static Evaluate Chain(Evaluate inner) => e => inner(e) is var value && ReferenceEquals(value, Undefined.Skipped) ? Undefined.Value : value;

    /// <summary>The names that lead to a member, where all of them stand in the text: <c>facts.answers.market</c>.</summary>
    private static string? PathOf(Node node) => node switch
    {
        Identifier identifier => identifier.Name,
        ParenthesizedExpression inner => PathOf(inner.Expression),
        ChainExpression chain => PathOf(chain.Expression),
        MemberExpression { Computed: false, Property: Identifier { Name: var name } } member when PathOf(member.Object) is { } of => $"{of}.{name}",
        MemberExpression { Computed: true, Property: StringLiteral { Value: var name } } member when PathOf(member.Object) is { } of => $"{of}.{name}",
        _ => null,
    };

    private Evaluate Member(MemberExpression member)
    {
        if (PathOf(member) is { } path)
        {
            Paths.Add(path);
        }

        if (member is { Computed: false, Property: Identifier { Name: var name } })
        {
            if (Members.Hidden.Contains(name))
            {
                throw Refused(member, $"reads '{name}'", "Only data can be read.");
            }

            if (member.Object is Identifier { Name: VariablesContainer })
            {
                Variables.Add(name);
                return e => e.Contained(VariablesContainer, name);
            }

            return Member(member, Constant(name));
        }

        return member.Computed ? Member(member, Part(member.Property)) : throw Refused(member, "reads a private member", "Only data can be read.");
    }

    private Evaluate Member(MemberExpression member, Evaluate key)
    {
        var target = Part(member.Object);
        var optional = member.Optional;
        return e =>
        {
            var from = target(e);
            return ReferenceEquals(from, Undefined.Skipped) || (optional && Coercion.IsNothing(from))
                ? Undefined.Skipped
                : Members.Get(from, key(e), e.Budget);
        };
    }

    private Evaluate Call(CallExpression call) => call.Callee switch
    {
        Identifier { Name: var name } => CallFunction(call, name),
        MemberExpression { Computed: false, Object: Identifier { Name: "Math" or "Number" or "Array" } space, Property: Identifier { Name: var name } } =>
            Functions.OfNamespace.TryGetValue($"{space.Name}.{name}", out var function)
                ? Invoke(function, Arguments(call))
                : throw Refused(call, $"calls {space.Name}.{name}", $"Offered are {string.Join(", ", Functions.OfNamespace.Keys)}."),
        MemberExpression { Computed: false, Property: Identifier { Name: var name } } member => CallMethod(call, member, name),
        _ => throw Refused(call, "calls something that is not named in the text", "Call methods by their name."),
    };

    private Evaluate CallMethod(CallExpression call, MemberExpression member, string name)
    {
        if (!Members.Methods.TryGetValue(name, out var method))
        {
            throw Refused(call, $"calls '{name}'", $"Offered are {string.Join(", ", Members.Methods.Keys)}.");
        }

        var target = Part(member.Object);
        var arguments = Arguments(call);
        var (optional, ifPresent) = (member.Optional, call.Optional);
        return e =>
        {
            var on = target(e);
            if (ReferenceEquals(on, Undefined.Skipped) || (optional && Coercion.IsNothing(on)))
            {
                return Undefined.Skipped;
            }

            return Coercion.IsNothing(on) || ifPresent ? throw Members.NoMethod(on, name) : method(on, Values(arguments, e), e.Budget);
        };
    }

    private Evaluate CallFunction(CallExpression call, string name)
    {
        if (call.Optional)
        {
            throw Refused(call, "calls a function that may be missing", "Call it plainly.");
        }

        if (Functions.Global.TryGetValue(name, out var function))
        {
            return Invoke(function, Arguments(call));
        }

        return name switch
        {
            "getVariable" => Contained(call, VariablesContainer, Variables),
            "getInput" => Contained(call, InputContainer, Inputs),
            _ when name.Length > 3 && name.StartsWith("get", StringComparison.Ordinal) && char.IsUpper(name[3]) && call.Arguments.Count == 0 => Accessor(name[3..]),
            _ => throw Refused(call, $"calls '{name}'", $"Offered are getVariable, getInput, {string.Join(", ", Functions.Global.Keys)}."),
        };
    }

    private static Evaluate Contained(CallExpression call, string container, HashSet<string> named)
    {
        if (call.Arguments is not [StringLiteral { Value: var name }])
        {
            throw Refused(call, "asks for a name that is computed", "Write the name as a plain text.");
        }

        named.Add(name);
        return e => e.Contained(container, name);
    }

    /// <summary>Elsa's <c>getAmount()</c>: the variable, or else the input, of that name with its first letter raised.</summary>
    private Evaluate Accessor(string name)
    {
        Accessors.Add(name);
        var plain = char.ToLowerInvariant(name[0]) + name[1..];
        return e => e.Contained(VariablesContainer, name) ?? e.Contained(VariablesContainer, plain) ?? e.Contained(InputContainer, name) ?? e.Contained(InputContainer, plain);
    }

    private static Evaluate Invoke(Functions.Function function, Evaluate[] arguments) => e => function(Values(arguments, e), e.Budget);

    private Evaluate[] Arguments(CallExpression call) => [.. call.Arguments.Select(Part)];

    private static object?[] Values(Evaluate[] arguments, Evaluation e)
    {
        var values = new object?[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i](e);
        }

        return values;
    }
}
