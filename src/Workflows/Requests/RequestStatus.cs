using System.Text.Json;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// Where a request stands; a closed list, the same for all eServices. Draft → with the checker → with the clearing house →
/// decided → completed, with returns on the way. In the API in camelCase (<c>pendingChecker</c>).
/// </summary>
public enum RequestStatus
{
    /// <summary>Being filled in by the participant's makers; nobody else sees it.</summary>
    Draft,

    /// <summary>Waits for a checker of the participant.</summary>
    PendingChecker,

    /// <summary>The checker wants something corrected; the makers can edit.</summary>
    ReturnedByChecker,

    /// <summary>The checker said no. Final.</summary>
    RejectedByChecker,

    /// <summary>Sent to the clearing house; nobody has begun on it, so it can be withdrawn.</summary>
    Submitted,

    /// <summary>A reviewer has claimed it.</summary>
    Processing,

    /// <summary>The clearing house wants something corrected; the makers can edit.</summary>
    ReturnedByHkex,

    /// <summary>A reviewer has proposed an outcome; an approver has it.</summary>
    PendingHkexApproval,

    /// <summary>All lines were approved and have taken effect, or will on their date.</summary>
    Approved,

    /// <summary>Some lines were approved, others rejected.</summary>
    PartiallyApproved,

    /// <summary>What was approved has run its course. Final.</summary>
    Completed,

    /// <summary>All lines were rejected. Final.</summary>
    RejectedByHkex,

    /// <summary>The participant took it back. Final.</summary>
    Withdrawn,

    /// <summary>Not sent by its last moment. Final.</summary>
    Expired,

    /// <summary>Ended by the clearing house or the system. Final.</summary>
    Cancelled,
}

/// <summary>What follows from a status alone.</summary>
public static class RequestStatuses
{
    public static string Code(this RequestStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    /// <summary>Null where no status has that code.</summary>
    public static RequestStatus? From(string? code) =>
        Enum.GetValues<RequestStatus>().Cast<RequestStatus?>().FirstOrDefault(s => s!.Value.Code() == code);

    /// <summary>Nothing more can happen to it.</summary>
    public static bool IsFinal(this RequestStatus status) => status is RequestStatus.RejectedByChecker or RequestStatus.Completed
        or RequestStatus.RejectedByHkex or RequestStatus.Withdrawn or RequestStatus.Expired or RequestStatus.Cancelled;

    /// <summary>The clearing house has said its last word on it.</summary>
    public static bool IsDecided(this RequestStatus status) => status is RequestStatus.Approved or RequestStatus.PartiallyApproved or RequestStatus.Completed
        or RequestStatus.RejectedByHkex or RequestStatus.Cancelled;

    /// <summary>The makers may edit the answers.</summary>
    public static bool IsEditable(this RequestStatus status) =>
        status is RequestStatus.Draft or RequestStatus.ReturnedByChecker or RequestStatus.ReturnedByHkex;
}
