using System.Text.Json.Nodes;
using ClientConnect.Workflows.Events;

namespace ClientConnect.Workflows.Requests;

/// <summary>A maker sent the request to the firm's checkers; the first of these begins the request's record.</summary>
/// <param name="Editors">Everybody who has edited the answers so far, by user id.</param>
/// <param name="Changes">Paths that differ from what was sent before; empty the first time.</param>
/// <param name="Plan">The deadlines as the maker was shown them.</param>
public sealed record SentToChecker(string Number, int Revision, string Release, JsonObject Answers, IReadOnlyList<string> Editors, IReadOnlyList<string> Changes, JsonObject Plan, string Status) : RequestEvent;

/// <summary>The participant took the request back.</summary>
public sealed record RequestWithdrawn(string? Reason, string Status) : RequestEvent;

/// <summary>A person of the clearing house took a task on.</summary>
public sealed record TaskClaimed(string Step, string Kind, string Status) : RequestEvent;

/// <summary>A task was given back for others to take.</summary>
public sealed record TaskReleased(string Step, string Kind, string Status) : RequestEvent;

/// <summary>A supervisor gave a task to somebody else.</summary>
/// <param name="To">User id of whoever has it now.</param>
public sealed record TaskReassigned(string Step, string Kind, string To, string Status) : RequestEvent;

/// <summary>A person decided: the checker for the participant, reviewer or approver for the clearing house.</summary>
/// <param name="Outcome"><c>approve</c>, <c>return</c> or <c>reject</c>.</param>
/// <param name="Lines">Outcome per line, as proposed or decided; null where the decision has none.</param>
/// <param name="Remarks">What to correct, by field path; null where nothing was returned.</param>
public sealed record TaskDecided(string Step, string Kind, string Outcome, string? Reason, JsonArray? Lines, JsonArray? Remarks, bool IsLate, string Status) : RequestEvent
{
    /// <summary>Name of the milestone that was reported; null for decisions.</summary>
    public string? Milestone { get; init; }

    /// <summary>What was followed up, as the value of its option; null for all else.</summary>
    public string? Item { get; init; }

    /// <summary>What was reported of it: <c>values</c> and <c>lines</c>; null for decisions.</summary>
    public JsonObject? Report { get; init; }

    /// <summary>Days that were approved knowing that the market is closed on them, with their answers; null where none were.</summary>
    public IReadOnlyList<ClosedAnswer>? Closed { get; init; }
}

/// <summary>The moment of a deadline, reminder or wait came and its effect was written.</summary>
/// <param name="Kind">As in the ledger: passes, cutOff, reminder, escalation, wait.</param>
public sealed record DeadlineFired(string Deadline, string Kind, DateTimeOffset DueAt, string Status) : RequestEvent;

/// <summary>The calendar became another one, and with it the moments that the request waits for.</summary>
/// <param name="Import">Id of the file that changed the calendar.</param>
/// <param name="Closed">Days that the answers speak of and on which the market is closed now; null where there are none.</param>
public sealed record DeadlinesMoved(IReadOnlyList<MovedMoment> Moved, string Import, string Status, IReadOnlyList<ClosedAnswer>? Closed = null) : RequestEvent;

/// <summary>A deadline that moved.</summary>
/// <param name="Deadline">Its name in service.json.</param>
public sealed record MovedMoment(string Deadline, string Step, DateTimeOffset From, DateTimeOffset To);

/// <summary>A day that was answered, and is none any more on which it can happen.</summary>
/// <param name="Path">Of the answer: <c>buyInDate</c>, <c>lines[0].expectedDeliveryDate</c>.</param>
public sealed record ClosedAnswer(string Path, DateOnly Day);
