using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.EServices;

/// <summary>What can be asked for, and beginning to ask.</summary>
internal static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder app)
    {
        app.MapGet("/catalogue", ListAsync).Needs(Permission.UseThePortal).ExcludeFromDescription();
        app.MapGet("/catalogue/{key}", ShowAsync).Needs(Permission.UseThePortal).ExcludeFromDescription();
        app.MapPost("/requests", StartAsync).Needs(Permission.MakeRequests).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(HttpContext http, Catalogues catalogues, string? q, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var frame = await Frames.ForAsync(http, ct);
        var search = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        return Pages.Catalogue(frame, new CatalogueView(catalogues.For(viewer, frame.Now, search)) { Search = search });
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Catalogues catalogues, string key, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var frame = await Frames.ForAsync(http, ct);
        return await catalogues.OneAsync(viewer, frame.Now, key, ct) is { } view ? Pages.EService(frame, view) : await PortalCalls.NothingHereAsync(http, ct);
    }

    private static async Task<IResult> StartAsync(HttpContext http, StartDraft start, Catalogues catalogues, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        var (key, membership) = (form["eService"].ToString(), form["membership"].ToString());
        if (membership.Length == 0)
        {
            var frame = await Frames.ForAsync(http, ct) with { Path = "/catalogue/" + key };
            return await catalogues.OneAsync(viewer, frame.Now, key, ct) is { } view
                ? Pages.EService(frame, view with { Fault = new FieldFault("membership", "required") })
                : await PortalCalls.NothingHereAsync(http, ct);
        }

        var started = await start.HandleAsync(viewer, key, new MembershipId(membership), new JsonObject(), DraftStrictness.KeepAsTyped, PortalCalls.Operation(http, form), ct);
        return started.IsRefused
            ? await PortalCalls.RefusedAsync(http, started.Refusal, ct, ("/catalogue", Words.Text("catalogue.title")))
            : PortalCalls.SeeOther($"/requests/{started.Value.Id}/form");
    }
}
