using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>From Elsa's JSON to a definition that runs, or to all reasons why not.</summary>
internal static class DefinitionReader
{
    public static FlowReading Read(string json) => Read(json, FlowDefinition.MaxLength, FlowDefinition.MaxSteps);

    /// <summary>With other bounds: what is worked out here must not take longer than in proportion to them.</summary>
    internal static FlowReading Read(string json, int maxLength, int maxSteps)
    {
        var faults = new Faults();
        try
        {
            var definition = Read(json, maxLength, maxSteps, faults, out var loose);
            return faults.Any ? new(null, faults.Found) { LooseEnds = loose } : new(definition, []);
        }
        catch (JsonException wrong)
        {
            return new(null, [NoDefinition($"The definition is no JSON that can be read: {wrong.Message} Export it again from Studio.")]);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json reads such text lazily and throws only when it is asked for.
            return new(null, [NoDefinition("The definition holds text that is no Unicode (half of a surrogate pair). Type that text again.")]);
        }
    }

    private static FlowDefinition? Read(string json, int maxLength, int maxSteps, Faults faults, out IReadOnlyList<FlowFault> loose)
    {
        loose = [];
        if (json.Length > maxLength)
        {
            faults.Add(FaultCodes.TooLarge, $"The definition has {json.Length} characters; {maxLength} is the most that is read. Split the flow.");
            return null;
        }

        var document = Elsa.Parse(json);
        var model = Elsa.Member(document, "model") ?? document;
        var chart = Elsa.Member(model, "root") ?? model;
        if (Elsa.Text(chart, "type") != "Elsa.Flowchart")
        {
            faults.Add(FaultCodes.NoDefinition, $"The root is {Elsa.Text(chart, "type") ?? "missing"}; it must be an Elsa.Flowchart with all steps in it.");
            return null;
        }

        if (Elsa.List(Elsa.Member(chart, "activities")).Count > maxSteps)
        {
            faults.Add(FaultCodes.TooLarge, $"The flow has more than {maxSteps} steps. Split it.");
            return null;
        }

        CheckVersion(model, faults);
        var drawing = new Drawing(model, chart, faults);
        drawing.Read();
        if (drawing.Start is { } first && drawing.Unread.Count > 0) loose = LooseEnds.Of(drawing, first);
        return drawing.Start is { } start && !faults.Any && Shape.IsSound(drawing, start, faults)
            ? new FlowDefinition(Elsa.Text(model, "name") ?? Elsa.Text(model, "definitionId") ?? "Flow", drawing, start)
            : null;
    }

    private static void CheckVersion(JsonNode? model, Faults faults)
    {
        if (Elsa.Text(model, "toolVersion") is { } version && version.Split('.')[0] != "3")
        {
            faults.Add(FaultCodes.UnknownVersion, $"The definition was saved by version {version} of Elsa; those of version 3 are read. Save it with the designer's own Studio.");
        }
    }

    private static FlowFault NoDefinition(string message) => new("", message) { Code = FaultCodes.NoDefinition };
}
