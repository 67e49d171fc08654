using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/eservices</c>: what can be asked for, and how.</summary>
internal static class EServicesApi
{
    public static void MapEServices(this RouteGroupBuilder api, bool isDevelopment)
    {
        api.MapGet("/eservices", List).Needs(Permission.UseThePortal).WithSummary("The eServices that your memberships may use.").Produces<IReadOnlyList<EServiceModel>>();
        api.MapGet("/eservices/{key}", Read).Needs(Permission.UseThePortal).WithSummary("One eService: its form, and its deadlines as they would fall for a request begun now.").Produces<EServiceDetailModel>();
        if (isDevelopment)
        {
            api.MapGet("/eservices/{key}/sample", Sample).Needs(Permission.MakeRequests).WithSummary("Development only: an example that can be sent as it is. Query: membership.").Produces<SampleRequest>();
        }
    }

    /// <summary>One eService of the catalogue.</summary>
    /// <param name="Memberships">Memberships that you may make it for.</param>
    public sealed record EServiceModel(string Key, string Id, string Name, string Summary, string Category, IReadOnlyList<string> ClearingHouses, IReadOnlyList<string> Memberships, string Release);

    /// <summary>An eService with its form and deadlines.</summary>
    /// <param name="Deadlines">The rules, with where each comes from and whether that was verified.</param>
    public sealed record EServiceDetailModel(EServiceModel EService, HelpTexts? Help, FormDefinition Form, IReadOnlyList<DeadlineModel> Deadlines, IReadOnlyDictionary<string, Setting> Settings);

    /// <summary>A deadline's rule.</summary>
    public sealed record DeadlineModel(string Name, string Label, string Time, string? LateTime, string Behaviour, string Source, bool Verified);

    private static IResult List(HttpContext http, Catalogue catalogue, BusinessClock clock)
    {
        var viewer = http.GetViewer();
        return Results.Json(catalogue.AllInForce(clock.GetUtcNow()).Where(b => IsFor(viewer, b)).Select(b => Model(b, viewer)));
    }

    private static IResult Read(HttpContext http, Catalogue catalogue, BusinessClock clock, string key)
    {
        var viewer = http.GetViewer();
        if (catalogue.InForce(key, clock.GetUtcNow()) is not { } bundle || !IsFor(viewer, bundle)) return Problems.Of(new NothingHere(), viewer.Language);
        var deadlines = bundle.Service.Deadlines.Select(d => new DeadlineModel(d.Name, d.Label.In(viewer.Language), d.Time, d.Late?.Time, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(d.Behaviour.ToString()), d.Source, d.Verified));
        return Results.Json(new EServiceDetailModel(Model(bundle, viewer), bundle.Service.Help, bundle.Form, [.. deadlines], bundle.Service.Settings), EServiceJson.Options);
    }

    private static async Task<IResult> Sample(HttpContext http, Samples samples, string key, string? membership, CancellationToken ct) =>
        (await samples.HandleAsync(http.GetViewer(), key, membership, ct)).Match(s => Results.Json(s), refusal => Problems.Of(refusal, http.GetViewer().Language));

    private static bool IsFor(Viewer viewer, EServiceBundle bundle) =>
        viewer.IsClearingHouse || viewer.Memberships.Any(m => bundle.Service.IsFor(m) && viewer.MayView(bundle.Key, m.Id));

    private static EServiceModel Model(EServiceBundle b, Viewer viewer) => new(
        b.Key, b.Service.Id, b.Service.Name.In(viewer.Language), b.Service.Summary.In(viewer.Language), b.Service.Category, [.. b.Service.ClearingHouses.Select(c => c.ToString().ToUpperInvariant())],
        [.. viewer.Memberships.Where(m => b.Service.IsFor(m) && viewer.MayMake(b.Key, m.Id)).Select(m => m.Id.Value)], b.Hash);
}
