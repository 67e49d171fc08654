using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>What the eServices are and how their flows go, in words; the drawing itself is Studio's.</summary>
internal static class DesignerEndpoints
{
    public static void MapDesigner(this IEndpointRouteBuilder app)
    {
        app.MapGet("/designer", ListAsync).Needs(Permission.ViewEServices).ExcludeFromDescription();
        app.MapGet("/designer/{key}", ShowAsync).Needs(Permission.ViewEServices).ExcludeFromDescription();
        app.MapReleases();
        app.MapStudio();
    }

    private static async Task<IResult> ListAsync(HttpContext http, FlowViews views, ReleasePages pages, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        return Pages.Designer(frame, await views.AllAsync(http.GetViewer(), frame.Now, ct) with { Coming = await pages.ComingAsync(http.GetViewer(), frame, ct) });
    }

    private static async Task<IResult> ShowAsync(HttpContext http, FlowViews views, ReleasePages pages, RunViews runs, string key, string? release, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        int? number = int.TryParse(release, System.Globalization.CultureInfo.InvariantCulture, out var wanted) ? wanted : null;
        var view = string.IsNullOrEmpty(release) || number is not null ? await views.OneAsync(http.GetViewer(), frame.Now, key, number, ct) : null;
        return view is not null ? Pages.Flow(frame, view with { Next = await pages.NextAsync(http.GetViewer(), frame, key, ct), Runs = await runs.OfAsync(http.GetViewer(), key, ct) }) : await PortalCalls.NothingHereAsync(http, ct);
    }
}
