using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Expressions;

namespace ClientConnect.Workflows.Flow.Steps;

/// <summary>Elsa's <c>Start</c>: nothing but a place to begin.</summary>
internal sealed record Passage() : Instant([Flow.Ports.Done])
{
    public override string Leave(Visit visit) => Flow.Ports.Done;
}

/// <summary>Elsa's <c>FlowDecision</c>.</summary>
internal sealed record Decision(Input Condition) : Instant(["True", "False"])
{
    public override string? Leave(Visit visit) => visit.Truth(Condition) switch { true => "True", false => "False", null => null };
}

/// <summary>Elsa's <c>FlowSwitch</c> in the mode <c>MatchFirst</c>: the first case that holds, else <c>Default</c>.</summary>
internal sealed record Switch(IReadOnlyList<Case> Cases) : Instant([.. Cases.Select(c => c.Label), "Default"])
{
    public override string? Leave(Visit visit)
    {
        foreach (var (label, condition) in Cases)
        {
            switch (visit.Truth(condition))
            {
                case null: return null;
                case true: return label;
            }
        }

        return "Default";
    }
}

internal sealed record Case(string Label, Input Condition);

/// <summary>Elsa's <c>SetVariable</c>: the value is kept as it is, whatever type the variable was declared with.</summary>
internal sealed record Assignment(string Variable, Input? Content) : Instant([Flow.Ports.Done])
{
    public override string? Leave(Visit visit)
    {
        if (!visit.Value(Content, out var value))
        {
            return null;
        }

        visit.SetVariable(Variable, value);
        return Flow.Ports.Done;
    }
}

internal sealed record StatusChange(string Status) : Instant([Flow.Ports.Done])
{
    public override string Leave(Visit visit)
    {
        visit.Emit(new SetStatus(visit.Id, visit.Number, Status));
        return Flow.Ports.Done;
    }
}

internal sealed record Telling(string Template, IReadOnlyList<string> To) : Instant([Flow.Ports.Done])
{
    public override string Leave(Visit visit)
    {
        visit.Emit(new QueueNotice(visit.Id, visit.Number, Template, To));
        return Flow.Ports.Done;
    }
}

internal sealed record OutsideCall(Input Address, Values Values) : Instant([Flow.Ports.Done])
{
    public override string? Leave(Visit visit)
    {
        visit.Emit(new CallOut(visit.Id, visit.Number, visit.Text(Address) ?? "", Values.Of(visit, visit.Scope)));
        return visit.IsStopped ? null : Flow.Ports.Done;
    }
}

/// <summary>Named values, each one expression.</summary>
internal sealed record Values(IReadOnlyList<KeyValuePair<string, Expression>> Members)
{
    public JsonObject Of(Visit visit, IReadOnlyDictionary<string, JsonNode?> scope)
    {
        var result = new JsonObject();
        foreach (var (name, expression) in Members)
        {
            var value = expression.Evaluate(scope);
            if (value.Fault is not null)
            {
                visit.Stop($"'{name}' can't be worked out: {value.Fault}");
            }

            result[name] = value.Value;
        }

        return result;
    }
}
