using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>Where a task stands in a view.</summary>
/// <param name="Number">From 1; null where the view no longer holds it, or only beyond what is counted.</param>
/// <param name="Total">Of the whole view, counted up to one hundred.</param>
/// <param name="Previous">The task before it that the viewer may decide; null where there is none.</param>
/// <param name="Next">The one after it.</param>
public sealed record PlaceInView(int? Number, int Total, TaskId? Previous, TaskId? Next);

/// <summary>Working through a view of the inbox one task after another: what can't be decided by the viewer is passed over.</summary>
public sealed class InboxSeries(InboxOf inbox)
{
    public async Task<PlaceInView> PlaceOfAsync(Viewer viewer, InboxFilter view, TaskId task, CancellationToken ct)
    {
        var found = await WholeAsync(viewer, view, ct);
        var at = found.Items.Select((t, i) => (t.Id, i)).Where(t => t.Id == task).Select(t => (int?)t.i).FirstOrDefault();
        return new PlaceInView(at + 1, found.Total,
            at is { } before ? found.Items.Take(before).LastOrDefault(MayDecide)?.Id : null,
            (at is { } after ? found.Items.Skip(after + 1) : found.Items).FirstOrDefault(t => MayDecide(t) && t.Id != task)?.Id);
    }

    /// <summary>The view's first task that the viewer may decide; what the viewer has claimed already comes before what is free.</summary>
    public async Task<InboxTask?> NextAsync(Viewer viewer, InboxFilter view, CancellationToken ct)
    {
        var found = await WholeAsync(viewer, view, ct);
        return found.Items.Where(MayDecide).OrderByDescending(t => t.ClaimedBy == viewer.User).FirstOrDefault();
    }

    internal async Task<IReadOnlyList<InboxTask>> FreeAsync(Viewer viewer, InboxFilter view, CancellationToken ct) =>
        [.. (await WholeAsync(viewer, view, ct)).Items.Where(t => MayDecide(t) && t.ClaimedBy is null && TaskRules.IsClearingHouse(t.Kind))];

    private Task<Page<InboxTask>> WholeAsync(Viewer viewer, InboxFilter view, CancellationToken ct) =>
        inbox.HandleAsync(viewer, view with { Page = 1, PageSize = InboxOf.MostCounted }, ct);

    // Somebody else's claim is one of the reasons why not.
    private static bool MayDecide(InboxTask task) => task.WhyNot is null;
}
