using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>From Elsa's JSON to a definition that runs, or to all reasons why not.</summary>
internal static class DefinitionReader
{
    /// <summary>Longest definition in characters; the real ones have 20,000.</summary>
    private const int MaxLength = 1_000_000;
    private const int MaxSteps = 500;

    public static FlowReading Read(string json)
    {
        var faults = new Faults();
        try
        {
            var definition = Read(json, faults);
            return faults.Any ? new(null, faults.Found) : new(definition, []);
        }
        catch (JsonException wrong)
        {
            return new(null, [new("", $"The definition is no JSON that can be read: {wrong.Message}")]);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json reads such text lazily and throws only when it is asked for.
            return new(null, [new("", "The definition holds text that is no Unicode (half of a surrogate pair).")]);
        }
    }

    private static FlowDefinition? Read(string json, Faults faults)
    {
        if (json.Length > MaxLength)
        {
            faults.Add("", $"The definition has {json.Length} characters; {MaxLength} is the most that is read. Split the flow.");
            return null;
        }

        var document = Elsa.Parse(json);
        var model = Elsa.Member(document, "model") ?? document;
        var chart = Elsa.Member(model, "root") ?? model;
        if (Elsa.Text(chart, "type") != "Elsa.Flowchart")
        {
            faults.Add("", $"The root is {Elsa.Text(chart, "type") ?? "missing"}; it must be an Elsa.Flowchart with all steps in it.");
            return null;
        }

        if (Elsa.List(Elsa.Member(chart, "activities")).Count > MaxSteps)
        {
            faults.Add("", $"The flow has more than {MaxSteps} steps. Split it.");
            return null;
        }

        var drawing = new Drawing(model, chart, faults);
        drawing.Read();
        return drawing.Start is { } start && !faults.Any && Shape.IsSound(drawing, start, faults)
            ? new FlowDefinition(Elsa.Text(model, "name") ?? Elsa.Text(model, "definitionId") ?? "Flow", drawing, start)
            : null;
    }
}
