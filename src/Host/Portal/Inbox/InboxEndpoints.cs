using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>The viewer's open tasks; the address holds every filter. Views are kept, taken away, and worked through from here.</summary>
internal static class InboxEndpoints
{
    public static void MapInbox(this IEndpointRouteBuilder app)
    {
        app.MapGet("/inbox", ListAsync).Needs(Permission.ViewInbox).ExcludeFromDescription();
        app.MapPost("/inbox/claim", ClaimNextAsync).Needs(Permission.DecideTasks).ExcludeFromDescription();
        app.MapPost("/inbox/views", SaveAsync).Needs(Permission.ViewInbox).ExcludeFromDescription();
        app.MapPost("/inbox/views/{id:guid}/removal", RemoveAsync).Needs(Permission.ViewInbox).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(HttpContext http, InboxPages pages, int? page, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        return Pages.Inbox(frame, await pages.OfAsync(http.GetViewer(), frame, Asked(http), page ?? 1, null, ct));
    }

    private static async Task<IResult> ClaimNextAsync(HttpContext http, ClaimNext claim, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var series = Series.From(form["in"]) ?? new Series(new InboxFilter());
        var claimed = await claim.HandleAsync(http.GetViewer(), series.View, PortalCalls.Operation(http, form), ct);
        if (!claimed.IsRefused) return PortalCalls.SeeOther((series with { ClaimsNext = true }).TaskHref(claimed.Value, ("done", "claimed")));
        return claimed.Refusal is NothingLeftToClaim
            ? PortalCalls.SeeOther(PortalCalls.WithDone(series.Href, "nothing-to-claim"))
            : await PortalCalls.RefusedAsync(http, claimed.Refusal, ct, (series.Href, Words.Text("inbox.title")));
    }

    // A name that can't be used comes back with the list as it was cut, and what was typed.
    private static async Task<IResult> SaveAsync(HttpContext http, SaveView save, InboxPages pages, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        var series = Series.From(form["in"]) ?? new Series(new InboxFilter());
        var (name, team) = (form["name"].ToString(), form["team"].ToString());
        var saved = await save.HandleAsync(viewer, name, series.View, team.Length == 0 ? null : team, ct);
        if (!saved.IsRefused) return PortalCalls.SeeOther(PortalCalls.WithDone(series.Href, "view-saved"));
        if (saved.Refusal.Fields.Count == 0) return await PortalCalls.RefusedAsync(http, saved.Refusal, ct, (series.Href, Words.Text("inbox.title")));
        var frame = await Frames.ForAsync(http, ct) with { Path = series.Href };
        return Pages.Inbox(frame, await pages.OfAsync(viewer, frame, series.View, 1, new TypedView(name, team, saved.Refusal.Fields), ct));
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, RemoveView remove, Guid id, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var back = (Series.From(form["in"]) ?? new Series(new InboxFilter())).Href;
        var removed = await remove.HandleAsync(http.GetViewer(), id, ct);
        return removed.IsRefused ? await PortalCalls.RefusedAsync(http, removed.Refusal, ct, (back, Words.Text("inbox.title"))) : PortalCalls.SeeOther(PortalCalls.WithDone(back, "view-removed"));
    }

    private static InboxFilter Asked(HttpContext http) => InboxFilter.From(name => http.Request.Query[name]);
}
