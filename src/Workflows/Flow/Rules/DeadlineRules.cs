using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Rules;

/// <summary>Whether the participant is waited for only until a deadline, and whether one that has passed lets the flow come to rest.</summary>
internal sealed class DeadlineRules(FlowDefinition definition, Owed owed, Reading.Faults faults)
{
    private const int MostRounds = 20;

    public void Judge()
    {
        // A name that is only waited for, or only warned about, is no deadline that anybody can miss.
        var elsewhere = definition.Graph.SelectMany(s => s.Behaviour switch { Pause pause => [pause.Until], PlaceWait { Deadline: { } until } => [until], People people => people.Alarms.Select(a => a.Deadline), _ => [] });
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
        foreach (var under in Waiters().Where(w => !owed.MovingDeadlines.Contains(w.Deadline)).GroupBy(w => w.Deadline, w => w.Step))
        {
            foreach (var round in Circling.From(under, step => Passing(step, under.Key)).Take(MostRounds))
            {
                var step = round.First(r => r.Step.Behaviour is People).Step;
                faults.Add(HouseRules.EndlessDeadline, step,
                    $"Once '{under.Key}' has passed, {step} comes back to itself by '{Ports.DeadlinePassed}' without end, since nobody on the round has any time left. Lead it to an end, or to a step under another deadline.",
                    () => Circling.Way(round));
            }
        }
    }

    private static List<Exit> Passing(Step at, string deadline) => at.Behaviour switch
    {
        People people when people.Deadline == deadline => at.Exits.FindAll(e => e.Port == Ports.DeadlinePassed),
        Waiting => [],
        _ => at.Exits,
    };
}
