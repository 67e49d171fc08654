using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.EServices;

/// <summary>The catalogue's categories, in the order of <c>workflows/_shared/catalogue.json</c>; one that stands nowhere comes last, under its key.</summary>
internal sealed class Categories(WorkflowsOnDisk workflows)
{
    private readonly Lazy<List<Category>> known = new(() => Read(workflows));

    /// <summary>What belongs together, as the manual orders it: by category, then by the number within.</summary>
    public IEnumerable<(LocalText Title, IEnumerable<EServiceBundle> Members)> Of(IEnumerable<EServiceBundle> bundles) =>
        from bundle in bundles
        group bundle by bundle.Service.Category into together
        let place = known.Value.FindIndex(c => c.Key == together.Key)
        orderby place < 0 ? int.MaxValue : place
        select (place < 0 ? new LocalText(together.Key) : known.Value[place].Label, together.OrderBy(b => NumberIn(b.Service.Id)).ThenBy(b => b.Service.Id, StringComparer.Ordinal).AsEnumerable());

    // "Set 2" before "Set 10".
    private static (string Word, int Number) NumberIn(string id) =>
        (id.TrimEnd("0123456789".ToCharArray()), int.TryParse(id.AsSpan(id.TrimEnd("0123456789".ToCharArray()).Length), out var number) ? number : 0);

    private static List<Category> Read(WorkflowsOnDisk workflows) =>
        workflows.Folder.Shared.TryGetValue("catalogue.json", out var text) ? JsonNode.Parse(text)?["categories"].Deserialize<List<Category>>(JsonSerializerOptions.Web) ?? [] : [];

    private sealed record Category(string Key, LocalText Label);
}
