using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>
/// What is known of Elsa 3.8's default engine, as a model of its own: it counts visits of steps and connections, passes on
/// that a way is dead, and knows no tokens and no nesting. Where it and the interpreter part, one of them is wrong.
/// </summary>
internal sealed class ElsaCounters
{
    private readonly FlowDefinition definition;
    private readonly Dictionary<(Step, Exit), (int Visits, bool Followed)> counted = [];
    private readonly Dictionary<Step, int> visits = [];
    private readonly List<(Step From, Exit By)> forward = [];
    private readonly List<(Step Step, bool Back)> scheduled = [];
    private readonly List<(Step Step, bool Back)> waiting = [];

    public ElsaCounters(FlowDefinition definition)
    {
        this.definition = definition;
        FindForward();
    }

    public List<string> Path { get; } = [];

    public IEnumerable<string> AtRest => waiting.Select(w => w.Step.Id);

    public void Start(JsonObject facts)
    {
        scheduled.Add((definition.Start, false));
        Run(facts);
    }

    public void Answer(string id, string port, JsonObject facts)
    {
        var at = waiting.FindIndex(w => w.Step.Id == id);
        var (step, back) = waiting[at];
        waiting.RemoveAt(at);
        Complete(step, [port], back);
        Run(facts);
    }

    /// <summary>A connection leads forward unless those accepted before it, breadth first, already lead from its end to its beginning.</summary>
    private void FindForward()
    {
        var accepted = new HashSet<(Step From, Step To)>();
        var due = new Queue<Step>([definition.Start]);
        var done = new HashSet<Step>();
        while (due.TryDequeue(out var from))
        {
            done.Add(from);
            foreach (var exit in from.Exits.Where(e => !accepted.Contains((from, e.To)) && !Leads(e.To, from)))
            {
                accepted.Add((from, exit.To));
                if (!done.Contains(exit.To))
                {
                    due.Enqueue(exit.To);
                }
            }
        }

        forward.AddRange(definition.Graph.SelectMany(s => s.Exits.Where(e => accepted.Contains((s, e.To))).Select(e => (s, e))));

        bool Leads(Step from, Step to) => from == to || accepted.Where(a => a.From == from).Any(a => Leads(a.To, to));
    }

    private void Run(JsonObject facts)
    {
        while (scheduled.Count > 0)
        {
            var (step, back) = scheduled[0];
            scheduled.RemoveAt(0);
            Path.Add(step.Id);
            switch (step.Behaviour)
            {
                case Waiting:
                    waiting.Add((step, back));
                    break;
                case Ending:
                    scheduled.Clear();
                    waiting.Clear();
                    break;
                case Join:
                    CancelBefore(step);
                    Complete(step, ["Done"], back);
                    break;
                case Fork fork:
                    Complete(step, fork.Ports, back);
                    break;
                default:
                    Complete(step, [Port(step, facts)], back);
                    break;
            }
        }
    }

    private static string Port(Step step, JsonObject facts)
    {
        var scope = new Dictionary<string, JsonNode?> { ["facts"] = facts };
        bool Holds(Input condition) => Conversion.Truth(condition.Value(scope).Value) == true;
        return step.Behaviour switch
        {
            Decision d => Holds(d.Condition) ? "True" : "False",
            Switch s => s.Cases.FirstOrDefault(c => Holds(c.Condition))?.Label ?? "Default",
            _ => "Done",
        };
    }

    private void Complete(Step step, IReadOnlyList<string> outcomes, bool back)
    {
        if (!back)
        {
            visits[step] = Visits(step) + 1;
        }

        foreach (var exit in step.Exits)
        {
            var followed = outcomes.Contains(exit.Port);
            counted[(step, exit)] = (counted.GetValueOrDefault((step, exit)).Visits + 1, followed);
            if (forward.Contains((step, exit)))
            {
                Consider(exit.To, counted[(step, exit)].Visits);
            }
            else if (followed)
            {
                scheduled.Add((exit.To, true));
            }
        }
    }

    private void Consider(Step step, int visitsOfConnection)
    {
        var inbound = forward.Where(f => f.By.To == step).Select(f => counted.GetValueOrDefault((f.From, f.By))).ToList();
        var (least, most) = (inbound.Min(c => c.Visits), inbound.Max(c => c.Visits));
        var race = step.Behaviour is Join { Any: true };
        if (race ? visitsOfConnection <= Visits(step) || scheduled.Contains((step, false)) : least <= Visits(step))
        {
            return;
        }

        if (most > Visits(step) && inbound.Exists(c => c.Visits == most && c.Followed))
        {
            scheduled.Add((step, false));
            if (race)
            {
                CancelBefore(step);
            }
        }
        else if (least > Visits(step))
        {
            Complete(step, [], false);
        }
    }

    private void CancelBefore(Step step)
    {
        var before = new HashSet<Step>();
        var due = new Queue<Step>([step]);
        while (due.TryDequeue(out var at))
        {
            foreach (var source in forward.Where(f => f.By.To == at).Select(f => f.From).Where(before.Add))
            {
                due.Enqueue(source);
            }
        }

        foreach (var lost in waiting.Where(w => step.Behaviour is Join && before.Contains(w.Step)).ToList())
        {
            waiting.Remove(lost);
            Complete(lost.Step, [], false);
        }
    }

    private int Visits(Step step) => visits.GetValueOrDefault(step);
}
