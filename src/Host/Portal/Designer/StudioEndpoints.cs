using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Access;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>Elsa Studio from our own origin, for analysts: its files, and the pages that load them.</summary>
internal static class StudioEndpoints
{
    private const string Styles = "Elsa.Studio.Host.CustomElements.styles.css";

    public static void MapStudio(this IEndpointRouteBuilder app)
    {
        var studio = app.MapGroup(StudioFiles.Address).Needs(Permission.EditEServices).ExcludeFromDescription();
        studio.MapGet("/{key}", ShowAsync).With(ContentPolicy.Studio);
        studio.MapGet("/requests/{id}", FollowAsync).With(ContentPolicy.Studio);
        studio.MapGet("/_framework/{**file}", (HttpContext http, StudioFiles files, string file, CancellationToken ct) => FileAsync(http, files, "_framework/" + file, ct)).WithMetadata(new KeptByBrowsers());
        studio.MapGet("/_content/{**file}", (HttpContext http, StudioFiles files, string file, CancellationToken ct) => FileAsync(http, files, "_content/" + file, ct)).WithMetadata(new KeptByBrowsers());
        studio.MapGet("/" + Styles, (HttpContext http, StudioFiles files, CancellationToken ct) => FileAsync(http, files, Styles, ct)).WithMetadata(new KeptByBrowsers());
        // The package's own names a server on its makers' machine.
        studio.MapGet("/appsettings.json", (HttpRequest request) => Results.Json(new { Backend = new { Url = ApiOf(request) } }));
    }

    // The draft where there is one, unless a release is asked for.
    private static async Task<IResult> ShowAsync(HttpContext http, FlowViews views, ReleasePages pages, StudioFiles files, string key, int? release, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        var draft = release is null ? await pages.DraftAsync(http.GetViewer(), frame, key, ct) : null;
        return await views.OneAsync(http.GetViewer(), frame.Now, key, release, ct) is { } flow
            ? Pages.Canvas(frame, new CanvasView(flow, new StudioView(ApiOf(http.Request), files.AreHere, About(flow, draft)), draft))
            : await PortalCalls.NothingHereAsync(http, ct);
    }

    private static string About(FlowView flow, DraftView? draft) =>
        draft is null ? $"{flow.Key}@{flow.Shown.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : flow.Key;

    private static async Task<IResult> FollowAsync(HttpContext http, RunViews runs, string id, CancellationToken ct) =>
        await runs.OneAsync(http.GetViewer(), id, ApiOf(http.Request), ct) is { } run ? Pages.Run(await Frames.ForAsync(http, ct), run) : await PortalCalls.NothingHereAsync(http, ct);

    private static async Task<IResult> FileAsync(HttpContext http, StudioFiles files, string file, CancellationToken ct) =>
        files.Find(http.Request, file) ?? await PortalCalls.NothingHereAsync(http, ct);

    // Studio wants a whole address; it is this one's.
    private static string ApiOf(HttpRequest request) => $"{request.Scheme}://{request.Host}/elsa/api";
}
