using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Expressions;
using ClientConnect.Workflows.Flow.Reading;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>
/// One flow as drawn in Elsa Studio, read and compiled once; immutable, so that any number of runs share it. What can be
/// read here runs alike in Elsa's default engine; all else is refused, with the step's name and what to use instead.
/// </summary>
public sealed class FlowDefinition
{
    /// <summary>Longest definition that is read, in characters; the real ones have 20,000.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>Most steps that a definition may have.</summary>
    public const int MaxSteps = 500;

    private readonly Dictionary<string, Step> byId;
    private readonly string variables;

    internal FlowDefinition(string name, Drawing drawing, Step start)
    {
        (Name, Start, Graph, variables) = (name, start, drawing.Steps, drawing.Variables.ToJsonString());
        byId = Graph.ToDictionary(s => s.Id, StringComparer.Ordinal);
        Steps = [.. Graph.Select(s => s.Drawn)];
        var people = Graph.Select(s => s.Behaviour).OfType<People>().ToList();
        var alarms = Graph.SelectMany(s => s.Behaviour switch { People p => p.Alarms, Pause p => p.Reminders, _ => [] }).ToList();
        Deadlines = Sorted([.. people.Select(p => p.Deadline), .. alarms.Select(a => a.Deadline), .. All<Pause>(p => p.Until), .. Graph.Select(s => s.Behaviour).OfType<PlaceWait>().Select(p => p.Deadline)]);
        Templates = Sorted([.. alarms.Select(a => a.Template), .. All<Telling>(t => t.Template)]);
        FollowUps = [.. Graph.Select(s => s.Behaviour).OfType<BesideWork>().Select(b => (b.Milestone, b.Items)).Distinct()];
        Milestones = Sorted([.. people.Select(p => p.Milestone), .. FollowUps.Select(f => f.Milestone)]);
        MembershipAnswers = Sorted(Graph.Select(s => s.Behaviour).OfType<RegisterEntry>().Select(r => r.Memberships));
        Asked = [.. people.Where(p => p.Participant is not null).Select(p => (p.Milestone!, p.Participant!)).Distinct()];
        Recipients = Sorted([.. alarms.SelectMany(a => a.To), .. Graph.Select(s => s.Behaviour).OfType<Telling>().SelectMany(t => t.To)]);
        RegisterKinds = Sorted(All<RegisterEntry>(r => r.Kind));
        Statuses = Sorted(All<StatusChange>(s => s.Status));
        Conditions = [.. Graph.Select(s => s.Behaviour).SelectMany(b => b switch { Decision d => [d.Condition.Words], Switch s => s.Cases.Select(c => c.Condition.Words), _ => [] })];
        Connections = [.. Graph.SelectMany(s => s.Exits.Select(e => new FlowConnection(s.Id, e.Port, e.To.Id)))];
        Expressions = [.. Graph.SelectMany(s => s.Expressions)];
    }

    /// <summary>Reads Elsa 3's JSON in all its forms and says everything that is wrong with it.</summary>
    public static FlowReading Read(string json) => DefinitionReader.Read(json);

    /// <summary>What a drawn step is called, whether or not it can be read.</summary>
    /// <param name="drawn">The step as it stands in the drawing's JSON.</param>
    public static string TitleOf(JsonNode? drawn, string id) => StepReader.TitleOf(drawn, id);

    public string Name { get; }

    /// <summary>In the order in which they were drawn.</summary>
    public IReadOnlyList<FlowStep> Steps { get; }

    /// <summary>Names of deadlines that steps wait under, wait for or warn about.</summary>
    public IReadOnlySet<string> Deadlines { get; }

    /// <summary>Names of what a step waits under, waits for or warns about; none for a step that waits for nothing.</summary>
    public IEnumerable<string> DeadlinesAt(string step) => byId[step].Behaviour switch
    {
        People p => p.Alarms.Select(a => a.Deadline).Prepend(p.Deadline).OfType<string>(),
        Pause p => p.Reminders.Select(r => r.Deadline).Prepend(p.Until),
        PlaceWait { Deadline: { } until } => [until],
        _ => [],
    };

    /// <summary>Names of the notices that are sent.</summary>
    public IReadOnlySet<string> Templates { get; }

    /// <summary>Milestones that are waited for, by their names in form.json.</summary>
    public IReadOnlySet<string> Milestones { get; }

    /// <summary>What counterparties are asked: the milestone, and the answer that names the participant.</summary>
    public IReadOnlyList<(string Milestone, string Participant)> Asked { get; }

    /// <summary>What is followed up: what is reported of it, and the answer whose chosen options it is done for.</summary>
    public IReadOnlyList<(string Milestone, string Items)> FollowUps { get; }

    /// <summary>Answers that name the memberships which get entries of the register.</summary>
    public IReadOnlySet<string> MembershipAnswers { get; }

    /// <summary>Who is told something, by name.</summary>
    public IReadOnlySet<string> Recipients { get; }

    /// <summary>Kinds of register entries that are written.</summary>
    public IReadOnlySet<string> RegisterKinds { get; }

    /// <summary>Statuses that are set.</summary>
    public IReadOnlySet<string> Statuses { get; }

    /// <summary>What decides which way is taken, as it is written.</summary>
    public IReadOnlyList<string> Conditions { get; }

    /// <summary>All expressions, each with the step and the input that it stands in.</summary>
    public IReadOnlyList<FlowExpression> Expressions { get; }

    /// <summary>All connections, by the steps that they leave.</summary>
    public IReadOnlyList<FlowConnection> Connections { get; }

    /// <summary>The deadline under which the participant's checkers answer; null where they have none, or nobody checks.</summary>
    public string? CheckDeadline => Graph.Select(s => s.Behaviour).OfType<People>().FirstOrDefault(p => p.Kind == TaskKind.Check)?.Deadline;

    /// <summary>How many of the participant's checkers must agree before the clearing house has it; 0 where nobody checks.</summary>
    public int Checkers => Graph.Select(s => s.Behaviour).OfType<People>().Where(p => p.Kind == TaskKind.Check).Select(HouseRules.Quorum).FirstOrDefault();

    /// <summary>The id of the step at which a run begins.</summary>
    public string First => Start.Id;

    internal Step Start { get; }

    internal IReadOnlyList<Step> Graph { get; }

    internal Step? Step(string id) => byId.GetValueOrDefault(id);

    /// <summary>Variables as a run begins with them: a new object each time, for that run to change.</summary>
    internal JsonObject InitialVariables() => JsonNode.Parse(variables)!.AsObject();

    private IEnumerable<string> All<TBehaviour>(Func<TBehaviour, string> name) => Graph.Select(s => s.Behaviour).OfType<TBehaviour>().Select(name);

    private static SortedSet<string> Sorted(IEnumerable<string?> names) => new(names.OfType<string>(), StringComparer.Ordinal);
}

/// <summary>A definition, or all that is wrong with it: exactly one of the two is empty.</summary>
public sealed record FlowReading(FlowDefinition? Definition, IReadOnlyList<FlowFault> Faults)
{
    /// <summary>What house rules on connections would find as well, where steps are at fault and the rules can't be proved yet.</summary>
    public IReadOnlyList<FlowFault> LooseEnds { get; init; } = [];
}

/// <summary>A step as drawn.</summary>
/// <param name="Title">What the analyst called it; its id where it was not named.</param>
/// <param name="Inputs">Its inputs by name, as written.</param>
public sealed record FlowStep(string Id, string Type, string Title, IReadOnlyDictionary<string, string> Inputs)
{
    /// <summary>Where several steps are called alike, which one it is: "after 'Returned to the maker'"; else empty.</summary>
    public string Apart { get; init; } = "";

    /// <summary>For sentences: its name, and which one of several it is.</summary>
    public string Named => Apart.Length == 0 ? $"'{Title}'" : $"'{Title}' {Apart}";
}

/// <summary>An expression where it stands in a drawing.</summary>
/// <param name="Title">What the analyst called the step.</param>
/// <param name="Input">The input, or the case of a switch.</param>
public sealed record FlowExpression(string Step, string Title, string Input, Expression Expression);

/// <summary>One step's port leads to another step; by their ids.</summary>
public sealed record FlowConnection(string From, string Port, string To);
