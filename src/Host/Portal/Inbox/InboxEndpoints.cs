using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>The viewer's open tasks, least time left first; the address holds every filter.</summary>
internal static class InboxEndpoints
{
    private const int PageSize = 25;

    public static void MapInbox(this IEndpointRouteBuilder app) =>
        app.MapGet("/inbox", ListAsync).Needs(Permission.ViewInbox).ExcludeFromDescription();

    private static async Task<IResult> ListAsync(HttpContext http, InboxOf inbox, Catalogue catalogue, TaskRows rows, string? view, string? step, string? eService, int? page, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var frame = await Frames.ForAsync(http, ct);
        var kind = Enum.TryParse<TaskKind>(step, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : (TaskKind?)null;
        var chosen = new Chosen(view is "mine" or "unclaimed" ? view : null, kind?.ToString().ToLowerInvariant(), string.IsNullOrEmpty(eService) ? null : eService);
        var found = await inbox.HandleAsync(viewer, new InboxFilter(null, kind, chosen.EService, view == "mine", view == "unclaimed", page ?? 1, PageSize), ct);
        return Pages.Inbox(frame, new InboxView(Filter(viewer, catalogue.AllInForce(frame.Now), chosen), viewer.IsClearingHouse ? Tabs(chosen) : [],
            [.. found.Items.Select(t => rows.Of(t, viewer))], PortalCalls.PageOf(found, chosen.Href)));
    }

    private static IReadOnlyList<TabView> Tabs(Chosen chosen) =>
    [
        new(Words.Text("inbox.all"), (chosen with { View = null }).Href, chosen.View is null),
        new(Words.Text("inbox.unclaimed"), (chosen with { View = "unclaimed" }).Href, chosen.View == "unclaimed"),
        new(Words.Text("inbox.my"), (chosen with { View = "mine" }).Href, chosen.View == "mine"),
    ];

    private static FilterView Filter(Viewer viewer, IReadOnlyList<EServiceBundle> eServices, Chosen chosen)
    {
        TaskKind[] kinds = viewer.IsClearingHouse ? [TaskKind.Review, TaskKind.Approval] : [TaskKind.Check, TaskKind.Correction];
        var chips = new List<FilterChip>();
        if (chosen.Step is { } step) chips.Add(new(Words.Text("task.kind." + step), (chosen with { Step = null }).Href));
        if (eServices.FirstOrDefault(b => b.Key == chosen.EService) is { } bundle) chips.Add(new(bundle.Service.Name, (chosen with { EService = null }).Href));
        return new FilterView("/inbox", null,
        [
            new("step", Words.Text("inbox.task"), [.. kinds.Select(k => k.ToString().ToLowerInvariant()).Select(k => new FilterOption(k, Words.Text("task.kind." + k), k == chosen.Step))]),
            new("eService", Words.Text("requests.eservice"), [.. eServices.Select(b => new FilterOption(b.Key, PortalCalls.Texts(l => $"{b.Service.Id} {b.Service.Name.In(l)}"), b.Key == chosen.EService))]),
        ], chips)
        {
            Keep = chosen.View is { } view ? [("view", view)] : [],
        };
    }

    private sealed record Chosen(string? View, string? Step, string? EService)
    {
        public string Href => PortalCalls.Address("/inbox", ("view", View), ("step", Step), ("eService", EService));
    }
}
