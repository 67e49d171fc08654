using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Flow.Reading;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.EServices.Tests.Mutants;

/// <summary>
/// A drawing made ready to be played through with every outcome: what its conditions choose between is chosen from outside,
/// and nothing else in it depends on facts. It is read without any check of its shape.
/// </summary>
internal sealed class Playground
{
    private const string Free = "free";

    private readonly Dictionary<string, string[]> choices = [];

    private Playground(JsonObject workflow)
    {
        foreach (var step in workflow["root"]!["activities"]!.AsArray().Select(a => a!.AsObject()))
        {
            var id = step["id"]!.GetValue<string>();
            switch (step["type"]!.GetValue<string>())
            {
                case "Elsa.FlowSwitch":
                    foreach (var one in step["cases"]!.AsArray())
                    {
                        one!["condition"] = Script($"facts.chosen['{id}'] == '{one["label"]}'");
                    }

                    choices[id] = [.. step["cases"]!.AsArray().Select(c => c!["label"]!.GetValue<string>()), "Default"];
                    break;
                case "Elsa.FlowDecision":
                    step["condition"] = new JsonObject { ["typeName"] = "Boolean", ["expression"] = Script($"facts.chosen['{id}'] == 'True'") };
                    choices[id] = ["True", "False"];
                    break;
                case "ClientConnect.ParticipantCheck" when (step["quorum"] as JsonObject)?.ToJsonString().Contains("JavaScript", StringComparison.Ordinal) == true:
                    // How many must agree is worked out from facts, which there are none of: one is enough to play on.
                    step.Remove("quorum");
                    break;
                case "ClientConnect.Enrol":
                    step["occasion"] = Text(id);
                    choices[id] = [Free, "full"];
                    break;
                case "ClientConnect.ApplyToRegister":
                    (step["each"], step["key"]) = (Text("request"), Text("key"));
                    step.Remove("values");
                    step.Remove("change");
                    step.Remove("effectiveOn");
                    step.Remove("memberships");
                    break;
            }
        }
    }

    public FlowDefinition Flow { get; private set; } = null!;

    /// <summary>Null where the drawing is so broken that it has no steps and connections to play with.</summary>
    public static Playground? Of(JsonObject workflow)
    {
        var model = workflow.DeepClone().AsObject();
        var playground = new Playground(model);
        var faults = new Faults();
        var drawing = new Drawing(model, model["root"], faults);
        drawing.Read();
        if (faults.Any || drawing.Start is null)
        {
            return null;
        }

        // Forks are played only where it is clear which join closes them.
        if (drawing.Steps.Exists(s => s.Behaviour is Fork) && !Shape.IsSound(drawing, drawing.Start, faults) && faults.Found.Any(f => f.Code is FaultCodes.Fork or FaultCodes.Join or FaultCodes.MissingPort))
        {
            return null;
        }

        playground.Flow = new FlowDefinition("mutant", drawing, drawing.Start);
        return playground;
    }

    /// <summary>All that can follow from a stimulus, each with the steps that were entered.</summary>
    public IEnumerable<(FlowAdvance Advance, List<string> Path)> Play(FlowState state, Stimulus stimulus)
    {
        var due = new Stack<JsonObject>([[]]);
        while (due.TryPop(out var chosen))
        {
            var path = new List<string>();
            var advance = FlowInterpreter.Advance(Flow, state, stimulus, new Facts(new JsonObject { ["chosen"] = chosen, ["places"] = Places(chosen) }), path);
            if (path.Find(id => choices.ContainsKey(id) && !chosen.ContainsKey(id)) is not { } open)
            {
                yield return (advance, path);
                continue;
            }

            foreach (var outcome in choices[open])
            {
                var more = chosen.DeepClone().AsObject();
                more[open] = outcome;
                due.Push(more);
            }
        }
    }

    private static JsonObject Places(JsonObject chosen) => new(chosen.Select(c =>
        KeyValuePair.Create(c.Key, (JsonNode?)new JsonObject { ["free"] = 1, ["waiting"] = (string?)c.Value == Free ? 0 : 1 })));

    private static JsonObject Script(string text) => new() { ["type"] = "JavaScript", ["value"] = text };

    private static JsonObject Text(string text) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = text } };
}
