using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>What Elsa calls a version of a definition: a release, or the draft of the next one.</summary>
/// <param name="Id">A release's hash; a draft's <see cref="DraftId"/>.</param>
/// <param name="Stored">As it is stored: to be copied before it is changed.</param>
/// <param name="IsLatest">The draft, or without one the release in force.</param>
/// <param name="IsPublished">In force.</param>
internal sealed record DefinitionVersion(string Key, string Id, int Number, JsonObject Stored, DateTimeOffset At, bool IsLatest, bool IsPublished)
{
    private const string OfDraft = "draft-";

    public bool IsDraft => Id.StartsWith(OfDraft, StringComparison.Ordinal);

    /// <summary>Studio lets only such a one be changed.</summary>
    public bool MayBeEdited { get; init; }

    public string Name => ((Model["name"] ?? Model["definitionId"]) as JsonValue)?.ToString() ?? Key;

    private JsonObject Model => Stored["model"] as JsonObject ?? Stored;

    public static DefinitionVersion Of(Release release, bool isInForce, bool hasDraft) =>
        new(release.Bundle.Key, release.Bundle.Hash, release.Number, release.Bundle.File(ReleaseDraft.DrawingFile)!.AsObject(), release.From, isInForce && !hasDraft, isInForce);

    /// <param name="number">One more than the releases have.</param>
    public static DefinitionVersion Of(ReleaseDraft draft, int number, Viewer viewer) =>
        new(draft.EService, DraftId(draft), number, draft.Drawing, draft.SavedAt, true, false) { MayBeEdited = draft.EditedBy == viewer.User };

    /// <summary>A draft's id says under which lease it was opened, so that what an old page saves can be told.</summary>
    public static string DraftId(ReleaseDraft draft) => $"{OfDraft}{draft.EService}-{draft.LeaseId:n}";

    /// <summary>The lease in a draft's id; null where it is none.</summary>
    public static Guid? LeaseIn(string? id) =>
        id is not null && id.StartsWith(OfDraft, StringComparison.Ordinal) && id.Length > 32 && Guid.TryParseExact(id[^32..], "n", out var lease) ? lease : null;

    public JsonObject Whole()
    {
        var definition = Model.DeepClone().AsObject();
        definition.Remove("$schema");
        foreach (var (name, value) in Summary()) definition[name] = value?.DeepClone();
        return definition;
    }

    public JsonObject Summary()
    {
        var number = Number.ToString(CultureInfo.InvariantCulture);
        var links = new JsonArray(
            Link("self", $"/workflow-definitions/by-id/{Id}"), Link("versions", $"/workflow-definitions/{Key}/versions"), Link("export", $"/workflow-definitions/{Key}/export?versionOptions={number}"));
        if (MayBeEdited) links.Add((JsonNode)Link("publish", $"/workflow-definitions/{Key}/publish", "POST"));
        return new JsonObject
        {
            ["links"] = links,
            ["id"] = Id,
            ["definitionId"] = Key,
            ["name"] = Name,
            ["description"] = Model["description"]?.DeepClone(),
            ["version"] = Number,
            ["isLatest"] = IsLatest,
            ["isPublished"] = IsPublished,
            ["isReadonly"] = false,
            ["isSystem"] = false,
            ["materializerName"] = "Json",
            ["isMaterializerAvailable"] = true,
            ["createdAt"] = IsDraft ? At.ToString("o", CultureInfo.InvariantCulture) : Model["createdAt"]?.DeepClone() ?? At.ToString("o", CultureInfo.InvariantCulture),
        };
    }

    public static JsonObject Link(string rel, string href, string method = "GET") => new() { ["rel"] = rel, ["method"] = method, ["href"] = href };
}
