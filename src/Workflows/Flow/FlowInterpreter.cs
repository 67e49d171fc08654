using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>Runs Elsa's definitions as Elsa's own engine does, but as a function: same arguments, same answer, nothing else touched.</summary>
public sealed class FlowInterpreter : IFlowInterpreter
{
    public FlowAdvance Advance(FlowDefinition definition, FlowState state, Stimulus stimulus, Facts facts) => Advance(definition, state, stimulus, facts, null);

    /// <param name="path">Where to note each step that is entered, in order.</param>
    internal static FlowAdvance Advance(FlowDefinition definition, FlowState state, Stimulus stimulus, Facts facts, ICollection<string>? path)
    {
        var walk = new Walk(definition, state, facts, path);
        var moved = Apply(walk, state, stimulus);
        if (walk.Fault is not null)
        {
            return new(state, [], Waits(definition, state), walk.Fault, Ignored: false);
        }

        var after = moved ? walk.After() : state;
        return new(after, moved ? walk.Effects : [], Waits(definition, after), null, Ignored: !moved);
    }

    /// <summary>False where the stimulus met nothing that waits for it.</summary>
    private static bool Apply(Walk walk, FlowState state, Stimulus stimulus) => (state.Status, stimulus) switch
    {
        (FlowStatus.New, RunStarted) => Start(walk),
        (FlowStatus.Running, TaskAnswered answer) => Answer(walk, answer),
        (FlowStatus.Running, DeadlinePassed passed) => Pass(walk, w => w is not Pause && w.Deadline == passed.Deadline, Ports.DeadlinePassed),
        (FlowStatus.Running, WaitIsOver over) => Wake(walk, over),
        (FlowStatus.Running, PlacesGiven) => Pass(walk, w => w is PlaceWait, Ports.Done),
        (FlowStatus.Running, RunEnded ended) => End(walk, ended.Reason),
        _ => false,
    };

    private static bool Start(Walk walk)
    {
        walk.Start();
        return true;
    }

    private static bool End(Walk walk, string reason)
    {
        walk.End(reason);
        walk.GiveUpPlaces();
        walk.EndFollowUps(reason);
        return true;
    }

    private static bool Answer(Walk walk, TaskAnswered answer)
    {
        if (Find(walk, answer.Step, answer.Visit) is not { } token || walk.StepOf(token) is not { Behaviour: People } step)
        {
            return false;
        }

        if (!step.Answers.Contains(answer.Port))
        {
            walk.Stop(step, $"{step} can't be answered with '{answer.Port}'; its answers are {string.Join(", ", step.Answers)}.");
            return false;
        }

        walk.Leave(token, answer.Port, answered: true);
        return true;
    }

    private static bool Wake(Walk walk, WaitIsOver over)
    {
        if (Find(walk, over.Step, over.Visit) is not { } token || walk.StepOf(token) is not { Behaviour: Pause })
        {
            return false;
        }

        walk.Leave(token, Ports.Done, answered: false);
        return true;
    }

    private static bool Pass(Walk walk, Func<Waiting, bool> leaves, string port)
    {
        var moved = false;
        foreach (var token in walk.Tokens.ToList())
        {
            // One that left may have taken others with it: the first of a race closes the rest.
            if (walk.Tokens.Contains(token) && walk.StepOf(token) is { Behaviour: Waiting waiting } && leaves(waiting))
            {
                walk.Leave(token, port, answered: false);
                moved = true;
            }
        }

        return moved;
    }

    private static WaitingToken? Find(Walk walk, string step, int visit) => walk.Tokens.FirstOrDefault(t => t.Step == step && t.Visit == visit);

    private static List<Wait> Waits(FlowDefinition definition, FlowState state)
    {
        var waits = new List<Wait>(state.Tokens.Length);
        foreach (var token in state.Tokens)
        {
            if (definition.Step(token.Step) is { Behaviour: Waiting waiting } step)
            {
                waits.Add(new(step.Id, token.Visit, step.Title, step.Type.Name, step.Answers, waiting.Deadline));
            }
        }

        return waits;
    }
}
