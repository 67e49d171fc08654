using ClientConnect.Host.Portal.EServices;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Notices;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Home;

/// <summary>Makes the first page of the clearing house's people.</summary>
internal sealed class HouseHomePages(InboxOf inbox, TeamWork work, RequestsOf requests, NoticesOf notices, Catalogues catalogues, TaskRows rows)
{
    private const int Shown = 10, LatestNotices = 5;

    private static readonly (string Key, InboxFilter Filter)[] Counted =
    [
        ("over", new InboxFilter { Due = DueWithin.Over }), ("today", new InboxFilter { Due = DueWithin.Today }), ("unclaimed", new InboxFilter(UnclaimedOnly: true)),
        ("my", new InboxFilter(MineOnly: true)), ("escalated", new InboxFilter { EscalatedOnly = true }),
    ];

    public async Task<HouseHomeView> OfAsync(Viewer viewer, Frame frame, CancellationToken ct)
    {
        var hasInbox = PermissionTable.Allows(viewer, Permission.ViewInbox);
        var decides = PermissionTable.Allows(viewer, Permission.DecideTasks);
        var mine = await ListAsync(viewer, hasInbox && decides, new InboxFilter(MineOnly: true), ct);
        var next = await ListAsync(viewer, hasInbox, new InboxFilter(UnclaimedOnly: true), ct);
        var counts = hasInbox ? await inbox.CountAsync(viewer, [.. Counted.Select(c => c.Filter)], ct) : [];
        var (people, thin) = await work.OfAsync(viewer, ct);
        var told = await notices.ReadAsync(viewer, LatestNotices, ct);
        return new HouseHomeView([.. counts.Select((n, i) => (n, i)).Where(c => decides || Counted[c.i].Key != "my").Select(c => new TabView(Words.Text("inbox." + Counted[c.i].Key), Series.InboxHref(Counted[c.i].Filter), false, c.n))],
            [.. mine.Items.Select(t => rows.Of(t, viewer, new Series(new InboxFilter(MineOnly: true))))], [.. next.Items.Select(t => rows.Of(t, viewer, new Series(new InboxFilter(UnclaimedOnly: true))))])
        {
            MineInAll = mine.Total,
            NextInAll = next.Total,
            HasInbox = hasInbox,
            MayClaimNext = decides && next.Items.Any(t => t.WhyNot is null),
            People = [.. people.Select(p => new WorkloadRow(p.Name, p.Tasks, p.Overdue, p.OldestClaim is { } since ? new Moment(since) : null, p.DueAt is { } due ? new Moment(due) : null))],
            Thin = [.. thin.Select(t => new ThinRow($"/tasks/{t.Id}", t.Number ?? "–", TaskRows.Title(t.Title, t.Kind), t.DueAt is { } due ? new Moment(due) : null, t.Able))],
            Places = hasInbox ? [] : [.. frame.Navigation.Where(n => n.Key is not "home").Select(n => (n.Href, Words.Text("nav." + n.Key), Words.Text("place." + n.Key)))],
            ByStatus = viewer.SeesAllRequests ? [.. (await requests.CountsAsync(viewer, ct)).Where(c => !c.Key.IsFinal()).OrderBy(c => c.Key).Select(c => new TabView(RequestsEndpoints.StatusWords(c.Key, viewer), "/requests?status=" + c.Key.Code(), false, c.Value))] : [],
            CutOffs = catalogues.CutOffs(viewer, frame.Now),
            Notices = [.. told.Latest.Select(NoticeRows.Of)],
        };
    }

    private async Task<Page<InboxTask>> ListAsync(Viewer viewer, bool may, InboxFilter filter, CancellationToken ct) =>
        may ? await inbox.HandleAsync(viewer, filter with { PageSize = Shown }, ct) : new Page<InboxTask>([], 0, 1, Shown);
}
