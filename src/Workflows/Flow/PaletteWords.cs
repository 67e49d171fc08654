using System.Text.RegularExpressions;

namespace ClientConnect.Workflows.Flow;

/// <summary>What the designer's palette and panels call steps, inputs, statuses and people, in English: sentences about a drawing say the same.</summary>
public static partial class PaletteWords
{
    private static readonly Dictionary<string, string> Steps = new(StringComparer.Ordinal)
    {
        ["ClientConnect.ParticipantCheck"] = "Participant check",
        ["ClientConnect.ClearingHouseReview"] = "Clearing house review",
        ["ClientConnect.ClearingHouseApproval"] = "Clearing house approval",
        ["ClientConnect.AwaitCorrection"] = "Correction by the maker",
        ["ClientConnect.AwaitAnswer"] = "Answer of a counterparty",
        ["ClientConnect.AwaitMilestone"] = "Milestone",
        ["ClientConnect.WaitUntil"] = "Wait until",
        ["ClientConnect.Enrol"] = "Enrol",
        ["ClientConnect.AwaitPlaces"] = "Waiting list",
        ["ClientConnect.SetStatus"] = "Set the status",
        ["ClientConnect.TellThem"] = "Send a notice",
        ["ClientConnect.ApplyToRegister"] = "Enter in the register",
        ["ClientConnect.FollowUp"] = "Follow-up",
        ["ClientConnect.CallOut"] = "Call another system",
        ["Elsa.Start"] = "Start",
        ["Elsa.FlowDecision"] = "Decision",
        ["Elsa.FlowSwitch"] = "Switch",
        ["Elsa.FlowFork"] = "Fork",
        ["Elsa.FlowJoin"] = "Join",
        ["Elsa.SetVariable"] = "Set a variable",
        ["Elsa.Finish"] = "Finish",
        ["Elsa.End"] = "End",
        ["Elsa.Fault"] = "Fault",
    };

    private static readonly Dictionary<string, string> Inputs = new(StringComparer.Ordinal)
    {
        ["team"] = "Team",
        ["quorum"] = "Quorum",
        ["deadline"] = "Deadline",
        ["reminders"] = "Reminders",
        ["lateNotice"] = "Late notice",
        ["escalation"] = "Escalation",
        ["warnings"] = "Warnings",
        ["until"] = "Until",
        ["occasion"] = "Occasion",
        ["attendees"] = "Attendees",
        ["status"] = "Status",
        ["template"] = "Mail",
        ["to"] = "To",
        ["kind"] = "Kind of entry",
        ["each"] = "For each",
        ["key"] = "Key",
        ["change"] = "What it does",
        ["milestone"] = "Milestone",
        ["participant"] = "Participant",
        ["effectiveOn"] = "Effective on",
        ["values"] = "Values",
        ["memberships"] = "Memberships",
        ["items"] = "Items",
        ["address"] = "Address",
        ["condition"] = "Condition",
        ["mode"] = "Mode",
        ["branches"] = "Branches",
        ["value"] = "Value",
        ["code"] = "Code",
        ["category"] = "Category",
        ["faultType"] = "Kind of fault",
        ["message"] = "Message",
    };

    private static readonly Dictionary<string, string> Statuses = new(StringComparer.Ordinal)
    {
        ["draft"] = "Draft",
        ["pendingChecker"] = "With the participant's checker",
        ["returnedByChecker"] = "Returned to the maker",
        ["rejectedByChecker"] = "Rejected by the participant's checker",
        ["submitted"] = "Received",
        ["processing"] = "In review",
        ["returnedByHkex"] = "Returned to the participant",
        ["pendingHkexApproval"] = "With second reviewer",
        ["approved"] = "Approved",
        ["partiallyApproved"] = "Partially approved",
        ["completed"] = "Completed",
        ["rejectedByHkex"] = "Rejected",
        ["withdrawn"] = "Withdrawn",
        ["expired"] = "Expired",
        ["cancelled"] = "Cancelled",
    };

    /// <summary>A kind of step; its type's name where the palette has none.</summary>
    public static string Step(string type) => Steps.GetValueOrDefault(type, type);

    /// <summary>An input; <c>values.reason</c> is "Values, reason", what the panels do not show stays as it is.</summary>
    public static string Input(string name) => name.StartsWith("values.", StringComparison.Ordinal) ? $"Values, {name["values.".Length..]}" : Inputs.GetValueOrDefault(name, name);

    public static string Status(string code) => Statuses.GetValueOrDefault(code, code);

    /// <summary>What Studio calls a new step by itself: <c>TellThem13</c>. It says no more than the step's kind.</summary>
    public static bool IsMadeUp(string name, string type) => MadeUp().Match(name) is { Success: true } match && match.Groups[1].Value == type[(type.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"^(\w+?)(\d+)$")]
    private static partial Regex MadeUp();
}
