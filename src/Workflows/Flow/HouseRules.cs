using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>How many different people of each part must have said yes before anything is approved; the eService's service.json says it.</summary>
public sealed record OwedParts(int Check, int Review, int Approval);

/// <summary>
/// What every drawing must keep, proved on the graph before it is released: nothing is approved without the parts that are
/// owed, every wait has a way out, whoever asked is told, and nothing runs after an end.
/// </summary>
public static class HouseRules
{
    private static readonly HashSet<string> Granted = ["approved", "partiallyApproved", "completed"];
    private static readonly HashSet<string> Over = ["rejectedByChecker", "completed", "rejectedByHkex", "withdrawn", "expired", "cancelled"];
    private static readonly HashSet<string> Makers = ["maker", "makers"];

    public static IReadOnlyList<FlowFault> Check(FlowDefinition definition, OwedParts parts)
    {
        var faults = new Reading.Faults();
        var reached = Reached(definition.Start);
        foreach (var dead in definition.Graph.Where(s => !reached.Contains(s)))
        {
            faults.Add(dead.Id, $"{dead} is dead: no way leads to it. Connect or remove it.");
        }

        foreach (var step in definition.Graph.Where(reached.Contains))
        {
            CheckWaysOut(step, faults);
            CheckMakerIsTold(step, faults);
            CheckEnd(step, faults);
        }

        new PartsSearch(parts, faults).From(definition.Start);
        return faults.Found;
    }

    private static void CheckWaysOut(Step step, Reading.Faults faults)
    {
        foreach (var port in step.Behaviour is Waiting ? step.Answers : [])
        {
            if (step.Target(port) is null)
            {
                faults.Add(step.Id, $"{step} can be answered with '{port}', but nothing follows. Connect the port, at least to an Elsa.Finish.");
            }
        }

        if (step.Behaviour is People { Deadline: null } && step.Target(Ports.DeadlinePassed) is { } never)
        {
            faults.Add(step.Id, $"{step} leads by '{Ports.DeadlinePassed}' to {never}, but names no deadline. Name one, or remove the connection.");
        }

        if (step.Behaviour is Waiting && !Reached(step).Any(IsEnd))
        {
            faults.Add(step.Id, $"From {step} no way leads to an end. Connect one of its rounds to an Elsa.Finish.");
        }
    }

    private static bool IsEnd(Step step) => step.Behaviour is Ending or Broken || step.Exits.Count == 0;

    /// <summary>Every return and rejection tells the maker before anybody else is waited for; what stays between reviewer and approver need not.</summary>
    private static void CheckMakerIsTold(Step step, Reading.Faults faults)
    {
        if (step.Behaviour is not People { Kind: TaskKind.Check or TaskKind.Review or TaskKind.Approval })
        {
            return;
        }

        foreach (var port in new[] { Ports.Return, Ports.Reject })
        {
            if (step.Target(port) is { } first && Untold(first, []) is { } untold)
            {
                faults.Add(step.Id, $"By '{port}' {step} leads to {untold} without telling the maker. Put a ClientConnect.TellThem to the maker on the way.");
            }
        }
    }

    /// <summary>The first end or wait that is met before the maker is told; null where the maker always is.</summary>
    private static Step? Untold(Step step, HashSet<Step> seen) => step.Behaviour switch
    {
        Telling telling when telling.To.Any(Makers.Contains) => null,
        People { Kind: TaskKind.Review or TaskKind.Approval } => null,
        Waiting => step,
        _ when !seen.Add(step) => null,
        _ when step.Exits.Count == 0 => step,
        _ => step.Exits.Select(e => Untold(e.To, seen)).FirstOrDefault(found => found is not null),
    };

    private static void CheckEnd(Step step, Reading.Faults faults)
    {
        if (step.Behaviour is StatusChange { Status: var status } && Over.Contains(status) && Reached(step).FirstOrDefault(s => s.Behaviour is People) is { } work)
        {
            faults.Add(step.Id, $"After {step} the request is over ({status}), and yet {work} waits for somebody. End the flow there, or set another status.");
        }
    }

    private static HashSet<Step> Reached(Step start)
    {
        var reached = new HashSet<Step> { start };
        var due = new Queue<Step>(reached);
        while (due.TryDequeue(out var step))
        {
            foreach (var exit in step.Exits.Where(e => reached.Add(e.To)))
            {
                due.Enqueue(exit.To);
            }
        }

        return reached;
    }

    internal static bool Grants(Step step) => step.Behaviour is RegisterEntry || (step.Behaviour is StatusChange { Status: var status } && Granted.Contains(status));

    /// <summary>How many people a yes of this step stands for; a quorum that is worked out counts as one.</summary>
    internal static int Quorum(People people) => people.Quorum is Written { Content: JsonNode written } ? Conversion.Whole(written) ?? 1 : 1;
}
