using System.Text;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>A flow as indented text, so that a reviewer reads a change to a drawing as words.</summary>
public static class FlowOutline
{
    public static string Of(FlowDefinition definition)
    {
        var outline = new Outline();
        outline.From(definition.Start, 0);
        foreach (var step in definition.Graph.Where(s => !outline.Written.Contains(s)))
        {
            outline.Line(0, $"never reached: {Outline.Words(step)}");
        }

        return outline.ToString();
    }

    private sealed class Outline
    {
        private readonly StringBuilder text = new();

        public HashSet<Step> Written { get; } = [];

        public override string ToString() => text.ToString();

        public void Line(int depth, string words) => text.Append(' ', depth * 2).Append(words).Append('\n');

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

                Line(depth, Words(step));
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
                    Line(depth + 1, $"{port}:");
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

        public static string Words(Step step)
        {
            var label = step.Type.Label;
            var inputs = string.Join(", ", step.Drawn.Inputs.Select(i => $"{i.Key} {i.Value}"));
            var detail = step.Behaviour switch
            {
                Assignment a => $"{a.Variable} = {(a.Content is null ? "nothing" : a.Content.Words)}",
                Switch s => string.Join(", ", s.Cases.Select(c => $"{c.Label} when {c.Condition.Words}")),
                Join j => j.Any ? "the first to arrive goes on, the others are dropped" : "waits for all that are under way",
                Fork => "at the same time",
                _ => inputs,
            };
            return $"{step.Title} ({label}{(detail.Length > 0 ? ": " + detail : "")})";
        }
    }
}
