using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>The next release of an eService while it is being made.</summary>
/// <param name="BaseHash">The release that it is to take the place of: the one in force when it was begun.</param>
/// <param name="Editors">Whoever gave it what it holds: none of them may release it.</param>
/// <param name="EditedBy">Who holds the lease now; null where nobody edits.</param>
/// <param name="LeaseId">Another one whenever somebody else begins to edit.</param>
/// <param name="Document">All files by name, as a bundle's.</param>
public sealed record ReleaseDraft(
    string EService, int Revision, string BaseHash, IReadOnlyList<UserId> Editors, UserId StartedBy, DateTimeOffset StartedAt, UserId SavedBy, DateTimeOffset SavedAt, UserId? EditedBy, Guid LeaseId, JsonObject Document)
{
    /// <summary>Nothing was saved since it was begun: what it holds is what it was begun with.</summary>
    public bool IsAsBegun => Revision == 1;

    /// <summary>The file that Studio edits.</summary>
    public const string DrawingFile = "workflow.json";

    /// <summary>The flow as it is drawn; to be copied before it is changed.</summary>
    public JsonObject Drawing => Document["files"]![DrawingFile]!.AsObject();

    internal static ReleaseDraft Of(ReleaseDraftRow row, DateTimeOffset machineNow) => new(
        row.EService, row.Revision, row.BaseHash, [.. row.Editors.Select(e => new UserId(e))], row.StartedBy, row.StartedAt, row.SavedBy, row.SavedAt, row.HolderAt(machineNow), row.LeaseId,
        JsonNode.Parse(row.Document)!.AsObject());
}
