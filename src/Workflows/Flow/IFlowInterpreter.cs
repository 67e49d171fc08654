using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Flow;

/// <summary>
/// The pure function that all requests move by, and the seam at which an Elsa engine can take its place: no database, no
/// clock, no network, no chance. It never throws; what a definition can't do comes back as <see cref="FlowAdvance.Fault"/>.
/// </summary>
public interface IFlowInterpreter
{
    FlowAdvance Advance(FlowDefinition definition, FlowState state, Stimulus stimulus, Facts facts);
}

/// <summary>What follows from a stimulus.</summary>
/// <param name="State">The new state; the old one unchanged where <paramref name="Fault"/> is not null.</param>
/// <param name="Effects">In the order in which the flow asked for them; empty where there is a fault.</param>
/// <param name="Waits">All steps that wait now, with what they wait for.</param>
/// <param name="Fault">Why the run can't move, in words that name the step; null where it moved, or where the stimulus was for a step that no longer waits (then nothing changed: <paramref name="Ignored"/>).</param>
/// <param name="Ignored">True where the stimulus met no waiting step: late, double, or for a step that was left. State and effects are unchanged and empty.</param>
public sealed record FlowAdvance(FlowState State, IReadOnlyList<Effect> Effects, IReadOnlyList<Wait> Waits, FlowFault? Fault, bool Ignored);

/// <summary>A step that holds a token until somebody or something answers.</summary>
/// <param name="Ports">The ports by which an answer may leave, without <c>deadline passed</c>.</param>
/// <param name="Deadline">Name of the deadline that it waits under; null where it has none.</param>
public sealed record Wait(string Step, int Visit, string Title, string ActivityType, IReadOnlyList<string> Ports, string? Deadline);

/// <summary>Why a run can't go on, or a definition can't be run.</summary>
/// <param name="Step">The step's id; empty where it is about the whole definition.</param>
/// <param name="Message">What is wrong and what to use instead.</param>
public sealed record FlowFault(string Step, string Message)
{
    /// <summary>What kind of fault it is: a house rule's name (<see cref="HouseRule"/>) or one of <see cref="FaultCodes"/>; empty for what goes wrong while a run moves.</summary>
    public string Code { get; init; } = "";

    /// <summary>What the analyst called the step; empty where the fault is about the whole definition.</summary>
    public string Title { get; init; } = "";

    /// <summary>The way on which the rule is broken, step by step, so that it can be marked on the drawing; empty where the step alone is at fault.</summary>
    public IReadOnlyList<WayStep> Way { get; init; } = [];
}

/// <summary>One step of a way through a flow.</summary>
/// <param name="Port">The port that the way leaves by; null at its last step.</param>
public sealed record WayStep(string Step, string Title, string? Port);

/// <summary>
/// All that a flow may know: <c>now</c>, <c>today</c>, <c>request</c>, <c>header</c>, <c>membership</c>, <c>answers</c>,
/// <c>lines</c>, <c>parts</c>, <c>deadlines</c>, <c>register</c>, <c>settings</c>. A closed record; expressions read it as <c>facts</c>.
/// </summary>
public sealed record Facts(JsonObject Values)
{
    public static readonly Facts None = new(new JsonObject());
}
