using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>A plan of deadlines as it is kept with the request, shown on its pages and known to its flow.</summary>
public static class PlanJson
{
    public static JsonObject Of(DeadlinePlan plan) => new(plan.Planned.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Deadline(p.Value))));

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
