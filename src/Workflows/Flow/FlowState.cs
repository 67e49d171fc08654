using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ClientConnect.Workflows.Flow;

/// <summary>
/// Where one run stands: the tokens that wait, the forks that are open around them, how often each step was entered, and the
/// variables. Small enough to be stored with every click; what was stored once must be readable for ever.
/// </summary>
public sealed record FlowState
{
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>Before the first stimulus.</summary>
    public static readonly FlowState New = new();

    public FlowStatus Status { get; init; }

    /// <summary>The tokens, each at the step that it waits at, in the order in which they came there.</summary>
    public ImmutableArray<WaitingToken> Tokens { get; init; } = [];

    public ImmutableArray<OpenFork> Forks { get; init; } = [];

    /// <summary>How often each step was entered; makes the ids of tasks and deadlines.</summary>
    public ImmutableSortedDictionary<string, int> Visits { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Variables by name, never changed in place: a step that sets one makes a new object.</summary>
    public JsonObject Variables { get; init; } = [];

    /// <summary>
    /// By register step, the lines that it has written while others came back for correction: in a later round they are not written
    /// again. Null where no line ever came back alone.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableArray<EnteredLine>>? Entered { get; init; }

    public bool IsFinished => Status == FlowStatus.Finished;

    public string ToJson() => JsonSerializer.Serialize(this, Stored);

    /// <summary>Throws <see cref="JsonException"/> on what <see cref="ToJson"/> never wrote.</summary>
    public static FlowState FromJson(string json) => JsonSerializer.Deserialize<FlowState>(json, Stored) ?? throw new JsonException("There is no state in 'null'.");
}

/// <summary>A run is new, runs (something waits) and is finished; there is no way back.</summary>
public enum FlowStatus
{
    /// <summary>Nothing has happened yet.</summary>
    New,

    /// <summary>At least one step waits.</summary>
    Running,

    /// <summary>Nothing waits and nothing will.</summary>
    Finished,
}

/// <param name="Line">From 1.</param>
/// <param name="Round">The request's revision, which rises each time that the maker sends.</param>
public sealed record EnteredLine(int Line, int Round);

/// <param name="Fork">The innermost open fork around the token (<see cref="OpenFork.Key"/>); null outside of all.</param>
public sealed record WaitingToken(string Step, int Visit, string? Fork);

/// <summary>A fork whose join has not been passed.</summary>
/// <param name="Key">Step and visit: <c>Fork1#2</c>.</param>
/// <param name="Around">The fork that this one lies in; null outside of all.</param>
/// <param name="Open">Branches whose token has neither reached the join nor ended.</param>
/// <param name="Arrived">Whether a token has reached the join.</param>
public sealed record OpenFork(string Key, string Step, string? Around, int Open, bool Arrived);
