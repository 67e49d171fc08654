using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>
/// A request is decided once more for the lines that came back. A no of the clearing house is one to these: the flow goes on with
/// lines, as it does after a yes, since what was decided before stands.
/// </summary>
internal static class LaterRound
{
    public static Decision Reading(LoadedRequest request, LoadedTask task, Decision decision) =>
        decision.Outcome != Decision.Reject || Outcomes.Standing(request).Count == 0 ? decision : task.Kind switch
        {
            TaskKind.Review => decision with { Outcome = Decision.Approve, Lines = Proposals.AllRejected(request, decision.Reason) },
            TaskKind.Approval => decision with { Outcome = Decision.Approve, RejectsRest = true },
            _ => decision,
        };

    /// <summary>The request with the outcome that an approver gave: what stood before, and what is decided now.</summary>
    public static LoadedRequest Decided(LoadedRequest request, Decision decision)
    {
        var overruled = decision.RejectsRest || decision.Outcome == Decision.Reject;
        var lines = overruled ? Proposals.AllRejected(request, decision.Reason) : request.Proposal!["lines"] as JsonArray;
        return request with { Outcomes = Outcomes.With(Outcomes.Standing(request), lines), Proposal = decision.RejectsRest ? Overruled(request.Proposal!, lines!) : request.Proposal };
    }

    /// <summary>What was decided now, without what stood before; null where nothing was.</summary>
    public static JsonArray? Said(LoadedRequest before, LoadedRequest after)
    {
        var standing = Outcomes.Standing(before).Select(d => d.Line).ToHashSet();
        var said = Outcomes.Read(after.Outcomes).Where(d => !standing.Contains(d.Line)).ToList();
        return after.Outcomes is null || (said.Count == 0 && standing.Count > 0) ? null : Outcomes.ToJson(said);
    }

    // Where another approval follows, it is asked about the no.
    private static JsonObject Overruled(JsonObject proposal, JsonArray lines)
    {
        var overruled = (JsonObject)proposal.DeepClone();
        overruled["lines"] = lines.DeepClone();
        return overruled;
    }
}
