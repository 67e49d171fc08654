using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api;

/// <summary>Reads a decision as it is sent; its members were held against their description before.</summary>
internal static class DecisionBody
{
    private const int MostRemarks = 200, LongestPath = 200;

    public static Result<Decision> Read(JsonObject body)
    {
        var remarks = body["remarks"] as JsonArray;
        var days = (body["closedDays"] as JsonArray ?? []).Select(d => Day(d!.GetValue<string>())).ToList();
        var faults = Faults(remarks).Concat(days.Index().Where(d => d.Item is null).Select(d => new FieldFault($"closedDays[{d.Index}]", "not-a-date"))).ToList();
        if (faults.Count > 0) return new AnswersAreIncomplete(faults);
        return new Decision(body.Text("outcome")!, body.Text("reason")?.Trim(), (JsonArray?)body["lines"]?.DeepClone(), Remarks(remarks), body.Text("contentHash"))
        {
            Milestone = (JsonObject?)body["milestone"]?.DeepClone(),
            ClosedDays = [.. days.OfType<DateOnly>()],
        };
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IEnumerable<FieldFault> Faults(JsonArray? remarks)
    {
        if (remarks?.Count > MostRemarks) yield return new FieldFault("remarks", "too-many", Arguments: Limit(MostRemarks));
        foreach (var (i, remark) in (remarks ?? []).OfType<JsonObject>().Take(MostRemarks).Index())
        {
            if (remark.Text("path")?.Length > LongestPath) yield return new FieldFault($"remarks[{i}].path", "too-long", Arguments: Limit(LongestPath));
            if (remark.Text("text")?.Length > Decision.MaxText) yield return new FieldFault($"remarks[{i}].text", "too-long", Arguments: Limit(Decision.MaxText));
        }
    }

    private static JsonArray? Remarks(JsonArray? remarks) =>
        remarks is null ? null : new JsonArray([.. remarks.OfType<JsonObject>().Select(r => (JsonNode)new JsonObject { ["path"] = r.Text("path") ?? string.Empty, ["text"] = r.Text("text") ?? string.Empty })]);

    private static Dictionary<string, string> Limit(int most) => new() { ["limit"] = most.ToString("N0", CultureInfo.InvariantCulture) };
}
