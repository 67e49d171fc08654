using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>A decision as its form sent it; kept whole, so that the page can show it again.</summary>
/// <param name="Lines">What was said about each line, by its index from 0.</param>
/// <param name="Remarks">What was remarked, by path.</param>
internal sealed record PostedDecision(string Outcome, string Reason, string ContentHash, IReadOnlyDictionary<int, JsonObject> Lines, IReadOnlyDictionary<string, string> Remarks)
{
    public static PostedDecision Read(IFormCollection form, FormDefinition definition) => new(
        form["decision"].ToString(), form["reason"].ToString().Trim(), form["contentHash"].ToString(),
        definition.Lines is { } lines ? FormFields.ByLine(lines.Name, form) : new Dictionary<int, JsonObject>(), FormFields.Below("remarks", form));

    public Decision ToDecision(TaskKind kind) => new(
        Outcome, Reason.Length == 0 ? null : Reason, kind == TaskKind.Review && Outcome == Decision.Approve ? ToLines() : null,
        Remarks.Count == 0 ? null : new JsonArray([.. Remarks.Take(200).Select(r => (JsonNode)new JsonObject { ["path"] = r.Key, ["text"] = r.Value })]),
        ContentHash.Length == 0 ? null : ContentHash);

    // Both halves of a line are always sent: its outcome says which one counts.
    private JsonArray ToLines() => new([.. Lines.OrderBy(l => l.Key).Select(l =>
    {
        var outcome = l.Value["outcome"].Said();
        var line = new JsonObject { ["line"] = l.Key + 1, ["outcome"] = outcome, ["remarks"] = l.Value["remarks"]?.DeepClone() };
        line[outcome == LineOutcomes.Approve ? "decision" : "reason"] = l.Value[outcome == LineOutcomes.Approve ? "decision" : "reason"]?.DeepClone();
        return (JsonNode)line;
    })]);
}
