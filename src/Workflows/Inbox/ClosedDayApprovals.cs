using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>
/// Days of a request on which a calendar has closed the market since it was sent: the clearing house is shown those that its yes would be
/// about, and gives it only if it names them. All of it is in memory, and nothing where the answers speak of no day.
/// </summary>
public sealed class ClosedDayApprovals(CalendarStore calendars)
{
    /// <summary>What approving would approve of them; empty where the task asks for no approval, or the reviewer proposes none.</summary>
    public IReadOnlyList<ClosedDay> At(LoadedRequest request, LoadedTask task, DateTimeOffset now) => !task.IsOpen ? [] : task.Kind switch
    {
        TaskKind.Review => Of(request, Outcomes.Open(request), now),
        TaskKind.Approval => Proposed(request, now),
        _ => [],
    };

    /// <summary>The decision with the days that it approves and names; refused where it names not all of them.</summary>
    /// <param name="decided">With the proposal that the decision makes or confirms.</param>
    internal Result<Decision> Naming(LoadedRequest decided, LoadedTask task, Decision decision, DateTimeOffset now)
    {
        if (task.Kind is not (TaskKind.Review or TaskKind.Approval) || decision.Outcome != Decision.Approve) return decision;
        var closed = Proposed(decided, now);
        if (closed.Count == 0) return decision;
        var unnamed = closed.Select(c => c.Day).Except(decision.ClosedDays).Order().ToList();
        return unnamed.Count > 0 ? new MarketIsClosedThen(unnamed) : decision with { Approved = [.. closed.Select(c => new ClosedAnswer(c.Path, c.Day))] };
    }

    private IReadOnlyList<ClosedDay> Proposed(LoadedRequest request, DateTimeOffset now)
    {
        if (request.Proposal is not { } proposal || (string?)proposal["outcome"] == Decision.Reject) return [];
        var lines = Outcomes.Read(proposal["lines"] as JsonArray);
        return Of(request, lines.Count == 0 ? null : lines.Where(l => l.Outcome == LineOutcomes.Approve).Select(l => l.Line).ToHashSet(), now);
    }

    /// <param name="lines">Those that are approved, from 1; null where the request is approved as a whole.</param>
    private IReadOnlyList<ClosedDay> Of(LoadedRequest request, IReadOnlySet<int>? lines, DateTimeOffset now) => lines is { Count: 0 } ? []
        : [.. ClosedDays.Of(request.Bundle.Service, request.Form, request.Answers, calendars.Current, HongKong.DateIn(now)).Where(c => lines is null || c.Line is not { } line || lines.Contains(line))];
}
