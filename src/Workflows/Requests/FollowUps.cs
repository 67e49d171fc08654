using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>Something that the clearing house does beside a request.</summary>
/// <param name="Milestone">What is reported of it, by its name in form.json.</param>
/// <param name="Answer">The answer whose option it is.</param>
/// <param name="Outcome">Null while it is to be done; <c>done</c>, or why it is not to be done any more.</param>
/// <param name="At">When it ended; null before.</param>
/// <param name="Values">What was reported; empty before.</param>
public sealed record FollowUpItem(string Step, int Visit, string Item, string Milestone, string Answer, string? Outcome, DateTimeOffset? At, JsonObject Values);

/// <summary>
/// What is followed up, as it stands with its request: opened and ended by effects, reported by people. It moves no token, and nobody decides
/// on it: it is no part of the content that decisions rest on.
/// </summary>
public static class FollowUps
{
    public const string Done = "done";

    public static IReadOnlyList<FollowUpItem> Of(LoadedRequest request) => [.. (request.FollowUps ?? []).OfType<JsonObject>().Select(f => new FollowUpItem(
        (string)f["step"]!, (int)f["visit"]!, (string)f["item"]!, (string)f["milestone"]!, (string)f["answer"]!, (string?)f["outcome"],
        (string?)f["at"] is { } at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) : null, f["values"] as JsonObject ?? []))];

    /// <summary>As they stand after a flow's effects.</summary>
    internal static JsonArray? After(JsonArray? before, IReadOnlyList<Effect> effects, DateTimeOffset now)
    {
        if (!effects.Any(e => e is FollowUp or EndFollowUp)) return before;
        var all = (JsonArray?)before?.DeepClone() ?? [];
        foreach (var effect in effects)
        {
            if (effect is FollowUp begun)
            {
                foreach (var item in begun.Items) all.Add((JsonNode)new JsonObject { ["step"] = begun.Step, ["visit"] = begun.Visit, ["item"] = item, ["milestone"] = begun.Milestone, ["answer"] = begun.Answer });
            }
            else if (effect is EndFollowUp ended)
            {
                foreach (var open in all.OfType<JsonObject>().Where(f => f["outcome"] is null && (string?)f["step"] == ended.Step && (int?)f["visit"] == ended.Visit)) End(open, ended.Outcome, now, null);
            }
        }

        return all;
    }

    /// <summary>With what was reported of one of them.</summary>
    internal static JsonArray Reported(JsonArray? before, string step, int visit, string item, JsonObject values, DateTimeOffset now)
    {
        var all = (JsonArray?)before?.DeepClone() ?? [];
        if (all.OfType<JsonObject>().FirstOrDefault(f => f["outcome"] is null && (string?)f["step"] == step && (int?)f["visit"] == visit && (string?)f["item"] == item) is { } open) End(open, Done, now, values);
        return all;
    }

    private static void End(JsonObject open, string outcome, DateTimeOffset now, JsonObject? values)
    {
        open["outcome"] = outcome;
        open["at"] = now.ToHongKong().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        if (values is { Count: > 0 }) open["values"] = values.DeepClone();
    }
}
