using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>What a use case has decided: all that its one write will hold.</summary>
/// <param name="After">The request as it will stand; sequence and head are filled in by the write.</param>
/// <param name="What">The event to record; null where nothing is left to do, and then nothing is written.</param>
/// <param name="ContentHash">What was on the screen of whoever decided; null where nothing was decided on.</param>
/// <param name="Effects">What the flow wants done; empty where no token moved.</param>
/// <param name="Plan">The deadlines, for whoever writes the effects.</param>
/// <param name="Also">Statements of the use case's own; null where it has none.</param>
public sealed record RequestChange(
    LoadedRequest After,
    RequestEvent? What,
    IReadOnlyList<Effect> Effects,
    DeadlinePlan Plan,
    string? ContentHash = null,
    Action<ClickBatch>? Also = null)
{
    private static readonly DeadlinePlan Unplanned = new(new Dictionary<string, PlannedDeadline>(), new Dictionary<string, Refusal>(), string.Empty);

    /// <summary>Recorded, and no token moves: nobody asks for the deadlines.</summary>
    public static RequestChange WithoutMove(LoadedRequest after, RequestEvent what, Action<ClickBatch> also, string? contentHash = null) =>
        new(after, what, [], Unplanned, contentHash, also);

    /// <summary>It is as it should be already: asking twice is harmless.</summary>
    public static RequestChange Nothing(LoadedRequest request) => new(request, null, [], Unplanned);
}

/// <summary>What a use case decides from.</summary>
/// <param name="Now">Business time, read once when the click came in.</param>
public sealed record LoadedClick(LoadedRequest Request, Viewer Viewer, DateTimeOffset Now);
