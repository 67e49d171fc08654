using System.Text.Json.Nodes;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>What a person decided.</summary>
/// <param name="Outcome"><c>approve</c>, <c>return</c> or <c>reject</c>. A checker's <c>approve</c> sends.</param>
/// <param name="Reason">Required for <c>return</c> and <c>reject</c>.</param>
/// <param name="Lines">A reviewer's outcome per line (<c>line</c>, <c>outcome</c>, <c>reason</c>, and what the form grants); lines left out are approved as asked. Null for none.</param>
/// <param name="Remarks">What to correct, as <c>{"path", "text"}</c>; null for none.</param>
/// <param name="ContentHash">Hash of what was on the screen.</param>
public sealed record Decision(string Outcome, string? Reason, JsonArray? Lines, JsonArray? Remarks, string? ContentHash)
{
    /// <summary>The version of the request that was seen, where the caller says so (<c>If-Match</c>); the content hash says more.</summary>
    public string? Seen { get; init; }

    /// <summary>What is said once of a milestone; null for none. What is said of a line stands with it under <c>milestone</c>.</summary>
    public JsonObject? Milestone { get; init; }

    /// <summary>Days that are approved although the calendar has closed the market on them; empty for none (<see cref="ClosedDayApprovals"/>).</summary>
    public IReadOnlyList<DateOnly> ClosedDays { get; init; } = [];

    /// <summary>The answers that those days stand in; null where the decision approves none.</summary>
    internal IReadOnlyList<ClosedAnswer>? Approved { get; init; }

    /// <summary>An approver's no to what is open, where other lines were decided in an earlier round.</summary>
    internal bool RejectsRest { get; init; }

    public const string Approve = "approve";

    /// <summary>A milestone is reached.</summary>
    public const string Done = "done";

    public const string Return = "return";

    public const string Reject = "reject";

    /// <summary>Longest reason or remark, in characters.</summary>
    public const int MaxText = 2000;
}
