namespace ClientConnect.Workflows.Flow;

/// <summary>Ports as they are drawn; the same words name a decision in the audit trail.</summary>
public static class Ports
{
    public const string Approve = "approve";
    public const string Return = "return";
    public const string Reject = "reject";
    public const string Done = "Done";
    public const string DeadlinePassed = "deadline passed";
    public const string Enrolled = "enrolled";
    public const string WaitingList = "waiting list";
}

/// <summary>A kind of step: what the palette shows, what the reader accepts.</summary>
/// <param name="Label">In the house's words, lower case: <c>participant check</c>.</param>
/// <param name="Ports">Fixed ports; a fork and a switch add those that are drawn.</param>
/// <param name="Waits">Whether a token may rest here between two clicks.</param>
public sealed record StepType(string Name, string Label, bool Waits, IReadOnlyList<string> Ports, IReadOnlyList<StepInput> Inputs);

/// <param name="TypeName">Elsa's alias: <c>String</c>, <c>Int32</c>, <c>Boolean</c>, <c>Object</c>.</param>
/// <param name="Fixed">Whether it must be written out, so that it can be checked before anything runs; else any expression serves.</param>
public sealed record StepInput(string Name, string TypeName, bool Fixed, bool Required = false);

/// <summary>All kinds of steps that a flow may be drawn with; whatever else Elsa offers is refused by name.</summary>
public static class FlowVocabulary
{
    private static readonly string[] Decided = [Ports.Approve, Ports.Return, Ports.Reject, Ports.DeadlinePassed];
    private static readonly string[] OnlyDone = [Ports.Done];

    private static readonly StepInput[] PeopleInputs =
    [
        new("team", "String", Fixed: false), new("quorum", "Int32", Fixed: false), new("deadline", "String", Fixed: true),
        new("reminders", "Object", Fixed: true), new("lateNotice", "Object", Fixed: true), new("escalation", "Object", Fixed: true), new("warnings", "Object", Fixed: true),
    ];

    public static readonly IReadOnlyList<StepType> All =
    [
        new("ClientConnect.ParticipantCheck", "participant check", true, Decided, PeopleInputs),
        new("ClientConnect.ClearingHouseReview", "clearing house review", true, Decided, PeopleInputs),
        new("ClientConnect.ClearingHouseApproval", "clearing house approval", true, Decided, PeopleInputs),
        new("ClientConnect.AwaitCorrection", "correction by the maker", true, [Ports.Done, Ports.DeadlinePassed], PeopleInputs),
        new("ClientConnect.AwaitAnswer", "answer of a counterparty", true, [Ports.Done, Ports.DeadlinePassed],
        [
            new("milestone", "String", Fixed: true, Required: true), new("participant", "String", Fixed: true, Required: true),
            new("deadline", "String", Fixed: true, Required: true), new("reminders", "Object", Fixed: true),
        ]),
        new("ClientConnect.AwaitMilestone", "milestone", true, [Ports.Done, Ports.DeadlinePassed],
        [
            new("milestone", "String", Fixed: true, Required: true), new("team", "String", Fixed: false), new("deadline", "String", Fixed: true),
            new("escalation", "Object", Fixed: true), new("warnings", "Object", Fixed: true),
        ]),
        new("ClientConnect.WaitUntil", "wait until", true, OnlyDone, [new("until", "String", Fixed: true, Required: true), new("reminders", "Object", Fixed: true)]),
        new("ClientConnect.Enrol", "enrolment", false, [Ports.Enrolled, Ports.WaitingList], [new("occasion", "String", Fixed: false, Required: true), new("attendees", "Object", Fixed: true, Required: true)]),
        new("ClientConnect.AwaitPlaces", "waiting list", true, [Ports.Done, Ports.DeadlinePassed], [new("deadline", "String", Fixed: true)]),
        new("ClientConnect.SetStatus", "status", false, OnlyDone, [new("status", "String", Fixed: true, Required: true)]),
        new("ClientConnect.TellThem", "notice", false, OnlyDone, [new("template", "String", Fixed: true, Required: true), new("to", "Object", Fixed: true, Required: true)]),
        new("ClientConnect.ApplyToRegister", "register", false, OnlyDone,
        [
            new("kind", "String", Fixed: true, Required: true), new("each", "String", Fixed: true), new("key", "String", Fixed: false, Required: true),
            new("change", "String", Fixed: false), new("effectiveOn", "String", Fixed: false), new("values", "Object", Fixed: true), new("memberships", "String", Fixed: true),
        ]),
        new("ClientConnect.FollowUp", "follow-up", false, OnlyDone,
        [
            new("milestone", "String", Fixed: true, Required: true), new("items", "String", Fixed: true, Required: true), new("team", "String", Fixed: false),
        ]),
        new("ClientConnect.CallOut", "call out", false, OnlyDone, [new("address", "String", Fixed: false, Required: true), new("values", "Object", Fixed: true)]),
        new("Elsa.Start", "start", false, OnlyDone, []),
        new("Elsa.FlowDecision", "decision", false, ["True", "False"], [new("condition", "Boolean", Fixed: false, Required: true)]),
        new("Elsa.FlowSwitch", "switch", false, ["Default"], [new("mode", "Object", Fixed: true)]),
        new("Elsa.FlowFork", "fork", false, [], [new("branches", "Object", Fixed: true)]),
        new("Elsa.FlowJoin", "join", false, OnlyDone, [new("mode", "Object", Fixed: true)]),
        new("Elsa.SetVariable", "variable", false, OnlyDone, [new("value", "Object", Fixed: false)]),
        new("Elsa.Finish", "finish", false, [], []),
        new("Elsa.End", "end", false, [], []),
        new("Elsa.Fault", "fault", false, [],
        [
            new("code", "String", Fixed: false), new("category", "String", Fixed: false), new("faultType", "String", Fixed: false), new("message", "String", Fixed: false),
        ]),
    ];

    /// <summary>What a register step may do with the entry under a key, as it is drawn.</summary>
    public static readonly IReadOnlyList<string> RegisterDeeds = [.. Enum.GetNames<RegisterDeed>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The statuses of a request; a flow sets no others.</summary>
    public static readonly IReadOnlySet<string> Statuses = new HashSet<string>(StringComparer.Ordinal)
    {
        "draft", "pendingChecker", "returnedByChecker", "rejectedByChecker", "submitted", "processing", "returnedByHkex", "pendingHkexApproval",
        "approved", "partiallyApproved", "completed", "rejectedByHkex", "withdrawn", "expired", "cancelled",
    };

    /// <summary>Whom a notice can go to.</summary>
    public static readonly IReadOnlySet<string> Recipients = new HashSet<string>(StringComparer.Ordinal)
    {
        "maker", "makers", "checker", "checkers", "contact", "counterparty", "reviewer", "reviewers", "approver", "approvers", "supervisors",
    };

    private static readonly Dictionary<string, StepType> ByName = All.ToDictionary(t => t.Name, StringComparer.Ordinal);

    public static StepType? Find(string type) => ByName.GetValueOrDefault(type);

    /// <summary>What to draw in place of a step of Elsa's that needs Elsa's server, or that the two engines run differently.</summary>
    public static string InsteadOf(string type) => type switch
    {
        "Elsa.Delay" or "Elsa.Timer" or "Elsa.StartAt" or "Elsa.Cron" => "Use 'Wait until' with one of the eService's deadlines.",
        "Elsa.Event" or "Elsa.RunTask" or "Elsa.HttpEndpoint" => "Use 'Answer of a counterparty'.",
        "Elsa.SendHttpRequest" or "Elsa.FlowSendHttpRequest" or "Elsa.PublishEvent" => "Use 'Call another system'.",
        "Elsa.SendEmail" or "Elsa.WriteLine" => "Use 'Send a notice'.",
        "Elsa.If" => "Use 'Decision'.",
        "Elsa.Switch" => "Use 'Switch'.",
        "Elsa.Parallel" or "Elsa.Fork" or "Elsa.ParallelForEach" => "Use 'Fork' and 'Join'; lines are data, never branches.",
        "Elsa.For" or "Elsa.ForEach" or "Elsa.While" or "Elsa.Sequence" or "Elsa.Flowchart" or "Elsa.Workflow" => "Draw its steps into the one flowchart; lines are data and need no loop.",
        "Elsa.RunJavaScript" or "Elsa.RunCSharp" or "Elsa.RunLiquid" or "Elsa.RunPython" => "Use 'Set a variable' with one JavaScript expression.",
        "Elsa.NotFoundActivity" => "The step type was not known to the Studio that saved this: draw it again.",
        _ => $"Use one of {string.Join(", ", All.Select(t => PaletteWords.Step(t.Name)))}.",
    };
}
