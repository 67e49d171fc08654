using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>
/// One stimulus at work: tokens move from step to step, first come first served as in Elsa, until all of them wait or are
/// gone. Lives for one <see cref="FlowInterpreter.Advance"/> only.
/// </summary>
internal sealed class Walk
{
    /// <summary>Steps that one stimulus may pass; the reader refuses rounds without a wait, so only a bug gets here.</summary>
    private const int StepBudget = 10_000;

    private readonly FlowDefinition definition;
    private readonly FlowState before;
    private readonly ICollection<string>? path;
    private readonly Queue<(Step Step, string? Fork)> due = new();
    private readonly List<WaitingToken> tokens;
    private readonly List<OpenFork> forks;
    private readonly ImmutableSortedDictionary<string, int>.Builder visits;
    private ImmutableSortedDictionary<string, ImmutableArray<EnteredLine>>? entered;
    private JsonObject? changed;
    private Dictionary<string, JsonNode?>? scope;

    /// <param name="path">Where to note each step that is entered; null where nobody asks.</param>
    public Walk(FlowDefinition definition, FlowState before, Facts facts, ICollection<string>? path)
    {
        (this.definition, this.before, this.path, Facts) = (definition, before, path, facts.Values);
        (tokens, forks, visits, entered) = ([.. before.Tokens], [.. before.Forks], before.Visits.ToBuilder(), before.Entered);
    }

    public JsonObject Facts { get; }

    public List<Effect> Effects { get; } = [];

    public FlowFault? Fault { get; private set; }

    public IReadOnlyList<WaitingToken> Tokens => tokens;

    /// <summary>What expressions see; built only when the first one asks.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Scope => scope ??= new(StringComparer.Ordinal)
    {
        [Scopes.Facts] = Facts,
        [Scopes.Variables] = changed ?? before.Variables,
        [Scopes.Input] = Facts[Scopes.Input],
    };

    public void Stop(Step? step, string message) => Fault ??= new(step?.Id ?? "", message);

    public void SetVariable(string name, JsonNode? value)
    {
        changed ??= before.Variables.DeepClone().AsObject();
        changed[name] = value?.DeepClone();
        scope = null;
    }

    /// <summary>Whether a register step has written a line in an earlier round; in the same round it may write it as often as it is come to.</summary>
    public bool WasEntered(Step step, int line) => entered?.GetValueOrDefault(step.Id, []).Any(e => e.Line == line && e.Round < Round) == true;

    /// <summary>Remembers what a register step writes, where lines come back and will be decided in another round.</summary>
    public void Entering(Step step, IEnumerable<int> lines)
    {
        if (Conversion.Whole(Facts["lines"]?["returned"]) is not > 0)
        {
            return;
        }

        entered ??= ImmutableSortedDictionary.Create<string, ImmutableArray<EnteredLine>>(StringComparer.Ordinal);
        var known = entered.GetValueOrDefault(step.Id, []);
        entered = entered.SetItem(step.Id, [.. known, .. lines.Distinct().Where(l => !known.Any(k => k.Line == l)).Select(l => new EnteredLine(l, Round))]);
    }

    private int Round => Conversion.Whole(Facts["request"]?["revision"]) ?? 0;

    public void Start()
    {
        changed = definition.InitialVariables();
        due.Enqueue((definition.Start, null));
        Run();
    }

    /// <summary>A waiting token leaves by a port and all that follows from it happens.</summary>
    public void Leave(WaitingToken token, string port, bool answered)
    {
        if (StepOf(token) is { } step && Fault is null)
        {
            tokens.Remove(token);
            ((Waiting)step.Behaviour).Leave(new(this, step, token.Visit), port, answered);
            Follow(step, port, token.Fork);
            Run();
        }
    }

    /// <summary>All that waits or is under way vanishes.</summary>
    public void End(string outcome)
    {
        Vanish(tokens.ToList(), outcome);
        forks.Clear();
        due.Clear();
    }

    /// <summary>The run has ended before its time: what it was enrolled for is given up.</summary>
    public void GiveUpPlaces()
    {
        foreach (var step in definition.Graph.Where(s => s.Behaviour is Enrolling && visits.GetValueOrDefault(s.Id) > 0))
        {
            Effects.Add(new GiveUpPlaces(step.Id, visits[step.Id]));
        }
    }

    /// <summary>What was begun beside the run is not to be done any more.</summary>
    public void EndFollowUps(string outcome)
    {
        foreach (var step in definition.Graph.Where(s => s.Behaviour is BesideWork && visits.GetValueOrDefault(s.Id) > 0))
        {
            Effects.Add(new EndFollowUp(step.Id, visits[step.Id], outcome));
        }
    }

    public FlowState After() => before with
    {
        Status = tokens.Count == 0 ? FlowStatus.Finished : FlowStatus.Running,
        Tokens = [.. tokens],
        Forks = [.. forks],
        Visits = visits.ToImmutable(),
        Entered = entered,
        Variables = changed ?? before.Variables,
    };

    public Step? StepOf(WaitingToken token)
    {
        var step = definition.Step(token.Step);
        if (step?.Behaviour is Waiting)
        {
            return step;
        }

        Stop(step, $"The run waits at '{token.Step}', which does not wait in this definition. The run belongs to another release.");
        return null;
    }

    private void Run()
    {
        for (var passed = 0; Fault is null && due.TryDequeue(out var next); passed++)
        {
            if (passed >= StepBudget)
            {
                Stop(next.Step, $"The run passed {StepBudget} steps without a wait, at last {next.Step}.");
                return;
            }

            Enter(next.Step, next.Fork);
        }
    }

    private void Enter(Step step, string? fork)
    {
        var visit = new Visit(this, step, Count(step));
        switch (step.Behaviour)
        {
            case Instant instant when instant.Leave(visit) is { } port:
                Follow(step, port, fork);
                break;
            case Waiting waiting:
                tokens.Add(new(step.Id, visit.Number, fork));
                waiting.Enter(visit);
                break;
            case Fork:
                Open(step, visit.Number, fork);
                break;
            case Join:
                Follow(step, Ports.Done, Close(fork));
                break;
            case Ending:
                End(Waiting.RunFinished);
                break;
            case Broken broken:
                Stop(step, broken.Words(visit));
                break;
        }
    }

    private int Count(Step step)
    {
        path?.Add(step.Id);
        return visits[step.Id] = visits.GetValueOrDefault(step.Id) + 1;
    }

    private void Follow(Step step, string port, string? fork)
    {
        var target = step.Target(port);
        if (target is null)
        {
            Resolve(fork, arrived: false);
        }
        else if (target.Behaviour is Join)
        {
            Resolve(fork, arrived: true);
        }
        else
        {
            due.Enqueue((target, fork));
        }
    }

    private void Open(Step step, int visit, string? around)
    {
        var fork = new OpenFork($"{step.Id}#{visit}", step.Id, around, step.Exits.Count, false);
        forks.Add(fork);
        foreach (var exit in step.Exits)
        {
            Follow(step, exit.Port, fork.Key);
        }
    }

    /// <summary>A branch's token has reached the join, or ended on the way. Its fork may thereby be decided.</summary>
    private void Resolve(string? key, bool arrived)
    {
        var at = forks.FindIndex(f => f.Key == key);
        if (at < 0)
        {
            return;
        }

        var was = forks[at];
        var now = forks[at] = was with { Open = was.Open - 1, Arrived = was.Arrived || arrived };
        var join = definition.Step(now.Step)!.ClosedBy!;
        if (((Join)join.Behaviour).Any ? now.Arrived && !was.Arrived : now.Arrived && now.Open == 0)
        {
            due.Enqueue((join, key));
        }
        else if (now is { Arrived: false, Open: 0 })
        {
            forks.RemoveAt(at);
            Resolve(now.Around, arrived: false);
        }
    }

    /// <summary>The join is passed: what is still inside the fork has lost the race. Gives the fork around.</summary>
    private string? Close(string? key)
    {
        var around = forks.Find(f => f.Key == key)?.Around;
        Vanish(tokens.Where(t => IsInside(t.Fork, key)).ToList(), Waiting.LostTheRace);
        for (var left = due.Count; left > 0; left--)
        {
            if (due.Dequeue() is var item && !IsInside(item.Fork, key))
            {
                due.Enqueue(item);
            }
        }

        var closed = forks.FindAll(f => IsInside(f.Key, key));
        forks.RemoveAll(closed.Contains);
        return around;
    }

    private bool IsInside(string? fork, string? key)
    {
        while (fork is not null && fork != key)
        {
            var inner = fork;
            fork = forks.Find(f => f.Key == inner)?.Around;
        }

        return fork is not null;
    }

    private void Vanish(List<WaitingToken> gone, string outcome)
    {
        foreach (var token in gone)
        {
            tokens.Remove(token);
            if (StepOf(token) is { } step)
            {
                ((Waiting)step.Behaviour).Leave(new(this, step, token.Visit), outcome, answered: false);
            }
        }
    }
}
