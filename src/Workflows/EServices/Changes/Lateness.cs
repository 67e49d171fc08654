using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices.Changes;

/// <summary>
/// Of whose delay nobody hears: a clearing-house step that came without a warning or an escalation, where another one of the same flow
/// has it. Nothing is wrong with that, and it is easily overlooked.
/// </summary>
internal static class Lateness
{
    public static IEnumerable<(string Step, string Words)> Unheard(FlowDefinition before, FlowDefinition after) =>
        Says(after).Where(say => before.Steps.All(s => s.Id != say.Step.Id)).Select(say => Said(after, say)).OfType<(string, string)>();

    private static (string Step, string Words)? Said(FlowDefinition flow, FurtherSay own)
    {
        foreach (var other in Neighbours(flow, own))
        {
            var (warning, escalation) = (other.Warns && !own.Warns, other.Escalates && !own.Escalates);
            if (!warning && !escalation) continue;
            var nobody = warning && escalation ? "warned or told when" : warning ? "warned before" : "told when";
            var has = string.Join(" and ", new[] { warning ? "a warning" : null, escalation ? "an escalation" : null }.OfType<string>());
            return (own.Step.Id, $"Nobody is {nobody} {own.Step.Named} is late; {other.Step.Named} has {has}.");
        }

        return null;
    }

    // The one of its kind that leads to it first, then those of its kind, as they were drawn.
    private static IEnumerable<FurtherSay> Neighbours(FlowDefinition flow, FurtherSay own) => Says(flow)
        .Where(other => other.Step.Id != own.Step.Id)
        .OrderByDescending(other => other.Work == own.Work)
        .ThenByDescending(other => flow.Connections.Any(c => c.From == other.Step.Id && FlowWays.After(flow, c.From, c.Port).Any(way => way.Rests == own.Step.Id)));

    private static IEnumerable<FurtherSay> Says(FlowDefinition flow) => flow.Steps.Select(s => FlowWays.SayAt(flow, s.Id)).OfType<FurtherSay>();
}
