using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>A flowchart while it is read: variables, steps, connections, and where it begins.</summary>
internal sealed class Drawing(JsonNode? model, JsonNode? chart, Faults faults)
{
    private readonly Dictionary<string, Step> byId = new(StringComparer.Ordinal);
    private readonly List<Step> canStart = [];

    public List<Step> Steps { get; } = [];

    /// <summary>Steps that are at fault, with what leads to them and from them.</summary>
    public List<Step> Unread { get; } = [];

    /// <summary>Default values by name; the workflow's and the chart's variables are one scope, since a name may stand only once.</summary>
    public JsonObject Variables { get; } = [];

    /// <summary>Names of variables by their ids, which steps refer to.</summary>
    public Dictionary<string, string> VariableNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Inputs that Elsa keeps beyond the first wait.</summary>
    public HashSet<string> KeptInputs { get; } = new(StringComparer.Ordinal);

    public Step? Start { get; private set; }

    public void Read()
    {
        foreach (var variable in Elsa.List(Elsa.Member(model, "variables")).Concat(ReferenceEquals(model, chart) ? [] : Elsa.List(Elsa.Member(chart, "variables"))))
        {
            ReadVariable(variable);
        }

        foreach (var input in Elsa.List(Elsa.Member(model, "inputs")))
        {
            if (Elsa.Text(input, "name") is { } name && Elsa.Text(input, "storageDriverType")?.Contains("Workflow", StringComparison.Ordinal) == true)
            {
                KeptInputs.Add(name);
            }
        }

        foreach (var activity in Elsa.List(Elsa.Member(chart, "activities")))
        {
            ReadStep(activity);
        }

        foreach (var connection in Elsa.List(Elsa.Member(chart, "connections")))
        {
            ReadConnection(connection);
        }

        TellApart();
        Start = Begin();
    }

    // Steps that are called alike are known by the step before them, or else by their ids.
    private void TellApart()
    {
        var before = Steps.Concat(Unread).SelectMany(s => s.Exits.Select(e => (s.Title, e.To))).ToLookup(c => c.To, c => c.Title);
        foreach (var alike in Steps.Concat(Unread).GroupBy(s => s.Title, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
        {
            var firsts = alike.Select(s => before[s].FirstOrDefault()).ToList();
            var areApart = firsts.Distinct(StringComparer.Ordinal).Count() == firsts.Count;
            foreach (var (step, first) in alike.Zip(firsts)) step.TellApart(areApart && first is not null ? $"after '{first}'" : $"({step.Id})");
        }
    }

    private void ReadVariable(JsonNode? variable)
    {
        if (Elsa.Text(variable, "name") is not { } name)
        {
            faults.Add(FaultCodes.Variable, "A variable has no name. Give it one, or remove it.");
            return;
        }

        var type = Elsa.Text(variable, "typeName") ?? "Object";
        if (!VariableDefault.TryRead(type, Elsa.IsTrue(variable, "isArray"), Elsa.Member(variable, "value"), out var value))
        {
            faults.Add(FaultCodes.Variable, $"The default of variable '{name}' is {Elsa.Member(variable, "value")!.ToJsonString()}, which is no {Elsa.Alias(type)}. Write one, or leave it empty.");
        }

        if (!Variables.TryAdd(name, value))
        {
            faults.Add(FaultCodes.Variable, $"Two variables are called '{name}'. Rename one.");
        }
        else if (!VariableNames.TryAdd(Elsa.Text(variable, "id") ?? name, name))
        {
            faults.Add(FaultCodes.Variable, $"Two variables have the id '{Elsa.Text(variable, "id")}'. Give '{name}' another one.");
        }
    }

    private void ReadStep(JsonNode? activity)
    {
        if (Elsa.Text(activity, "id") is not { } id)
        {
            faults.Add(FaultCodes.NoDefinition, $"A step of type {Elsa.Text(activity, "type") ?? "unknown"} has no id. Draw it again.");
        }
        else if (byId.ContainsKey(id))
        {
            faults.Add(FaultCodes.DuplicateId, id, StepReader.TitleOf(activity, id), $"Two steps have the id '{id}'. Give one of them another.");
        }
        else if (new StepReader(id, activity!.AsObject(), this, faults).Read(Steps.Count) is { } step)
        {
            Steps.Add(step);
            byId.Add(id, step);
            if (Elsa.IsTrue(Elsa.Member(activity, "customProperties"), "canStartWorkflow"))
            {
                canStart.Add(step);
            }
        }
        else
        {
            var unread = StepReader.StandIn(activity, id);
            Unread.Add(unread);
            byId.Add(id, unread);
        }
    }

    private void ReadConnection(JsonNode? connection)
    {
        var (source, port) = End(connection, "source", "sourcePort");
        var (target, _) = End(connection, "target", "targetPort");
        if (source is null || target is null || !byId.TryGetValue(source, out var from) || !byId.TryGetValue(target, out var to))
        {
            faults.Add(FaultCodes.Connection, source ?? "", "", $"A connection leads from '{source}' to '{target}', which are not both steps of this flow. Draw it again.");
            return;
        }

        port ??= Ports.Done;
        if (from.Index < 0)
        {
            // What ports it has is not known for certain: its connections are kept, not judged.
            if (from.Target(port) is null) from.Exits.Add(new(port, to));
            return;
        }

        if (!from.Behaviour.Ports.Contains(port))
        {
            faults.Add(FaultCodes.Connection, from, from.Behaviour.Ports.Count == 0
                ? $"{from} is an end; nothing can follow it. Remove the connection to {to}."
                : $"{from} has no port '{port}'; it has {string.Join(", ", from.Behaviour.Ports.Select(p => $"'{p}'"))}.");
        }
        else if (from.Target(port) is { } other)
        {
            faults.Add(FaultCodes.Connection, from, other == to
                ? $"{from} is connected to {to} twice by '{port}'. Remove one connection."
                : $"{from} leads by '{port}' to both {other} and {to}. Branches open only at a Fork: put one between.");
        }
        else
        {
            from.Exits.Add(new(port, to));
        }
    }

    private static (string? Step, string? Port) End(JsonNode? connection, string side, string flatPort) => Elsa.Member(connection, side) switch
    {
        JsonObject end => (Elsa.Text(end, "activity"), Elsa.Text(end, "port")),
        _ => (Elsa.Text(connection, side), Elsa.Text(connection, flatPort)),
    };

    /// <summary>Elsa's own order: a Start step, a step that can start the workflow, a step that nothing leads to, the first.</summary>
    private Step? Begin()
    {
        if (Steps.Count == 0)
        {
            faults.Add(FaultCodes.NoDefinition, "The flow has no steps. Draw at least where it begins.");
            return null;
        }

        var targets = Steps.Concat(Unread).SelectMany(s => s.Exits).Select(e => e.To).ToHashSet();
        List<Step>[] candidates = [Steps.FindAll(s => s.Type.Name == "Elsa.Start"), canStart, Steps.FindAll(s => !targets.Contains(s)), [Steps[0]]];
        var first = candidates.First(c => c.Count > 0);
        if (first.Count > 1)
        {
            faults.Add(FaultCodes.Beginning, first[1], $"The flow could begin at {string.Join(" or ", first.Take(5))}. Put one Start where it begins, and connect or remove the others.");
        }

        return first[0];
    }
}
