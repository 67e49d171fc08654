using System.Globalization;
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
    /// <summary>The button that decides nothing: it sets all lines to one outcome, and shows the page again.</summary>
    public const string FillLines = "fill";

    /// <summary>Another button that decides nothing: a note is added, and all that was typed stays.</summary>
    public const string AddNote = "note";

    /// <summary>The same for a message to the other side.</summary>
    public const string SendMessage = "message";

    /// <summary>What Enter in a field sends: the page comes back as it was typed.</summary>
    public const string Nothing = "look";

    public string Note { get; init; } = string.Empty;

    /// <summary>Days that are approved although the market is closed on them, as the page offered them.</summary>
    public IReadOnlyList<string> ClosedDays { get; init; } = [];

    /// <summary>What is said once of a milestone.</summary>
    private JsonObject Milestone { get; init; } = [];

    private string AllOutcome { get; init; } = string.Empty;

    private string AllReason { get; init; } = string.Empty;

    public static PostedDecision Read(IFormCollection form, FormDefinition definition) => new(
        form["decision"].ToString(), form["reason"].ToString().Trim(), form["contentHash"].ToString(),
        definition.Lines is { } lines ? FormFields.ByLine(lines.Name, form) : new Dictionary<int, JsonObject>(), FormFields.Below("remarks", form))
    {
        Note = form["note"].ToString(),
        ClosedDays = FormFields.Values("closedDays", form),
        Milestone = FormFields.Answers(form)["milestone"] as JsonObject ?? [],
        AllOutcome = form["all.outcome"].ToString(),
        AllReason = form["all.reason"].ToString(),
    };

    /// <summary>The same with every line set to the outcome that was chosen for all; what was granted before stays typed.</summary>
    /// <param name="open">Indices of the lines that are to be decided.</param>
    public PostedDecision ForAllLines(FormDefinition definition, IEnumerable<int> open)
    {
        if (definition.Lines is null || !LineOutcomes.All.Contains(AllOutcome)) return this;
        var lines = open.ToDictionary(i => i, i =>
        {
            var line = (JsonObject?)Lines.GetValueOrDefault(i)?.DeepClone() ?? [];
            line["outcome"] = AllOutcome;
            if (AllOutcome != LineOutcomes.Approve && AllReason.Length > 0) line["reason"] = AllReason;
            return line;
        });
        return this with { Lines = lines };
    }

    public Decision ToDecision(TaskKind kind) => new(
        Outcome, Reason.Length == 0 ? null : Reason, TaskRules.Reports(kind) ? ToReports() : kind == TaskKind.Review && Outcome == Decision.Approve ? ToLines() : null,
        Remarks.Count == 0 ? null : new JsonArray([.. Remarks.Take(200).Select(r => (JsonNode)new JsonObject { ["path"] = r.Key, ["text"] = r.Value })]),
        ContentHash.Length == 0 ? null : ContentHash)
    {
        Milestone = TaskRules.Reports(kind) ? (JsonObject)Milestone.DeepClone() : null,
        ClosedDays = Outcome != Decision.Approve ? [] : [.. ClosedDays.Select(d => DateOnly.TryParseExact(d, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null).OfType<DateOnly>()],
    };

    private JsonArray ToReports() => new([.. Lines.OrderBy(l => l.Key).Where(l => l.Value["milestone"] is not null)
        .Select(l => (JsonNode)new JsonObject { ["line"] = l.Key + 1, ["milestone"] = l.Value["milestone"]!.DeepClone() })]);

    // Both halves of a line are always sent: its outcome says which one counts.
    private JsonArray ToLines() => new([.. Lines.OrderBy(l => l.Key).Select(l =>
    {
        var outcome = l.Value["outcome"].Said();
        var line = new JsonObject { ["line"] = l.Key + 1, ["outcome"] = outcome, ["remarks"] = l.Value["remarks"]?.DeepClone() };
        line[outcome == LineOutcomes.Approve ? "decision" : "reason"] = l.Value[outcome == LineOutcomes.Approve ? "decision" : "reason"]?.DeepClone();
        return (JsonNode)line;
    })]);
}
