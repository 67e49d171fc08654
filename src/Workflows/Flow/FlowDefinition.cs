namespace ClientConnect.Workflows.Flow;

/// <summary>
/// One flow as drawn in Elsa Studio, read and compiled once; immutable, so that any number of runs share it.
/// </summary>
public sealed class FlowDefinition
{
    /// <summary>Reads Elsa 3's JSON in all its forms and says everything that is wrong with it.</summary>
    public static FlowReading Read(string json) => new(null, [new("", "Not built yet.")]);

    public IReadOnlyList<FlowStep> Steps { get; } = [];

    /// <summary>Names of deadlines that steps wait under, wait for or warn about.</summary>
    public IReadOnlySet<string> Deadlines { get; } = new HashSet<string>();

    /// <summary>Names of the notices that are sent.</summary>
    public IReadOnlySet<string> Templates { get; } = new HashSet<string>();

    /// <summary>Kinds of register entries that are written.</summary>
    public IReadOnlySet<string> RegisterKinds { get; } = new HashSet<string>();

    /// <summary>Statuses that are set.</summary>
    public IReadOnlySet<string> Statuses { get; } = new HashSet<string>();
}

/// <summary>A definition, or all that is wrong with it: exactly one of the two is empty.</summary>
public sealed record FlowReading(FlowDefinition? Definition, IReadOnlyList<FlowFault> Faults);

/// <summary>A step as drawn.</summary>
/// <param name="Title">What the analyst called it; its id where it was not named.</param>
/// <param name="Inputs">Its inputs by name, as text.</param>
public sealed record FlowStep(string Id, string Type, string Title, IReadOnlyDictionary<string, string> Inputs);
