using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>One request's way through its flow, without what the request says.</summary>
/// <param name="Release">Number of the release that it is pinned to, among those of its eService; null where that one never came into force.</param>
/// <param name="ClosedAt">When it ended; null while it goes on.</param>
public sealed record RequestRun(RequestId Id, string Number, EServiceBundle Bundle, int? Release, RequestStatus Status, FlowState State, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ClosedAt)
{
    /// <summary>The viewer may also read the request itself: the values of its variables, reasons, lines.</summary>
    public bool IsReadable { get; init; }

    /// <summary>Its variables by name; without their values where the viewer may not read the request.</summary>
    public IReadOnlyDictionary<string, string?> Variables =>
        State.Variables.ToDictionary(v => v.Key, v => IsReadable ? v.Value?.ToJsonString() : null, StringComparer.Ordinal);
}

/// <summary>Requests that the clearing house has not been sent yet, where they wait: how many, and nothing else of them.</summary>
/// <param name="Release">Number of the release that they are pinned to; null where that one never came into force.</param>
/// <param name="Title">What the analyst called the step.</param>
public sealed record UnsentRuns(int? Release, string Title, int Requests);

/// <summary>Something that happened to a run, and at which steps.</summary>
/// <param name="Steps">Empty where the drawing has none for it.</param>
/// <param name="Moved">A token left these steps by it; else they went on waiting.</param>
public sealed record RunHappening(TimelineEntry Entry, IReadOnlyList<string> Steps, bool Moved);

/// <summary>A run with all that happened to it.</summary>
/// <param name="Happenings">In the order in which they happened.</param>
/// <param name="Stays">Every visit of a step that the record tells of, in order.</param>
public sealed record RunCourse(RequestRun Run, IReadOnlyList<RunHappening> Happenings, IReadOnlyList<StepStay> Stays)
{
    /// <summary>When a visit began or ended: the moment of that event.</summary>
    public DateTimeOffset At(int number) => Happenings.First(h => h.Entry.Sequence == number).Entry.At;
}

/// <summary>What a list of runs is cut to.</summary>
/// <param name="EServices">Empty means all.</param>
/// <param name="Search">Part of a number; null for all.</param>
/// <param name="IsOpen">Null for both kinds.</param>
/// <param name="Skip">How many are passed over.</param>
public sealed record RunFilter(IReadOnlyList<string> EServices, string? Search = null, bool? IsOpen = null, int Skip = 0, int Take = 25);

/// <summary>Some of the runs.</summary>
/// <param name="Total">How many there are in all; counted up to 1,000.</param>
public sealed record RunPage(IReadOnlyList<RequestRun> Items, int Total);
