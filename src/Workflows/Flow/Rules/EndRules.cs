using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Rules;

/// <summary>Whether every step is reached, every way goes on until an end with an outcome, and nothing runs after it.</summary>
internal sealed class EndRules(FlowDefinition definition, Ways<bool> reached, Reading.Faults faults)
{
    /// <summary>Stands for the status where branches that run side by side set it: then no single way says what it is.</summary>
    private const string AnyStatus = "*";

    public void Judge()
    {
        var ending = LeadingTo(s => s.Behaviour is Ending or Broken || s.Exits.Count == 0);
        foreach (var step in definition.Graph)
        {
            if (!reached.Contains(step, false))
            {
                AccuseDead(step, faults);
                continue;
            }

            JudgePorts(step, faults, () => WayTo(step));
            if (step.Behaviour is Waiting && !ending.Contains(step))
            {
                faults.Add(HouseRules.WayOut, step, $"From {step} no way leads to an end. Connect one of its rounds to a Finish.", () => WayTo(step));
            }
        }

        JudgeAfterEnds();
        JudgeOutcomes();
    }

    public static void AccuseDead(Step step, Reading.Faults faults) => faults.Add(HouseRules.DeadStep, step, $"{step} is dead: no way leads to it. Connect or remove it.");

    public static void JudgePorts(Step step, Reading.Faults faults, Func<IReadOnlyList<WayStep>> way)
    {
        foreach (var port in step.Answers.Where(p => step.Target(p) is null))
        {
            if (step.Type.Waits)
            {
                faults.Add(HouseRules.WayOut, step, $"{step} can be answered with '{port}', but nothing follows. Connect the port, at least to a Finish.", way);
            }
            else
            {
                faults.Add(HouseRules.DeadEnd, step, $"By '{port}' nothing follows {step}: the way stops there unsaid. Connect the port, at least to an End.", way);
            }
        }
    }

    /// <summary>The steps from which one of some others is reached, worked out backwards from those.</summary>
    private HashSet<Step> LeadingTo(Func<Step, bool> which)
    {
        var sources = definition.Graph.SelectMany(s => s.Exits.Select(e => (From: s, e.To))).ToLookup(c => c.To, c => c.From);
        var leading = definition.Graph.Where(which).ToHashSet();
        var due = new Queue<Step>(leading);
        while (due.TryDequeue(out var step))
        {
            foreach (var source in sources[step].Where(leading.Add))
            {
                due.Enqueue(source);
            }
        }

        return leading;
    }

    private void JudgeAfterEnds()
    {
        var ends = reached.Reached.Where(r => r.Step.Behaviour is StatusChange { Status: var status } && HouseRules.IsOver(status)).Select(r => r.Step).ToHashSet();
        var after = new Ways<string>(
            ends.Select(e => (e, ((StatusChange)e.Behaviour).Status)),
            (step, status) => !ends.Contains(step) && Does(step, status) is not null ? [] : step.Exits.Select(e => (e.Port, e.To, status)));
        foreach (var at in after.Reached)
        {
            if (Does(at.Step, at.Memory) is { } what && after.To(at) is { Count: > 1 } way && definition.Step(way[0].Step) is { } end)
            {
                faults.Add(HouseRules.Over, end, $"After {end} the request is over ({PaletteWords.Status(at.Memory)}), and yet {at.Step} {what}. End the flow there, or set another status.", () => way);
            }
        }
    }

    /// <summary>What a step does that must not happen any more; null where it may.</summary>
    private static string? Does(Step step, string status) => step.Behaviour switch
    {
        People => "waits for somebody",
        Waiting => "waits",
        RegisterEntry => "enters something in the register",
        BesideWork => "begins follow-up work",
        StatusChange change when change.Status != status => $"sets the status {PaletteWords.Status(change.Status)}",
        _ => null,
    };

    private void JudgeOutcomes()
    {
        var told = SettingStatus();
        var ways = new Ways<string>([(definition.Start, "")], (step, status) =>
        {
            var then = step.Behaviour is StatusChange change ? change.Status : told.Contains(step) ? AnyStatus : status;
            return step.Exits.Select(e => (e.Port, e.To, then));
        });
        foreach (var at in ways.Reached.Where(r => r.Step.Behaviour is Ending && r.Memory != AnyStatus && !HouseRules.IsOutcome(r.Memory)).DistinctBy(r => r.Step))
        {
            faults.Add(HouseRules.Outcome, at.Step,
                $"A way ends at {at.Step} while the request is {(at.Memory.Length == 0 ? "without a status" : $"still '{PaletteWords.Status(at.Memory)}'")}: nobody would come back to it. Set the outcome before the end, or lead the way on.", () => ways.To(at));
        }
    }

    /// <summary>The forks within which a status is set while other branches go on.</summary>
    private HashSet<Step> SettingStatus()
    {
        var forks = new HashSet<Step>();
        var resting = LeadingTo(s => s.Behaviour is Waiting or Join);
        foreach (var step in definition.Graph.Where(s => s.Behaviour is StatusChange && resting.Contains(s)))
        {
            for (var branch = step.Within; branch is not null && forks.Add(branch.Fork); branch = branch.Around)
            {
            }
        }

        return forks;
    }

    private IReadOnlyList<WayStep> WayTo(Step step) => reached.To((step, false));
}
