using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices.Changes;

/// <summary>Who is told of what somebody decides, before anybody else is waited for: what an analyst asks first of a changed drawing.</summary>
internal sealed class Tellings(EServiceBundle before, EServiceBundle after)
{
    public IEnumerable<(string Step, string Words)> All()
    {
        var (was, now) = (Told(before.Flow), Told(after.Flow));
        foreach (var (left, told) in now.Where(n => was.ContainsKey(n.Key)))
        {
            var step = after.Flow.Steps.First(s => s.Id == left.Step);
            foreach (var (template, to) in told.Except(was[left]))
            {
                yield return (left.Step, $"{FlowChanges.Leaving(step, left.Port)} {To(to)} told ({(before.Mails.ContainsKey(template) ? "" : "new ")}mail '{template}').");
            }

            foreach (var (template, to) in was[left].Except(told))
            {
                yield return (left.Step, $"{FlowChanges.Leaving(step, left.Port)} {To(to)} no longer told (mail '{template}').");
            }
        }
    }

    private static string To(string recipients)
    {
        var names = FlowOutline.Said(recipients).Split(" and ");
        return $"the {string.Join(" and the ", names)} {(names.Length > 1 || names[0].EndsWith('s') ? "are" : "is")}";
    }

    /// <summary>For each way out of a step that waits, what is told on the ways to the next wait.</summary>
    private static Dictionary<(string Step, string Port), HashSet<(string Template, string To)>> Told(FlowDefinition flow)
    {
        var steps = flow.Steps.ToDictionary(s => s.Id);
        var leading = flow.Connections.ToLookup(c => c.From);
        var told = new Dictionary<(string, string), HashSet<(string, string)>>();
        foreach (var exit in flow.Connections.Where(c => Waits(steps[c.From])))
        {
            var seen = new HashSet<string> { exit.To };
            var due = new Queue<string>(seen);
            var here = told[(exit.From, exit.Port)] = [];
            while (due.TryDequeue(out var id))
            {
                var step = steps[id];
                if (step.Type == "ClientConnect.TellThem")
                {
                    here.Add((step.Inputs.GetValueOrDefault("template", ""), step.Inputs.GetValueOrDefault("to", "")));
                }

                foreach (var next in Waits(step) ? [] : leading[id].Where(c => seen.Add(c.To)))
                {
                    due.Enqueue(next.To);
                }
            }
        }

        return told;
    }

    private static bool Waits(FlowStep step) => FlowVocabulary.Find(step.Type)?.Waits == true;
}
