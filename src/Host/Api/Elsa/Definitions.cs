using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>
/// Our releases as Elsa's definitions: an eService is a definition, a release one of its versions, the one in force both latest and
/// published. What is drawn is handed out as it is stored.
/// </summary>
internal sealed class Definitions(Catalogue catalogue, BusinessClock clock)
{
    private const string Drawing = "workflow.json";

    public JsonObject List(DefinitionQuery query)
    {
        var now = clock.GetUtcNow();
        var found = Sorted(Matching(query, now), query).ToList();
        var page = found.Skip((int)Math.Min((long)query.Page * query.PageSize, int.MaxValue)).Take(query.PageSize);
        return new JsonObject
        {
            ["items"] = new JsonArray([.. page.Select(r => (JsonNode)Summary(r, now))]),
            ["count"] = found.Count,
            ["totalCount"] = found.Count,
            ["links"] = new JsonArray(Link("self", "/workflow-definitions")),
        };
    }

    /// <summary>Null where there is no such eService, or no such release.</summary>
    public JsonObject? Open(string id, VersionChoice choice) => Choose(id, choice) is { } release ? Whole(release, clock.GetUtcNow()) : null;

    /// <param name="hash">The release's, which is Elsa's id of a version.</param>
    public JsonObject? OpenRelease(string hash) =>
        catalogue.ByHash(hash) is { } bundle && catalogue.ReleasesOf(bundle.Key).LastOrDefault(r => r.Bundle.Hash == hash) is { } release ? Whole(release, clock.GetUtcNow()) : null;

    /// <summary>The file as it stands in the release, under a name that says which one it is.</summary>
    public (string FileName, JsonObject Json)? Export(string id, VersionChoice choice) =>
        Choose(id, choice) is { } release ? ($"{release.Bundle.Key}-{release.Bundle.Hash[..12]}.json", Stored(release).DeepClone().AsObject()) : null;

    public EServiceBundle? InForce(string id) => catalogue.InForce(id, clock.GetUtcNow());

    private Release? Choose(string id, VersionChoice choice)
    {
        var now = clock.GetUtcNow();
        return catalogue.ReleasesOf(id).LastOrDefault(r => choice.Takes(r, IsInForce(r, now)));
    }

    private IEnumerable<Release> Matching(DefinitionQuery query, DateTimeOffset now) =>
        from bundle in catalogue.AllInForce(now)
        where !query.SystemOnly && (query.DefinitionIds.Count == 0 || query.DefinitionIds.Contains(bundle.Key))
        from release in catalogue.ReleasesOf(bundle.Key)
        where query.Versions.Takes(release, IsInForce(release, now)) && (query.Ids.Count == 0 || query.Ids.Contains(release.Bundle.Hash))
        where query.Search is not { } words || $"{release.Bundle.Key} {release.Bundle.Flow.Name}".Contains(words, StringComparison.OrdinalIgnoreCase)
        select release;

    private static IEnumerable<Release> Sorted(IEnumerable<Release> releases, DefinitionQuery query)
    {
        Func<Release, IComparable> by = query.OrderBy.ToUpperInvariant() switch
        {
            "VERSION" => r => r.Number,
            "CREATED" => r => r.From,
            _ => r => r.Bundle.Flow.Name,
        };
        return query.Descending ? releases.OrderByDescending(by).ThenByDescending(r => r.Number) : releases.OrderBy(by).ThenBy(r => r.Number);
    }

    private bool IsInForce(Release release, DateTimeOffset now) => catalogue.ReleaseInForce(release.Bundle.Key, now)?.Number == release.Number;

    // The release's own: to be read, and copied before it is changed.
    private static JsonObject Stored(Release release) => release.Bundle.File(Drawing)!.AsObject();

    private JsonObject Whole(Release release, DateTimeOffset now)
    {
        var stored = Stored(release);
        var definition = (stored["model"] as JsonObject ?? stored).DeepClone().AsObject();
        definition.Remove("$schema");
        foreach (var (name, value) in Summary(release, now)) definition[name] = value?.DeepClone();
        return definition;
    }

    // No "publish" among the links: Studio then lets nobody change anything.
    private JsonObject Summary(Release release, DateTimeOffset now)
    {
        var (key, isInForce) = (release.Bundle.Key, IsInForce(release, now));
        var stored = Stored(release);
        return new JsonObject
        {
            ["links"] = new JsonArray(
                Link("self", $"/workflow-definitions/by-id/{release.Bundle.Hash}"), Link("versions", $"/workflow-definitions/{key}/versions"),
                Link("export", $"/workflow-definitions/{key}/export?versionOptions={release.Number.ToString(CultureInfo.InvariantCulture)}")),
            ["id"] = release.Bundle.Hash,
            ["definitionId"] = key,
            ["name"] = release.Bundle.Flow.Name,
            ["description"] = stored["description"]?.DeepClone(),
            ["version"] = release.Number,
            ["isLatest"] = isInForce,
            ["isPublished"] = isInForce,
            ["isReadonly"] = false,
            ["isSystem"] = false,
            ["materializerName"] = "Json",
            ["isMaterializerAvailable"] = true,
            ["createdAt"] = stored["createdAt"]?.DeepClone() ?? release.From.ToString("o", CultureInfo.InvariantCulture),
        };
    }

    private static JsonObject Link(string rel, string href) => new() { ["rel"] = rel, ["method"] = "GET", ["href"] = href };
}
