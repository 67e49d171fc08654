using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>What Studio asks of the list of instances, in the members that it sends; what the portal has no use for is not read.</summary>
internal sealed record InstanceQuery(RunFilter Runs)
{
    private const int MostOnPage = 100;

    /// <summary>Whether any run can be meant at all: ours are none of Elsa's own, and none has incidents.</summary>
    public bool IsEmpty { get; private init; }

    public static InstanceQuery Read(JsonObject body)
    {
        var (page, size) = (Math.Max(0, Number(body, "page") ?? 0), Math.Clamp(Number(body, "pageSize") ?? 10, 1, MostOnPage));
        var definitions = InstanceBody.Texts(body, "definitionIds").Append(body.Text("definitionId")).OfType<string>().Where(d => d.Length > 0).Distinct().ToList();
        var statuses = InstanceBody.Texts(body, "statuses").Append(body.Text("status")).OfType<string>().Where(s => s.Length > 0).Distinct().ToList();
        return new InstanceQuery(new RunFilter(definitions, body.Text("searchTerm"), statuses is [var one] ? one == "Running" : null, (int)Math.Min((long)page * size, int.MaxValue), size))
        {
            IsEmpty = IsTrue(body, "isSystem") || IsTrue(body, "hasIncidents"),
        };
    }

    private static bool IsTrue(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<bool>(out var isTrue) && isTrue;

    private static int? Number(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}

/// <summary>What a journal is cut to.</summary>
/// <param name="Nodes">Null for all, as are the other two.</param>
internal sealed record JournalFilter(IReadOnlyList<string>? Nodes, IReadOnlyList<string>? Activities, IReadOnlyList<string>? Events, IReadOnlyList<string> WithoutTypes)
{
    public static JournalFilter Read(JsonObject body)
    {
        var filter = body["filter"] as JsonObject ?? body;
        return new JournalFilter(Some(filter, "activityNodeIds"), Some(filter, "activityIds"), Some(filter, "eventNames"), InstanceBody.Texts(filter, "excludedActivityTypes"));
    }

    public bool Takes(JsonObject entry) =>
        Has(Nodes, entry, "nodeId") && Has(Activities, entry, "activityId") && Has(Events, entry, "eventName") && !WithoutTypes.Contains(entry.Text("activityType"));

    private static bool Has(IReadOnlyList<string>? wanted, JsonObject entry, string name) => wanted is null || wanted.Contains(entry.Text(name));

    private static IReadOnlyList<string>? Some(JsonObject filter, string name) => InstanceBody.Texts(filter, name) is { Count: > 0 } some ? some : null;
}

/// <summary>Reads what Studio sends along with a question.</summary>
internal static class InstanceBody
{
    public static IReadOnlyList<string> Texts(JsonObject body, string name) =>
        body[name] is JsonArray all ? [.. all.OfType<JsonValue>().Select(v => v.TryGetValue<string>(out var text) ? text : null).OfType<string>()] : [];

    /// <summary>What can't be read counts as not said.</summary>
    public static int Number(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
