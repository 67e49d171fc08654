using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal;

/// <summary>What the register's kinds and their values are called: an eService's own ones, else those that all share.</summary>
internal sealed class RegisterWords(WorkflowsOnDisk workflows)
{
    private readonly Lazy<Dictionary<string, RegisterKind>> shared = new(() => Read(workflows));

    public LocalText Kind(EServiceBundle bundle, string kind) => Find(bundle, kind)?.Label ?? new LocalText(kind);

    public LocalText Value(EServiceBundle bundle, string kind, string name) =>
        Find(bundle, kind)?.Values.GetValueOrDefault(name) ?? new LocalText(name);

    private RegisterKind? Find(EServiceBundle bundle, string kind) => bundle.Service.Kinds.GetValueOrDefault(kind) ?? shared.Value.GetValueOrDefault(kind);

    private static Dictionary<string, RegisterKind> Read(WorkflowsOnDisk workflows)
    {
        if (!workflows.Folder.Shared.TryGetValue("register.json", out var text) || JsonNode.Parse(text) is not JsonObject kinds) return [];
        return kinds.Where(k => k.Value is JsonObject).ToDictionary(k => k.Key, k => k.Value.Deserialize<RegisterKind>(JsonSerializerOptions.Web)!, StringComparer.Ordinal);
    }
}
