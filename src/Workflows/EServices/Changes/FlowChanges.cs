using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices.Changes;

/// <summary>What the drawing means anew: steps, connections, inputs, conditions and variables; and who is told of what.</summary>
internal sealed class FlowChanges(EServiceBundle before, EServiceBundle after)
{
    private const string File = "workflow.json";
    private readonly FlowDefinition was = before.Flow;
    private readonly FlowDefinition now = after.Flow;
    private readonly Dictionary<string, FlowStep> old = before.Flow.Steps.ToDictionary(s => s.Id);
    private readonly Dictionary<string, FlowStep> young = after.Flow.Steps.ToDictionary(s => s.Id);

    public IEnumerable<ReleaseChange> All()
    {
        var told = new Tellings(before, after).All().ToList();
        return
        [
            .. told.Select(t => new ReleaseChange(ChangeWeight.Flow, File, t.Step, t.Words)),
            .. OfSteps(),
            .. Lateness.Unheard(was, now).Select(t => Flow(t.Step, t.Words)),
            .. OfConnections(),
            .. OfExpressions(),
            .. OfVariables(),
            .. OfOwnTexts(),
        ];
    }

    // What stands on the drawing itself, beside its steps: requests go as before, and who releases it reads of it all the same.
    private IEnumerable<ReleaseChange> OfOwnTexts()
    {
        var (gone, come) = (Texts(before), Texts(after));
        if (gone != come)
        {
            yield return new(ChangeWeight.Wording, File, "", $"The drawing itself has other words: '{come}' (before: '{gone}').");
        }
    }

    private static string Texts(EServiceBundle bundle)
    {
        var model = bundle.File(File) as JsonObject;
        var root = model?["root"] as JsonObject;
        JsonNode?[] own = [model?["name"], model?["description"], root?["name"], root?["metadata"]?["displayText"], root?["metadata"]?["description"]];
        return string.Join(" · ", own.Select(t => t?.ToString()).Where(t => !string.IsNullOrWhiteSpace(t)));
    }

    private IEnumerable<ReleaseChange> OfSteps()
    {
        foreach (var (id, gone, come) in Saying.Paired(was.Steps, now.Steps, s => s.Id))
        {
            if (gone is null || come is null)
            {
                yield return come is null ? Removed(gone!) : Added(come);
                continue;
            }

            if (gone.Type != come.Type)
            {
                yield return Flow(id, $"{Named(come)} is now a {Kind(come)} (before: a {Kind(gone)}).");
            }

            if (gone.Title != come.Title)
            {
                yield return new(ChangeWeight.Wording, File, id, $"The step '{gone.Title}' is now called '{come.Title}'.");
            }

            foreach (var change in OfInputs(gone, come))
            {
                yield return change;
            }
        }

        if (was.First != now.First && young.TryGetValue(now.First, out var first))
        {
            yield return Flow(now.First, $"The flow now begins at {Named(first)}.");
        }
    }

    private ReleaseChange Added(FlowStep step)
    {
        var from = now.Connections.Where(c => c.To == step.Id).Select(c => $"{Named(young[c.From])}{By(c.Port)}").ToList();
        var to = now.Connections.Where(c => c.From == step.Id).Select(c => $"{(c.Port == Ports.Done ? "" : $"'{c.Port}' to ")}{Named(young[c.To])}").ToList();
        var waits = FlowVocabulary.Find(step.Type)?.Waits == true;
        return new(IsControl(step) ? ChangeWeight.Control : ChangeWeight.Flow, File, step.Id,
            $"The step {Named(step)}, a {Kind(step)}{Says(after, step)}, was added{(from.Count > 0 ? $" after {string.Join(" and ", from)}" : "")}{(to.Count > 0 ? $"; it leads {(waits ? "by " : "to ")}{string.Join(waits ? ", by " : " and ", to)}" : "")}.");
    }

    private ReleaseChange Removed(FlowStep step)
    {
        var instead = was.Connections.Where(c => c.To == step.Id && young.ContainsKey(c.From))
            .Select(c => (c.From, c.Port, Now: now.Connections.FirstOrDefault(n => n.From == c.From && n.Port == c.Port)?.To))
            .Select(c => $"{Named(young[c.From])}{By(c.Port)} now leads to {(c.Now is null ? "nothing" : Named(young[c.Now]))}").ToList();
        return new(IsControl(step) ? ChangeWeight.Control : ChangeWeight.Flow, File, step.Id,
            $"The step {Named(step)}, a {Kind(step)}{Says(before, step)}, was removed{(instead.Count > 0 ? $": {string.Join("; ", instead)}" : "")}.");
    }

    private IEnumerable<ReleaseChange> OfInputs(FlowStep gone, FlowStep come)
    {
        var written = was.Expressions.Concat(now.Expressions).Where(e => e.Step == come.Id).Select(e => e.Input).ToHashSet();
        foreach (var input in gone.Inputs.Keys.Union(come.Inputs.Keys))
        {
            var (a, b) = (gone.Inputs.GetValueOrDefault(input), come.Inputs.GetValueOrDefault(input));
            if (a == b || written.Contains(input) || (input == "values" && written.Any(w => w.StartsWith("values.", StringComparison.Ordinal))))
            {
                continue;
            }

            yield return input == "quorum" && Part(come) is { } part
                ? new(ChangeWeight.Control, File, come.Id, $"{part} now needs {People(b)} (step {Named(come)}; before: {People(a)}).")
                : Flow(come.Id, $"{Named(come)}, {Kind(come)}: {Input(input, Value(before, input, a), Value(after, input, b))}.");
        }
    }

    private static string? Value(EServiceBundle bundle, string input, string? written) => written is null ? null : StepWords.Value(input, written, bundle.Labels);

    private static string Input(string input, string? gone, string? come) => (gone, come) switch
    {
        (null, { } c) => $"{PaletteWords.Input(input)} was set: {c}",
        ({ } g, null) => $"{PaletteWords.Input(input)} was removed (before: {g})",
        _ => $"{PaletteWords.Input(input)} is now {come} (before: {gone})",
    };

    private IEnumerable<ReleaseChange> OfConnections()
    {
        foreach (var (key, gone, come) in Saying.Paired(was.Connections, now.Connections, c => $"{c.From}\n{c.Port}"))
        {
            var from = key.Split('\n');
            var kept = old.ContainsKey(from[0]) && young.ContainsKey(from[0]);
            if (!kept || gone?.To == come?.To || (come is not null && !old.ContainsKey(come.To)) || (gone is not null && !young.ContainsKey(gone.To)))
            {
                continue;
            }

            yield return Flow(from[0], (gone, come) switch
            {
                (null, { } c) => $"{Leaving(young[from[0]], from[1])} the flow now goes to {Named(young[c.To])} (before: nowhere).",
                ({ } g, null) => $"{Leaving(young[from[0]], from[1])} nothing follows any more (before: {Named(old[g.To])}).",
                ({ } g, { } c) => $"{Leaving(young[from[0]], from[1])} the flow now goes to {Named(young[c.To])} (before: to {Named(old[g.To])}).",
                _ => "",
            });
        }
    }

    private IEnumerable<ReleaseChange> OfExpressions()
    {
        foreach (var (key, gone, come) in Saying.Paired(was.Expressions, now.Expressions, e => $"{e.Step}\n{e.Input}"))
        {
            var step = key.Split('\n')[0];
            if (gone?.Expression.Text == come?.Expression.Text || !old.ContainsKey(step) || !young.TryGetValue(step, out var at))
            {
                continue;
            }

            yield return Flow(step, $"{Named(at)}, {Kind(at)}: {Input(key.Split('\n')[1], gone?.Expression.Text, come?.Expression.Text)}.");
        }
    }

    private IEnumerable<ReleaseChange> OfVariables()
    {
        foreach (var (name, gone, come) in Saying.Paired(Variables(before), Variables(after), v => v["name"]?.ToString() ?? ""))
        {
            if (!JsonNode.DeepEquals(gone?["value"], come?["value"]) || !JsonNode.DeepEquals(gone?["typeName"], come?["typeName"]) || gone is null != come is null)
            {
                yield return Flow("", come is null ? $"The flow's variable '{name}' was removed." : gone is null ? $"The flow has a new variable '{name}'." : $"The flow's variable '{name}' begins with {Saying.Of(come["value"])} (before: {Saying.Of(gone["value"])}).");
            }
        }
    }

    private static IEnumerable<JsonObject> Variables(EServiceBundle bundle) =>
        new[] { bundle.File(File)?["variables"], (bundle.File(File)?["root"] as JsonObject)?["variables"] }.OfType<JsonArray>().SelectMany(v => v.OfType<JsonObject>());

    private static ReleaseChange Flow(string step, string words) => new(ChangeWeight.Flow, File, step, words);

    private static bool IsControl(FlowStep step) => Part(step) is not null;

    private static string? Part(FlowStep step) => step.Type switch
    {
        "ClientConnect.ParticipantCheck" => "The participant's check",
        "ClientConnect.ClearingHouseReview" => "Clearing-house review",
        "ClientConnect.ClearingHouseApproval" => "Clearing-house approval",
        _ => null,
    };

    private static string People(string? quorum) => int.TryParse(quorum ?? "1", out var count) ? Saying.People(count) : $"as many people as {quorum} says";

    private static string Says(EServiceBundle bundle, FlowStep step) =>
        step.Inputs.Count == 0 ? "" : $" ({string.Join("; ", step.Inputs.Select(i => $"{PaletteWords.Input(i.Key)}: {StepWords.Value(i.Key, i.Value, bundle.Labels)}"))})";

    private static string Kind(FlowStep step) => FlowVocabulary.Find(step.Type)?.Label ?? step.Type;

    private static string By(string port) => port == Ports.Done ? "" : $" by '{port}'";

    internal static string Named(FlowStep step) => step.Named;

    internal static string Leaving(FlowStep step, string port) => port switch
    {
        Ports.Approve => $"On approval at {Named(step)}",
        Ports.Return => $"On return at {Named(step)}",
        Ports.Reject => $"On rejection at {Named(step)}",
        Ports.DeadlinePassed => $"When the deadline passes at {Named(step)}",
        Ports.Done => $"After {Named(step)}",
        _ => $"On '{port}' at {Named(step)}",
    };
}
