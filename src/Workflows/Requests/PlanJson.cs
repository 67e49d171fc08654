using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>A plan of deadlines as it is kept with the request, shown on its pages and known to its flow.</summary>
public static class PlanJson
{
    public static JsonObject Of(DeadlinePlan plan) => new(plan.Planned.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Deadline(p.Value))));

    /// <summary>A deadline at the moments that a kept plan has for it; as it is where the plan has none.</summary>
    public static PlannedDeadline Moved(PlannedDeadline planned, JsonObject kept) => kept[planned.Name] is not JsonObject moments ? planned : planned with
    {
        DueAt = At(moments, "dueAt") ?? planned.DueAt,
        LateAt = At(moments, "lateAt"),
        LatestSafeAt = At(moments, "latestSafeAt") ?? planned.LatestSafeAt,
        StartBy = At(moments, "startBy") ?? planned.StartBy,
    };

    private static DateTimeOffset? At(JsonObject moments, string name) =>
        (string?)moments[name] is { } text ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static JsonObject Deadline(PlannedDeadline planned) => new()
    {
        ["label"] = planned.Label.En,
        ["dueAt"] = Moment(planned.DueAt),
        ["lateAt"] = planned.LateAt is { } late ? Moment(late) : null,
        ["latestSafeAt"] = Moment(planned.LatestSafeAt),
        ["startBy"] = Moment(planned.StartBy),
        ["reasons"] = new JsonArray([.. planned.Reasons.Select(r => (JsonNode)r.En)]),
        ["source"] = planned.Source,
        ["verified"] = planned.Verified,
    };

    private static string Moment(DateTimeOffset at) => at.ToHongKong().ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}
