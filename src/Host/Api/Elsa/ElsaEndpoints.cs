using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>
/// <c>/elsa/api</c>: what Elsa Studio asks to list our releases, open one and draw it, in Elsa's own JSON. Nothing here changes anything: no
/// definition carries the link <c>publish</c>, by which Studio knows that it may not.
/// </summary>
internal static class ElsaEndpoints
{
    /// <summary>The header by which the page says which eService its Studio is about; drop-downs then offer that one's words only.</summary>
    public const string About = "X-EService";

    public static void AddElsa(this IServiceCollection services) => services.AddSingleton<Definitions>().AddSingleton<Palette>();

    public static void MapElsa(this WebApplication app)
    {
        var elsa = app.MapGroup("/elsa/api").Needs(Permission.EditEServices).ExcludeFromDescription();
        MapDefinitions(elsa.MapGroup("/workflow-definitions"));
        MapDescriptors(elsa.MapGroup("/descriptors"));
        elsa.MapGet("/features/installed", Nothing);
        elsa.MapPost("/scripting/javascript/type-definitions/{id}", DeclareTypes);
        elsa.Map("/{**rest}", (HttpContext http) => Problems.Of(404, "nothing-here", "The designer has nothing here.", "It lists releases, opens and exports them; a release itself never changes."));
    }

    private static void MapDefinitions(RouteGroupBuilder definitions)
    {
        definitions.MapGet("", (HttpContext http, Definitions all) =>
            DefinitionQuery.Read(http.Request.Query) is { } query ? Results.Json(all.List(query)) : UnknownVersions());
        definitions.MapGet("/by-definition-id/{id}", (Definitions all, string id, string? versionOptions) =>
            VersionChoice.Read(versionOptions ?? VersionChoice.Latest) is { } choice ? Found(all.Open(id, choice)) : UnknownVersions());
        definitions.MapGet("/by-id/{id}", (Definitions all, string id) => Found(all.OpenRelease(id)));
        definitions.MapGet("/{id}/versions", (Definitions all, string id) => Results.Json(all.List(DefinitionQuery.AllOf(id))));
        definitions.MapGet("/{id}/export", (HttpContext http, Definitions all, string id, string? versionOptions) =>
            VersionChoice.Read(versionOptions ?? VersionChoice.Latest) is { } choice ? Export(http, all.Export(id, choice)) : UnknownVersions());
    }

    private static void MapDescriptors(RouteGroupBuilder descriptors)
    {
        descriptors.MapGet("/activities", (HttpContext http, Palette palette) => List(palette.Steps(http.GetViewer().Language, http.Request.Headers[About])));
        descriptors.MapGet("/expression-descriptors", () => List(Palette.Expressions));
        descriptors.MapGet("/variables", (HttpContext http) => List(Palette.VariableTypes(http.GetViewer().Language)));
        descriptors.MapGet("/storage-drivers", (HttpContext http) => List(Palette.StorageDrivers(http.GetViewer().Language)));
        // Strategies and converters are choices of Elsa's engine; the portal runs every flow in one way.
        foreach (var none in new[] { "workflow-activation-strategies", "log-persistence-strategies", "incident-strategies", "commit-strategies/workflows", "commit-strategies/activities", "output-converters" })
        {
            descriptors.MapGet("/" + none, Nothing);
        }
    }

    private static IResult DeclareTypes(HttpContext http, Definitions all, string id) =>
        all.InForce(id) is { } bundle ? Results.Text(TypeDeclarations.Of(bundle)) : NotFound();

    private static IResult Export(HttpContext http, (string FileName, System.Text.Json.Nodes.JsonObject Json)? export)
    {
        if (export is not { } found) return NotFound();
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{found.FileName}\"";
        return Results.Json(found.Json);
    }

    private static IResult Found(object? found) => found is null ? NotFound() : Results.Json(found);

    private static IResult List<T>(IReadOnlyList<T> items) => Results.Json(new { items, count = items.Count, totalCount = items.Count });

    private static IResult Nothing() => List(Array.Empty<string>());

    private static IResult NotFound() => Problems.Of(new NothingHere());

    private static IResult UnknownVersions() =>
        Problems.Of(400, "version-options-unknown", "These version options are not known.", "Use Latest, Published, LatestOrPublished, LatestAndPublished, Draft, AllVersions or a release's number.");
}
