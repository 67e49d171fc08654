using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Host.Portal;

/// <summary>What the register's kinds and their values are called, and how they are fed: an eService's own ones, else those that all share.</summary>
internal sealed class RegisterWords(WorkflowsOnDisk workflows, Catalogue catalogue, BusinessClock clock) : IRegisterKinds
{
    private readonly Lazy<Dictionary<string, RegisterKind>> shared = new(() => Read(workflows));

    public LocalText Kind(EServiceBundle bundle, string kind) => Find(bundle, kind)?.Label ?? new LocalText(kind);

    public LocalText Value(EServiceBundle bundle, string kind, string name) =>
        Find(bundle, kind)?.Values.GetValueOrDefault(name) ?? new LocalText(name);

    /// <summary>A value as people read it: a code by the words that the kind has for it.</summary>
    public static string? Said(RegisterKind? kind, string name, JsonNode? value, string language) => value switch
    {
        JsonArray items => string.Join(", ", items.Select(i => Said(kind, name, i, language))),
        JsonValue one when one.Said() is { } code && kind?.Words.GetValueOrDefault(name)?.GetValueOrDefault(code) is { } words => words.In(language),
        _ => AnswerWords.Plain(value, language),
    };

    /// <inheritdoc cref="Said(RegisterKind?, string, JsonNode?, string)"/>
    public string? Said(EServiceBundle bundle, string kind, string name, JsonNode? value, string language) => Said(Find(bundle, kind), name, value, language);

    /// <summary>A kind of whatever eService; null where it has no words, and so is looked up by nobody.</summary>
    public RegisterKind? Find(string kind) =>
        shared.Value.GetValueOrDefault(kind) ?? catalogue.AllInForce(clock.GetUtcNow()).Select(b => b.Service.Kinds.GetValueOrDefault(kind)).FirstOrDefault(k => k is not null);

    public LocalText KindOrName(string kind) => Find(kind)?.Label ?? new LocalText(kind);

    /// <summary>The shared kinds, and what eServices in force have of their own.</summary>
    public IReadOnlyDictionary<string, KindRule> All() => catalogue.AllInForce(clock.GetUtcNow()).SelectMany(b => b.Service.Kinds).Concat(shared.Value)
        .GroupBy(k => k.Key, k => k.Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new KindRule(g.Last().ForClearingHouse, g.Last().Fed, g.Last().LastDay), StringComparer.Ordinal);

    private RegisterKind? Find(EServiceBundle bundle, string kind) => bundle.Service.Kinds.GetValueOrDefault(kind) ?? shared.Value.GetValueOrDefault(kind);

    private static Dictionary<string, RegisterKind> Read(WorkflowsOnDisk workflows)
    {
        if (!workflows.Folder.Shared.TryGetValue("register.json", out var text) || JsonNode.Parse(text) is not JsonObject kinds) return [];
        return kinds.Where(k => k.Value is JsonObject).ToDictionary(k => k.Key, k => k.Value.Deserialize<RegisterKind>(JsonSerializerOptions.Web)!, StringComparer.Ordinal);
    }
}
