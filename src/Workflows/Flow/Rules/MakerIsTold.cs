using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Rules;

/// <summary>
/// Every return and rejection tells the maker before anybody else is waited for, and before the end. What stays between
/// reviewer and approver need not; a rejection that a reviewer proposed is owed once an approver has confirmed it.
/// </summary>
internal sealed class MakerIsTold(FlowDefinition definition, Reading.Faults faults)
{
    private readonly Dictionary<Step, bool> tells = [];
    private readonly HashSet<(Step, string)> accused = [];

    private enum Owes
    {
        Nothing,

        /// <summary>Unless it stays in the clearing house.</summary>
        Return,

        /// <summary>Unless it stays in the clearing house: then its confirmation owes it.</summary>
        Proposal,

        /// <summary>Whatever comes.</summary>
        Telling,
    }

    public void Judge()
    {
        var ways = new Ways<Memory>([(definition.Start, default)], (step, memory) => step.Exits.Select(e => (e.Port, e.To, Leave(step, e.Port, memory))));
        foreach (var at in ways.Reached)
        {
            if (IsUntold(at.Step, at.Memory))
            {
                Accuse(ways, at);
            }
        }
    }

    private void Accuse(Ways<Memory> ways, (Step Step, Memory Memory) at)
    {
        var (from, _, port) = ways.LastWait(at) ?? (definition.Start, default, Ports.Done);
        if (accused.Add((from, port)))
        {
            faults.Add(HouseRules.MakerTold, from, $"By '{port}' {from} leads to {at.Step} without telling the maker. Put a step that sends the maker a notice (Send a notice) on the way.", () => ways.To(at, sinceWait: true));
        }
    }

    /// <summary>Whether a way that comes here has come to rest, or to nothing, with something owed.</summary>
    private bool IsUntold(Step step, Memory memory) => step.Behaviour switch
    {
        Broken => false,
        People { Kind: TaskKind.Review or TaskKind.Approval } => memory.Owes == Owes.Telling,
        Waiting => memory.Owes != Owes.Nothing,
        _ => step.Exits.Count < Math.Max(1, step.Behaviour.Ports.Count) && Pass(step, memory).Owes != Owes.Nothing,
    };

    private Memory Leave(Step step, string port, Memory memory) => step.Behaviour is Waiting ? Begin(step, port, memory) : Pass(step, memory);

    private static Memory Begin(Step step, string port, Memory memory) => (step.Behaviour, port) switch
    {
        (People { Kind: TaskKind.Check }, Ports.Return or Ports.Reject) => new(Owes.Telling, false),
        (People { Kind: TaskKind.Review }, Ports.Reject) => new(Owes.Proposal, false),
        (People { Kind: TaskKind.Approval }, Ports.Approve) when memory.Owes == Owes.Proposal => new(Owes.Proposal, false),
        (People { Kind: TaskKind.Review or TaskKind.Approval }, Ports.Return or Ports.Reject) => new(Owes.Return, false),
        _ => default,
    };

    private Memory Pass(Step step, Memory memory) =>
        memory.Told || HouseRules.TellsMaker(step) || (step.Behaviour is Fork && Tells(step)) ? new(Owes.Nothing, true)
        : HouseRules.SendsBack(step) ? new(Owes.Telling, false)
        : memory;

    /// <summary>Whether all ways from a step tell the maker before anything is waited for; of branches that all go on, one is enough.</summary>
    private bool Tells(Step first)
    {
        var due = new Stack<(Step Step, bool Asked)>([(first, false)]);
        while (due.TryPop(out var at))
        {
            if (tells.ContainsKey(at.Step))
            {
                continue;
            }

            if (at.Asked || at.Step.Exits.Count == 0 || at.Step.Behaviour is Waiting or Join || HouseRules.TellsMaker(at.Step))
            {
                tells[at.Step] = HouseRules.TellsMaker(at.Step) || (at.Asked && TellsAfter(at.Step));
                continue;
            }

            due.Push((at.Step, true));
            at.Step.Exits.ForEach(e => due.Push((e.To, false)));
        }

        return tells[first];
    }

    private bool TellsAfter(Step step) => step.Behaviour is Fork
        ? step.ClosedBy?.Behaviour is Join { Any: false } && step.Exits.Exists(e => tells[e.To])
        : step.Exits.Count == step.Behaviour.Ports.Count && step.Exits.TrueForAll(e => tells[e.To]);

    private readonly record struct Memory(Owes Owes, bool Told);
}
