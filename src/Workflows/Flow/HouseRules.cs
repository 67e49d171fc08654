using ClientConnect.Workflows.Flow.Rules;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>What an eService's flow owes: how many different people of each part must have said yes before anything is approved; service.json says it.</summary>
public sealed record Owed(int Check, int Review, int Approval)
{
    /// <summary>Names of the deadlines that the eService sets.</summary>
    public IReadOnlyCollection<string> Deadlines { get; init; } = [];

    /// <summary>Those of them whose moment moves on with the day that it is planned on: whoever missed one is given another.</summary>
    public IReadOnlyCollection<string> MovingDeadlines { get; init; } = [];

    /// <summary>Names of the house rules that do not hold here.</summary>
    public IReadOnlyCollection<string> Exempt { get; init; } = [];
}

/// <summary>One thing that every drawing must keep.</summary>
/// <param name="Name">By which service.json exempts from it, and which is the code of a fault that breaks it.</param>
public sealed record HouseRule(string Name, string Words);

/// <summary>
/// What every drawing must keep, proved on the graph before it is released: nothing is approved without the parts that are
/// owed, every wait has a way out, whoever asked is told, and nothing runs after an end. The proofs search over the flow's
/// states (a step and what is remembered of the way to it), never over its ways, so a drawing costs in proportion to its size.
/// </summary>
public static class HouseRules
{
    internal const string Check = "check";
    internal const string Review = "review";
    internal const string Approval = "approval";
    internal const string MakerTold = "maker-told";
    internal const string WayOut = "way-out";
    /// <summary>The one rule that the flow alone does not show: service.json says which deadlines there are.</summary>
    public const string Deadline = "deadline";
    internal const string EndlessDeadline = "endless-deadline";
    internal const string Over = "over";
    internal const string Outcome = "outcome";
    internal const string DeadEnd = "dead-end";
    internal const string DeadStep = "dead-step";

    /// <summary>All of them, in the order of their weight.</summary>
    public static readonly IReadOnlyList<HouseRule> All =
    [
        new(Check, "Nothing is approved unless as many checkers of the participant as the eService owes have said yes to it."),
        new(Review, "Nothing is approved unless as many reviewers as the eService owes have said yes to it."),
        new(Approval, "Nothing is approved unless as many approvers as the eService owes have said yes to it."),
        new(MakerTold, "Every return and every rejection tells the maker."),
        new(WayOut, "Every wait has a way out: each answer leads somewhere, and in the end to an end."),
        new(Deadline, "Where the eService sets deadlines, nobody of the participant is waited for without one."),
        new(EndlessDeadline, "A deadline that has passed lets nobody go round for ever."),
        new(Over, "Nothing runs after an end: once a request is over nobody is waited for and nothing is changed."),
        new(Outcome, "Every way ends with an outcome: no request is left where nobody will come back to it."),
        new(DeadEnd, "Every way leads to an end that is drawn."),
        new(DeadStep, "Every step can be reached."),
    ];

    private static readonly HashSet<string> Granted = ["approved", "partiallyApproved", "completed"];
    private static readonly HashSet<string> Closed = ["rejectedByChecker", "completed", "rejectedByHkex", "withdrawn", "expired", "cancelled"];
    private static readonly HashSet<string> SentBack = ["returnedByChecker", "rejectedByChecker", "returnedByHkex", "rejectedByHkex"];
    private static readonly HashSet<string> Makers = ["maker", "makers"];

    /// <summary>All rules that a drawing breaks, each with the step, the way, and what to do.</summary>
    public static IReadOnlyList<FlowFault> Broken(FlowDefinition definition, Owed owed)
    {
        var faults = new Reading.Faults();
        var reached = new Ways<bool>([(definition.Start, false)], (at, _) => at.Exits.Select(e => (e.Port, e.To, false)));
        new EndRules(definition, reached, faults).Judge();
        new DeadlineRules(definition, owed, faults).Judge();
        new MakerIsTold(definition, faults).Judge();
        new PartsSearch(owed, faults).From(definition.Start);
        return [.. faults.Found.Where(f => !owed.Exempt.Contains(f.Code))];
    }

    internal static bool Grants(Step step) => step.Behaviour is RegisterEntry || (step.Behaviour is StatusChange { Status: var status } && Granted.Contains(status));

    /// <summary>After such a status the request is over.</summary>
    internal static bool IsOver(string status) => Closed.Contains(status);

    /// <summary>A request may be left in such a status.</summary>
    internal static bool IsOutcome(string status) => Closed.Contains(status) || Granted.Contains(status);

    internal static bool SendsBack(Step step) => step.Behaviour is StatusChange { Status: var status } && SentBack.Contains(status);

    internal static bool TellsMaker(Step step) => step.Behaviour is Telling telling && telling.To.Any(Makers.Contains);

    /// <summary>How many people a yes of this step stands for; a quorum that is worked out counts as one.</summary>
    internal static int Quorum(People people) => people.Quorum is Written { Content: { } written } ? Conversion.Whole(written) ?? 1 : 1;
}
