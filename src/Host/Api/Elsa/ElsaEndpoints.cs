using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>
/// <c>/elsa/api</c>: what Elsa Studio asks to list our releases and drafts, open one, draw it and save it, in Elsa's own JSON. Only a draft
/// that the viewer edits carries the link <c>publish</c>; all else Studio shows and lets nobody change. Beside them the runs of requests,
/// to be looked at.
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
        elsa.MapInstances();
        elsa.MapGet("/features/installed", Nothing);
        elsa.MapPost("/scripting/javascript/type-definitions/{id}", DeclareTypes);
        elsa.Map("/{**rest}", (HttpContext http) => Problems.Of(404, "nothing-here", "The designer has nothing here.", "It lists releases and drafts, opens, saves and exports them; a release itself never changes."));
    }

    private static void MapDefinitions(RouteGroupBuilder definitions)
    {
        definitions.MapGet("", async (HttpContext http, Definitions all, CancellationToken ct) =>
            DefinitionQuery.Read(http.Request.Query) is { } query ? Results.Json(await all.ListAsync(http.GetViewer(), query, ct)) : UnknownVersions());
        definitions.MapGet("/by-definition-id/{id}", async (HttpContext http, Definitions all, string id, string? versionOptions, CancellationToken ct) =>
            Choice(http, id, versionOptions) is { } choice ? Found((await all.FindAsync(http.GetViewer(), id, choice, ct))?.Whole()) : UnknownVersions());
        definitions.MapGet("/by-id/{id}", async (HttpContext http, Definitions all, string id, CancellationToken ct) => Found((await all.FindVersionAsync(http.GetViewer(), id, ct))?.Whole()));
        definitions.MapGet("/{id}/versions", async (HttpContext http, Definitions all, string id, CancellationToken ct) => Results.Json(await all.ListAsync(http.GetViewer(), DefinitionQuery.AllOf(id), ct)));
        definitions.MapGet("/{id}/export", async (HttpContext http, Definitions all, string id, string? versionOptions, CancellationToken ct) =>
            Choice(http, id, versionOptions) is { } choice ? Export(http, await all.FindAsync(http.GetViewer(), id, choice, ct)) : UnknownVersions());
        definitions.MapDrawings();
    }

    // A page that shows an old release says so with its header: Studio itself always asks for the latest.
    private static VersionChoice? Choice(HttpContext http, string id, string? versionOptions)
    {
        var about = http.Request.Headers[About].ToString();
        var shown = about.StartsWith(id + "@", StringComparison.Ordinal) ? about[(id.Length + 1)..] : null;
        return VersionChoice.Read(versionOptions is null or VersionChoice.Latest ? shown ?? VersionChoice.Latest : versionOptions);
    }

    private static void MapDescriptors(RouteGroupBuilder descriptors)
    {
        descriptors.MapGet("/activities", (HttpContext http, Palette palette) => List(palette.Steps(http.GetViewer().Language, http.Request.Headers[About].ToString().Split('@')[0])));
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

    // The file as it stands in the release, under a name that says which one it is.
    private static IResult Export(HttpContext http, DefinitionVersion? version)
    {
        if (version is null) return NotFound();
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{version.Key}-{(version.IsDraft ? "draft" : version.Id[..12])}.json\"";
        return Results.Json(version.Stored);
    }

    private static IResult Found(object? found) => found is null ? NotFound() : Results.Json(found);

    private static IResult List<T>(IReadOnlyList<T> items) => Results.Json(new { items, count = items.Count, totalCount = items.Count });

    private static IResult Nothing() => List(Array.Empty<string>());

    private static IResult NotFound() => Problems.Of(new NothingHere());

    private static IResult UnknownVersions() =>
        Problems.Of(400, "version-options-unknown", "These version options are not known.", "Use Latest, Published, LatestOrPublished, LatestAndPublished, Draft, AllVersions or a release's number.");
}
