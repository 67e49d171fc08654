using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>
/// Our releases and drafts as Elsa's definitions: an eService is a definition, a release one of its versions, the one in force published;
/// the draft, where there is one, is the latest. What is drawn is handed out as it is stored.
/// </summary>
internal sealed class Definitions(Catalogue catalogue, ReleaseDrafts drafts, BusinessClock clock)
{
    public async Task<JsonObject> ListAsync(Viewer viewer, DefinitionQuery query, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var made = await drafts.AllAsync(viewer, ct);
        var all = catalogue.AllInForce(now).SelectMany(b => VersionsOf(viewer, b.Key, made.FirstOrDefault(d => d.EService == b.Key), now));
        var found = Sorted(all.Where(v => Matches(v, query)), query).ToList();
        var page = found.Skip((int)Math.Min((long)query.Page * query.PageSize, int.MaxValue)).Take(query.PageSize);
        return new JsonObject
        {
            ["items"] = new JsonArray([.. page.Select(v => (JsonNode)v.Summary())]),
            ["count"] = found.Count,
            ["totalCount"] = found.Count,
            ["links"] = new JsonArray(DefinitionVersion.Link("self", "/workflow-definitions")),
        };
    }

    /// <summary>Null where there is no such eService, or no such version.</summary>
    public async Task<DefinitionVersion?> FindAsync(Viewer viewer, string id, VersionChoice choice, CancellationToken ct) =>
        VersionsOf(viewer, id, await drafts.FindAsync(viewer, id, ct), clock.GetUtcNow()).LastOrDefault(choice.Takes);

    /// <param name="id">Elsa's id of a version: a release's hash, or a draft's.</param>
    public async Task<DefinitionVersion?> FindVersionAsync(Viewer viewer, string id, CancellationToken ct)
    {
        if (catalogue.ByHash(id) is { } bundle) return VersionsOf(viewer, bundle.Key, await drafts.FindAsync(viewer, bundle.Key, ct), clock.GetUtcNow()).LastOrDefault(v => v.Id == id);
        var draft = (await drafts.AllAsync(viewer, ct)).FirstOrDefault(d => DefinitionVersion.DraftId(d) == id);
        return draft is null ? null : Of(viewer, draft);
    }

    public DefinitionVersion Of(Viewer viewer, ReleaseDraft draft) => DefinitionVersion.Of(draft, catalogue.ReleasesOf(draft.EService).Count + 1, viewer);

    /// <summary>The release of that number; null where there is none.</summary>
    public string? HashOf(string id, int number) => catalogue.ReleasesOf(id).FirstOrDefault(r => r.Number == number)?.Bundle.Hash;

    public EServiceBundle? InForce(string id) => catalogue.InForce(id, clock.GetUtcNow());

    private IEnumerable<DefinitionVersion> VersionsOf(Viewer viewer, string key, ReleaseDraft? draft, DateTimeOffset now)
    {
        var inForce = catalogue.ReleaseInForce(key, now)?.Number;
        var releases = catalogue.ReleasesOf(key).Select(r => DefinitionVersion.Of(r, r.Number == inForce, draft is not null));
        return draft is null ? releases : releases.Append(Of(viewer, draft));
    }

    private static bool Matches(DefinitionVersion version, DefinitionQuery query) =>
        !query.SystemOnly && query.Versions.Takes(version)
        && (query.DefinitionIds.Count == 0 || query.DefinitionIds.Contains(version.Key))
        && (query.Ids.Count == 0 || query.Ids.Contains(version.Id))
        && (query.Search is not { } words || $"{version.Key} {version.Name}".Contains(words, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<DefinitionVersion> Sorted(IEnumerable<DefinitionVersion> versions, DefinitionQuery query)
    {
        Func<DefinitionVersion, IComparable> by = query.OrderBy.ToUpperInvariant() switch
        {
            "VERSION" => v => v.Number,
            "CREATED" => v => v.At,
            _ => v => v.Name,
        };
        return query.Descending ? versions.OrderByDescending(by).ThenByDescending(v => v.Number) : versions.OrderBy(by).ThenBy(v => v.Number);
    }
}
