using ClientConnect.Workflows.Flow.Rules;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>
/// What is not connected in a drawing that can't be read whole yet: whoever mends the steps at fault is told at once what else is missing.
/// The house rules on a whole drawing find the same.
/// </summary>
internal static class LooseEnds
{
    public static IReadOnlyList<FlowFault> Of(Drawing drawing, Step start)
    {
        var faults = new Faults();
        var reached = new Ways<bool>([(start, false)], (at, _) => at.Exits.Select(e => (e.Port, e.To, false)));
        foreach (var step in drawing.Steps.Concat(drawing.Unread))
        {
            if (!reached.Contains(step, false))
            {
                EndRules.AccuseDead(step, faults);
            }
            else
            {
                EndRules.JudgePorts(step, faults, () => reached.To((step, false)));
            }
        }

        return faults.Found;
    }
}
