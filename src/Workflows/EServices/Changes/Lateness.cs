using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.EServices.Changes;

/// <summary>
/// Of whose delay nobody hears: a clearing-house step that came without a warning or an escalation, where another one of the same flow
/// has it. Nothing is wrong with that, and it is easily overlooked.
/// </summary>
internal static class Lateness
{
    public static IEnumerable<(string Step, string Words)> Unheard(FlowDefinition before, FlowDefinition after) =>
        after.Steps.Where(s => before.Step(s.Id) is null && IsHouse(after, s)).Select(s => Said(after, s)).OfType<(string, string)>();

    private static (string Step, string Words)? Said(FlowDefinition flow, FlowStep step)
    {
        var own = Heard.Of(flow, step);
        if (own is { Warns: true, Escalates: true }) return null;
        foreach (var other in Neighbours(flow, step))
        {
            var theirs = Heard.Of(flow, other);
            var (warning, escalation) = (theirs.Warns && !own.Warns, theirs.Escalates && !own.Escalates);
            if (!warning && !escalation) continue;
            var nobody = warning && escalation ? "warned or told when" : warning ? "warned before" : "told when";
            var has = string.Join(" and ", new[] { warning ? "a warning" : null, escalation ? "an escalation" : null }.OfType<string>());
            return (step.Id, $"Nobody is {nobody} {step.Named} is late; {other.Named} has {has}.");
        }

        return null;
    }

    // The one that leads to it first, then those of its kind, as they were drawn.
    private static IEnumerable<FlowStep> Neighbours(FlowDefinition flow, FlowStep step) => flow.Steps
        .Where(s => s.Id != step.Id && IsHouse(flow, s))
        .OrderByDescending(s => flow.Step(s.Id)!.Behaviour.Ports.Any(port => FlowWays.After(flow, s.Id, port).Any(way => way.Rests == step.Id)) && s.Type == step.Type)
        .ThenByDescending(s => s.Type == step.Type);

    private static bool IsHouse(FlowDefinition flow, FlowStep step) => FlowWays.SayAt(flow, step.Id) is not null;

    private readonly record struct Heard(bool Warns, bool Escalates)
    {
        public static Heard Of(FlowDefinition flow, FlowStep step) =>
            flow.Step(step.Id)?.Behaviour is People people ? new(people.Alarms.Any(a => a.Kind == DeadlineKind.Reminder), people.Alarms.Any(a => a.Kind == DeadlineKind.Escalation)) : default;
    }
}
