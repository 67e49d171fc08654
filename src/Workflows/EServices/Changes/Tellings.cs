using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices.Changes;

/// <summary>Who is told of what somebody decides, before anybody else is waited for: what an analyst asks first of a changed drawing.</summary>
internal sealed class Tellings(EServiceBundle before, EServiceBundle after)
{
    private static readonly string[] Forward = [Ports.Approve, Ports.Done];

    public IEnumerable<(string Step, string Words)> All()
    {
        var (was, now) = (Told(before.Flow), Told(after.Flow));
        foreach (var (left, told) in now.Where(n => was.ContainsKey(n.Key)))
        {
            var step = after.Flow.Steps.First(s => s.Id == left.Step);
            foreach (var (template, to) in told.Notices.Except(was[left].Notices))
            {
                yield return (left.Step, $"{FlowChanges.Leaving(step, left.Port)} {To(to)} told ({(before.Mails.ContainsKey(template) ? "" : "new ")}mail '{template}').");
            }

            foreach (var gone in was[left].Notices.Except(told.Notices))
            {
                yield return (left.Step, $"{FlowChanges.Leaving(step, left.Port)} {To(gone.To)} {Later(left, gone, was, now) ?? "no longer told"} (mail '{gone.Template}').");
            }
        }
    }

    // What is told anew further on the same way only moved behind another step; a way back is another way.
    private string? Later((string Step, string Port) left, (string Template, string To) gone, Dictionary<(string Step, string Port), Exit> was, Dictionary<(string Step, string Port), Exit> now)
    {
        var seen = new HashSet<string>(now[left].Waits);
        for (var due = new Queue<string>(seen); due.TryDequeue(out var id);)
        {
            foreach (var (further, exit) in now.Where(e => e.Key.Step == id && e.Key.Port != Ports.Return).OrderBy(e => Array.IndexOf(Forward, e.Key.Port) is var i && i < 0 ? Forward.Length : i))
            {
                if (exit.Notices.Contains(gone) && !(was.TryGetValue(further, out var before) && before.Notices.Contains(gone)))
                {
                    var leaving = FlowChanges.Leaving(after.Flow.Steps.First(s => s.Id == id), further.Port);
                    return $"told later, {char.ToLowerInvariant(leaving[0])}{leaving[1..]}";
                }

                foreach (var wait in exit.Waits.Where(seen.Add)) due.Enqueue(wait);
            }
        }

        return null;
    }

    private static string To(string recipients)
    {
        var names = FlowOutline.Said(recipients).Split(" and ");
        return $"the {string.Join(" and the ", names)} {(names.Length > 1 || names[0].EndsWith('s') ? "are" : "is")}";
    }

    /// <summary>For each way out of a step that waits, what is told on the ways to the next wait.</summary>
    private static Dictionary<(string Step, string Port), Exit> Told(FlowDefinition flow)
    {
        var steps = flow.Steps.ToDictionary(s => s.Id);
        var leading = flow.Connections.ToLookup(c => c.From);
        var told = new Dictionary<(string, string), Exit>();
        foreach (var exit in flow.Connections.Where(c => Waits(steps[c.From])))
        {
            var seen = new HashSet<string> { exit.To };
            var due = new Queue<string>(seen);
            var here = told[(exit.From, exit.Port)] = new Exit([], []);
            while (due.TryDequeue(out var id))
            {
                var step = steps[id];
                if (step.Type == "ClientConnect.TellThem")
                {
                    here.Notices.Add((step.Inputs.GetValueOrDefault("template", ""), step.Inputs.GetValueOrDefault("to", "")));
                }

                if (Waits(step)) here.Waits.Add(id);
                foreach (var next in Waits(step) ? [] : leading[id].Where(c => seen.Add(c.To)))
                {
                    due.Enqueue(next.To);
                }
            }
        }

        return told;
    }

    private static bool Waits(FlowStep step) => FlowVocabulary.Find(step.Type)?.Waits == true;

    // What is told before anybody else is waited for, and who is waited for then.
    private sealed record Exit(HashSet<(string Template, string To)> Notices, HashSet<string> Waits);
}
