using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>Makes the inbox: views with their counts, filters as chips that can be taken away, and the tasks.</summary>
internal sealed class InboxPages(InboxOf inbox, SavedViews saved, Catalogue catalogue, TaskRows rows)
{
    private const int PageSize = 25;

    // The views that everybody of a side has; each is a filter, as the saved ones are.
    private static readonly (string Key, InboxFilter Filter)[] ForHouse =
    [
        ("all", new InboxFilter()), ("unclaimed", new InboxFilter(UnclaimedOnly: true)), ("my", new InboxFilter(MineOnly: true)),
        ("today", new InboxFilter { Due = DueWithin.Today }), ("over", new InboxFilter { Due = DueWithin.Over }),
    ];

    private static readonly (string Key, InboxFilter Filter)[] ForParticipants = [("all", new InboxFilter()), ("today", new InboxFilter { Due = DueWithin.Today })];

    /// <param name="typed">A view that could not be saved; null otherwise.</param>
    public async Task<InboxView> OfAsync(Viewer viewer, Frame frame, InboxFilter filter, int page, TypedView? typed, CancellationToken ct)
    {
        var found = await inbox.HandleAsync(viewer, filter with { Page = page, PageSize = PageSize }, ct);
        var own = await saved.OfAsync(viewer, ct);
        var given = viewer.IsClearingHouse ? ForHouse : ForParticipants;
        var counts = await inbox.CountAsync(viewer, [.. given.Select(g => g.Filter)], ct);
        var series = new Series(filter);
        return new InboxView(Filters(viewer, filter, frame), Tabs(given, counts, filter), [.. found.Items.Select(t => rows.Of(t, viewer, viewer.IsClearingHouse ? series : null))], PortalCalls.PageOf(found, series.Href))
        {
            Saved = [.. own.Select(v => new SavedViewTab(v.Id.ToString(), new TabView(new LocalText(v.Name), Series.InboxHref(v.Filter), Same(v.Filter, filter), v.Count), v.Team, v.MayRemove))],
            Save = filter.Terms().Count == 0 && typed is null ? null : new SaveViewForm(typed ?? TypedView.None, saved.TeamsOf(viewer)),
            In = series.Text,
            MayClaimNext = PermissionTable.Allows(viewer, Permission.DecideTasks) && viewer.IsClearingHouse && !filter.MineOnly,
            Sorts = [.. Enum.GetValues<InboxOrder>().Select(o => new TabView(Words.Text("inbox.sort." + o.ToString().ToLowerInvariant()), Series.InboxHref(filter with { Order = o }), o == filter.Order))],
        };
    }

    private static IReadOnlyList<TabView> Tabs((string Key, InboxFilter Filter)[] given, IReadOnlyList<int> counts, InboxFilter chosen) =>
        [.. given.Select((g, i) => new TabView(Words.Text("inbox." + g.Key), Series.InboxHref(g.Filter), Same(g.Filter, chosen), counts[i]))];

    private static bool Same(InboxFilter one, InboxFilter other) => one.Terms().SequenceEqual(other.Terms());

    private FilterView Filters(Viewer viewer, InboxFilter filter, Frame frame)
    {
        TaskKind[] kinds = viewer.IsClearingHouse ? [TaskKind.Review, TaskKind.Approval, TaskKind.Milestone, TaskKind.FollowUp] : [TaskKind.Check, TaskKind.Correction, TaskKind.Answer];
        var eServices = catalogue.AllInForce(frame.Now);
        var groups = new List<FilterGroup>
        {
            new("step", Words.Text("inbox.kind"), [.. kinds.Select(k => k.ToString().ToLowerInvariant()).Select(k => new FilterOption(k, Words.Text("task.kind." + k), k == filter.Kind?.ToString().ToLowerInvariant()))]),
            new("eService", Words.Text("requests.eservice"), [.. eServices.Select(b => new FilterOption(b.Key, PortalCalls.Texts(l => $"{b.Service.Id} {b.Service.Name.In(l)}"), b.Key == filter.EService))]),
            new("due", Words.Text("inbox.left"), [.. Enum.GetValues<DueWithin>().Select(d => new FilterOption(d.ToString().ToLowerInvariant(), Words.Text("inbox.due." + d.ToString().ToLowerInvariant()), d == filter.Due))]),
        };
        if (viewer.IsClearingHouse)
        {
            groups.Add(new("view", Words.Text("inbox.claimed"), [new("unclaimed", Words.Text("inbox.unclaimed"), filter.UnclaimedOnly), new("mine", Words.Text("inbox.my"), filter.MineOnly)]));
        }

        return new FilterView("/inbox", filter.Search ?? string.Empty, groups, Chips(filter, eServices))
        {
            Keep = [.. filter.Terms().Where(t => t.Name is "sort" or "late" or "escalated")],
        };
    }

    private static List<FilterChip> Chips(InboxFilter filter, IReadOnlyList<EServiceBundle> eServices)
    {
        var chips = new List<FilterChip>();
        void Add(LocalText words, InboxFilter without) => chips.Add(new FilterChip(words, Series.InboxHref(without)));
        if (filter.MineOnly || filter.UnclaimedOnly) Add(Words.Text(filter.MineOnly ? "inbox.my" : "inbox.unclaimed"), filter with { MineOnly = false, UnclaimedOnly = false });
        if (filter.Kind is { } kind) Add(Words.Text("task.kind." + kind.ToString().ToLowerInvariant()), filter with { Kind = null });
        if (filter.EService is { } key) Add(eServices.FirstOrDefault(b => b.Key == key)?.Service.Name ?? new LocalText(key), filter with { EService = null });
        if (filter.Due is { } due) Add(Words.Text("inbox.due." + due.ToString().ToLowerInvariant()), filter with { Due = null });
        if (filter.LateOnly) Add(Words.Text("inbox.late"), filter with { LateOnly = false });
        if (filter.EscalatedOnly) Add(Words.Text("inbox.escalated"), filter with { EscalatedOnly = false });
        if (filter.Search is { } search) Add(new LocalText($"“{search}”"), filter with { Search = null });
        return chips;
    }
}
