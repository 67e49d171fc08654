using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>One way that a token can take from where it sets out to where it rests or ends.</summary>
/// <param name="Status">The last status that is set on the way; null where none is.</param>
/// <param name="Told">Templates of the notices that are queued on the way.</param>
public sealed record FlowWay(string? Status, IReadOnlyCollection<string> Told)
{
    /// <summary>Id of the step that the token rests at; null where it ends.</summary>
    public string? Rests { get; init; }
}

/// <summary>A step of the clearing house's at which a request is looked at again before anything is decided.</summary>
public sealed record FurtherSay(FlowStep Step, TaskKind Work)
{
    /// <summary>Somebody is told before it is late.</summary>
    public bool Warns { get; init; }

    /// <summary>Somebody is told when it is late.</summary>
    public bool Escalates { get; init; }
}

/// <summary>What a step waits for.</summary>
/// <param name="Work">The work that is open while it waits; null where only a moment is waited for.</param>
/// <param name="Deadline">The deadline or moment that must be armed while it waits; null where there is none.</param>
public sealed record StepWait(TaskKind? Work, string? Deadline)
{
    /// <summary>The deadline lets the step be left; else it is the moment that is waited for.</summary>
    public bool Passes { get; init; } = Work is not null;
}

/// <summary>
/// What the drawing allows, whatever its conditions say: for an audit that must judge what happened without the facts of that day.
/// </summary>
public static class FlowWays
{
    /// <summary>False where branches run side by side: then what one event does can't be told from one way alone.</summary>
    public static bool AreSingle(FlowDefinition flow) => !flow.Graph.Any(s => s.Behaviour is Fork);

    public static IReadOnlyCollection<FlowWay> FromStart(FlowDefinition flow) => From(flow.Start);

    /// <summary>The ways of a token that leaves by the port; empty where there is no such step or port.</summary>
    public static IReadOnlyCollection<FlowWay> After(FlowDefinition flow, string step, string port) =>
        flow.Step(step) is not { } left || !left.Behaviour.Ports.Contains(port) ? []
        : left.Target(port) is { } target ? From(target)
        : [new FlowWay(null, [])];

    /// <summary>
    /// Where the clearing house has another say after the step was left by the port, and whether it has one on every way: where it has
    /// none, what was said is the decision.
    /// </summary>
    public static (IReadOnlyList<FurtherSay> Says, bool IsCertain) FurtherSays(FlowDefinition flow, string step, string port)
    {
        var said = After(flow, step, port).Select(way => SayAt(flow, way.Rests)).ToList();
        var says = said.OfType<FurtherSay>().DistinctBy(s => s.Step.Id).ToList();
        return (says, says.Count > 0 && !said.Contains(null));
    }

    /// <summary>Null where the clearing house has no say there.</summary>
    public static FurtherSay? SayAt(FlowDefinition flow, string? step) =>
        step is not null && flow.Step(step) is { Behaviour: People { Kind: TaskKind.Review or TaskKind.Approval } people } at
            ? new FurtherSay(at.Drawn, people.Kind) { Warns = people.Alarms.Any(a => a.Kind == DeadlineKind.Reminder), Escalates = people.Alarms.Any(a => a.Kind == DeadlineKind.Escalation) }
            : null;

    /// <summary>The ways after any correction that was made.</summary>
    public static IReadOnlyCollection<FlowWay> AfterCorrection(FlowDefinition flow) =>
        [.. flow.Graph.Where(s => s.Behaviour is People { Kind: TaskKind.Correction }).SelectMany(s => After(flow, s.Id, Ports.Done))];

    /// <summary>Null where the step is none that waits.</summary>
    public static StepWait? WaitAt(FlowDefinition flow, string step) => flow.Step(step)?.Behaviour switch
    {
        People people => new StepWait(people.Kind, people.Deadline),
        Pause pause => new StepWait(null, pause.Until),
        PlaceWait places => new StepWait(null, places.Deadline) { Passes = true },
        _ => null,
    };

    /// <summary>Whether work is begun there that the flow does not wait for.</summary>
    public static bool IsBeside(FlowDefinition flow, string step) => flow.Step(step)?.Behaviour is BesideWork;

    private static List<FlowWay> From(Step start)
    {
        var ways = new List<FlowWay>();
        var seen = new HashSet<(Step, string?, string)>();
        var due = new Stack<(Step Step, string? Status, string[] Told)>([(start, null, [])]);
        while (due.TryPop(out var at))
        {
            if (!seen.Add((at.Step, at.Status, string.Join('\n', at.Told)))) continue;
            var status = at.Step.Behaviour is StatusChange change ? change.Status : at.Status;
            string[] told = at.Step.Behaviour is Telling telling ? [.. at.Told.Append(telling.Template).Distinct().Order(StringComparer.Ordinal)] : at.Told;
            if (at.Step.Behaviour is Waiting or Ending || at.Step.Exits.Count == 0) ways.Add(new FlowWay(status, told) { Rests = at.Step.Behaviour is Waiting ? at.Step.Id : null });
            else at.Step.Exits.ForEach(exit => due.Push((exit.To, status, told)));
        }

        return ways;
    }
}
