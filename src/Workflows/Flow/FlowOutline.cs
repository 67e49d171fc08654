using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>One line of a flow's outline.</summary>
/// <param name="Depth">0 for the first step's way.</param>
/// <param name="IsPort">It names the way out that the following lines take, no step.</param>
public sealed record OutlineLine(int Depth, string Words, bool IsPort = false)
{
    /// <summary>The id of the step that is told here for the first time; null elsewhere. What a step is called inside is no difference to readers.</summary>
    public string? Step { get; init; }

    public bool Equals(OutlineLine? other) => other is not null && (Depth, Words, IsPort) == (other.Depth, other.Words, other.IsPort);

    public override int GetHashCode() => HashCode.Combine(Depth, Words, IsPort);
}

/// <summary>A flow in words, so that a change to a drawing can be read.</summary>
public static class FlowOutline
{
    /// <summary>As indented text; a port ends with a colon.</summary>
    public static string Of(FlowDefinition definition, FlowLabels labels) =>
        string.Concat(Lines(definition, labels).Select(l => $"{new string(' ', l.Depth * 2)}{l.Words}{(l.IsPort ? ":" : "")}\n"));

    public static IReadOnlyList<OutlineLine> Lines(FlowDefinition definition, FlowLabels labels)
    {
        var outline = new Outline(labels);
        outline.From(definition.Start, 0);
        foreach (var step in definition.Graph.Where(s => !outline.Written.Contains(s)))
        {
            outline.Line(0, $"never reached: {StepWords.Of(step, labels)}", step: step.Id);
        }

        return outline.Lines;
    }

    /// <summary>An input as it is written, for people: lists and objects stand in a drawing as JSON, here they are read.</summary>
    public static string Said(string input)
    {
        if (input is not ['[' or '{', ..])
        {
            return input;
        }

        try
        {
            return Said(JsonNode.Parse(input));
        }
        catch (JsonException)
        {
            return input;
        }
    }

    /// <summary>JSON in words.</summary>
    public static string Said(JsonNode? node) => node switch
    {
        null => "nothing",
        JsonArray all => string.Join(" and ", all.Select(Said)),
        JsonObject one => $"({string.Join(", ", one.Select(p => $"{p.Key} {Said(p.Value)}"))})",
        _ => node.ToString(),
    };

    private sealed class Outline(FlowLabels labels)
    {
        public List<OutlineLine> Lines { get; } = [];

        public HashSet<Step> Written { get; } = [];

        public void Line(int depth, string words, bool isPort = false, string? step = null) => Lines.Add(new OutlineLine(depth, words, isPort) { Step = step });

        /// <summary>A step and what follows, each written once; the second time it is only named.</summary>
        public void From(Step? first, int depth)
        {
            for (var step = first; step is not null; step = After(step, depth))
            {
                if (!Written.Add(step))
                {
                    Line(depth, $"→ {step.Title}");
                    return;
                }

                Line(depth, StepWords.Of(step, labels), step: step.Id);
            }

            if (first is null)
            {
                Line(depth, "→ nothing follows");
            }
        }

        /// <summary>Writes the ways out that part here; gives the one that goes on at the same depth.</summary>
        private Step? After(Step step, int depth)
        {
            if (step.Behaviour.Ports is [Ports.Done] && step.Behaviour is not Fork)
            {
                var next = step.Target(Ports.Done);
                return next is { Behaviour: Join, Within: var around } && around != step.Within ? Joined(next, depth) : next;
            }

            foreach (var port in step.Behaviour.Ports)
            {
                if (step.Target(port) is { } target)
                {
                    Line(depth + 1, port, isPort: true);
                    if (target.Behaviour is Join)
                    {
                        Joined(target, depth + 2);
                    }
                    else
                    {
                        From(target, depth + 2);
                    }
                }
                else if (port != Ports.DeadlinePassed && step.Behaviour is not Ending)
                {
                    Line(depth + 1, $"{port}: nothing follows");
                }
            }

            return step.ClosedBy;
        }

        private Step? Joined(Step join, int depth)
        {
            Line(depth, $"→ {join.Title}");
            return null;
        }
    }
}
