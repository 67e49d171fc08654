using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Rules;

/// <summary>Whether the participant is waited for only until a deadline, and whether one that has passed lets the flow come to rest.</summary>
internal sealed class DeadlineRules(FlowDefinition definition, Owed owed, Reading.Faults faults)
{
    public void Judge()
    {
        // A name that is only waited for, or only warned about, is no deadline that anybody can miss.
        var elsewhere = definition.Graph.SelectMany(s => s.Behaviour switch { Pause pause => [pause.Until], People people => people.Alarms.Select(a => a.Deadline), _ => [] });
        var missable = owed.Deadlines.Except(elsewhere.Except(Waiters().Select(w => w.Deadline))).ToList();
        foreach (var step in definition.Graph)
        {
            if (step.Behaviour is not People people)
            {
                continue;
            }

            if (people.Deadline is null && step.Target(Ports.DeadlinePassed) is { } never)
            {
                faults.Add(HouseRules.Deadline, step, $"{step} leads by '{Ports.DeadlinePassed}' to {never}, but names no deadline. Name one, or remove the connection.");
            }
            else if (people is { Deadline: null, Kind: TaskKind.Check or TaskKind.Correction or TaskKind.Answer } && missable.Count > 0)
            {
                faults.Add(HouseRules.Deadline, step, $"{step} waits for the participant without a deadline, though the eService sets {string.Join(", ", missable.Select(d => $"'{d}'"))}. Name one, and connect '{Ports.DeadlinePassed}'.");
            }
        }

        JudgeRounds();
    }

    private IEnumerable<(Step Step, string Deadline)> Waiters() =>
        definition.Graph.Where(s => s.Behaviour is People { Deadline: not null }).Select(s => (s, ((People)s.Behaviour).Deadline!));

    /// <summary>A round on which every wait is under one deadline is no wait any more once it has passed.</summary>
    private void JudgeRounds()
    {
        foreach (var (step, deadline) in Waiters().Where(w => !owed.MovingDeadlines.Contains(w.Deadline)))
        {
            if (step.Target(Ports.DeadlinePassed) is not { } target)
            {
                continue;
            }

            var ways = new Ways<bool>([(target, false)], (at, _) => Passing(at, step, deadline).Select(e => (e.Port, e.To, false)));
            if (ways.Contains(step, false))
            {
                faults.Add(HouseRules.EndlessDeadline, step,
                    $"Once '{deadline}' has passed, {step} comes back to itself by '{Ports.DeadlinePassed}' without end, since nobody on the round has any time left. Lead it to an end, or to a step under another deadline.",
                    () => [new WayStep(step.Id, step.Title, Ports.DeadlinePassed), .. ways.To((step, false))]);
            }
        }
    }

    private static IEnumerable<Exit> Passing(Step at, Step round, string deadline) => at.Behaviour switch
    {
        _ when at == round => [],
        People people => at.Exits.Where(e => people.Deadline == deadline && e.Port == Ports.DeadlinePassed),
        Waiting => [],
        _ => at.Exits,
    };
}
