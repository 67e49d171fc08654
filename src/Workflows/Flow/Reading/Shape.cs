using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>
/// Whether a drawing lies in the subset that Elsa's default engine and ours run alike: branches open at a fork and close at
/// its one join, properly nested, and every round passes a waiting step.
/// </summary>
internal sealed class Shape(Drawing drawing, Step start, Faults faults)
{
    private const int MaxNesting = 32;

    /// <summary>Rounds that are told; who mends these finds the others mended or told next time.</summary>
    private const int MostRounds = 20;
    private readonly HashSet<Step> reached = [];
    private readonly HashSet<Branch> arrived = [];
    private readonly Dictionary<(Step, string), Branch> branches = [];
    private readonly Dictionary<Step, Step> closes = [];

    /// <summary>Finds what is wrong and, where nothing is, joins each fork to its join.</summary>
    public static bool IsSound(Drawing drawing, Step start, Faults faults)
    {
        var shape = new Shape(drawing, start, faults);
        shape.Nest();
        shape.CheckForks();
        shape.CheckRounds();
        shape.CheckDeadlines();
        shape.CheckInputs();
        if (!faults.Any)
        {
            new Rounds(drawing, start, faults).Check();
        }

        return !faults.Any;
    }

    /// <summary>Walks from the start and notes for each step the branch that it lies in.</summary>
    private void Nest()
    {
        var due = new Queue<Step>([start]);
        reached.Add(start);
        if (start.Behaviour is Join)
        {
            faults.Add(FaultCodes.Join, start, $"The flow begins at {start}, a join with nothing to join. Begin before it.");
        }

        while (due.TryDequeue(out var step))
        {
            foreach (var exit in step.Exits)
            {
                if (step is { Behaviour: Fork, Within.Depth: >= MaxNesting })
                {
                    faults.Add(FaultCodes.TooLarge, step, $"{step} lies in {MaxNesting} forks, one inside the other. Put what they do one after the other.");
                    continue;
                }

                var within = step.Behaviour is Fork ? BranchOf(step, exit.Port) : step.Within;
                if (Enter(exit.To, within, step))
                {
                    due.Enqueue(exit.To);
                }
            }
        }
    }

    private bool Enter(Step step, Branch? within, Step from)
    {
        if (step.Behaviour is Join)
        {
            if (within is null)
            {
                faults.Add(FaultCodes.Join, step, $"{step} joins what {from} never forked. Remove the join: a step may be reached from several steps.");
                return false;
            }

            Close(step, within);
            within = within.Around;
        }

        if (reached.Add(step))
        {
            step.Within = within;
            return true;
        }

        if (!ReferenceEquals(step.Within, within))
        {
            faults.Add(FaultCodes.Fork, step, $"{step} is reached both {Words(step.Within)} and {Words(within)} (from {from}). Branches come together only at the Join of their fork.");
        }

        return false;
    }

    private void Close(Step join, Branch branch)
    {
        arrived.Add(branch);
        if (branch.Fork.ClosedBy is { } other && other != join)
        {
            faults.Add(FaultCodes.Fork, join, $"The branches of {branch.Fork} come together at both {other} and {join}. Let all of them reach one join.");
        }

        branch.Fork.ClosedBy = join;
        if (!closes.TryAdd(join, branch.Fork) && closes[join] is var second && second != branch.Fork)
        {
            faults.Add(FaultCodes.Fork, join, $"{join} closes both {branch.Fork} and {second}. Give each fork a join of its own.");
        }
    }

    private Branch BranchOf(Step fork, string port) =>
        branches.TryGetValue((fork, port), out var known) ? known : branches[(fork, port)] = new(fork, port, fork.Within);

    private static string Words(Branch? branch) => branch is null ? "outside of all forks" : $"in branch '{branch.Port}' of {branch.Fork}";

    private void CheckForks()
    {
        foreach (var step in reached)
        {
            if (step.Behaviour is Ending { Everywhere: false } && step.Within is not null)
            {
                faults.Add(FaultCodes.Fork, step, $"{step} stands inside {step.Within.Fork}; what becomes of the other branches is not said. Use a Finish to end the whole run, or lead it to the join.");
            }

            foreach (var port in step.Behaviour is Fork ? step.Behaviour.Ports : [])
            {
                if (step.Target(port) is null)
                {
                    faults.Add(FaultCodes.MissingPort, step, $"Branch '{port}' of {step} leads nowhere. Connect it or remove it.");
                }
                else if (!arrived.Contains(BranchOf(step, port)))
                {
                    faults.Add(FaultCodes.Join, step, $"Branch '{port}' of {step} never reaches {(step.ClosedBy is { } join ? join.ToString() : "a join")}. Lead it to the Join of the fork.");
                }
            }
        }
    }

    /// <summary>A round without a wait would never end.</summary>
    private void CheckRounds()
    {
        foreach (var round in Circling.From(drawing.Steps, step => step.Behaviour is Waiting ? [] : step.Exits).Take(MostRounds))
        {
            faults.Add(FaultCodes.EndlessRound, round[0].Step, $"The flow can go round through {round[0].Step} and {round[^1].Step} without ever waiting. Put a step of people or a 'Wait until' into the round.", () => Circling.Way(round));
        }
    }

    private void CheckDeadlines()
    {
        foreach (var step in drawing.Steps)
        {
            if (step.Behaviour is Waiting { Deadline: { } deadline } && step.Target(Ports.DeadlinePassed) is null)
            {
                faults.Add(FaultCodes.MissingPort, step, $"{step} waits under the deadline '{deadline}', but its port '{Ports.DeadlinePassed}' leads nowhere. Connect it, or leave the deadline empty.");
            }
        }
    }

    /// <summary>Elsa forgets inputs at the first wait unless they are stored with the workflow.</summary>
    private void CheckInputs()
    {
        var later = new HashSet<Step>();
        var due = new Queue<Step>(reached.Where(s => s.Behaviour is Waiting).SelectMany(s => s.Exits).Select(e => e.To));
        while (due.TryDequeue(out var step))
        {
            if (later.Add(step))
            {
                step.Exits.ForEach(e => due.Enqueue(e.To));
            }
        }

        foreach (var step in drawing.Steps.Where(later.Contains))
        {
            foreach (var input in step.WorkflowInputs.Where(i => !drawing.KeptInputs.Contains(i)))
            {
                faults.Add(FaultCodes.UnknownName, step, $"{step} reads the input '{input}' after a wait, when Elsa has forgotten it. Copy it into a variable first.");
            }
        }
    }
}
