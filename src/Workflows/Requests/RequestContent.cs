using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// What a person decides on: answers, lines with their proposed outcome, files, what the register holds, and the release by
/// which all of it is read; not messages, not times. Its hash goes with the decision: approve only what you saw.
/// </summary>
public static class RequestContent
{
    public static JsonObject Of(LoadedRequest request) => new(Members(request).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    public static string HashOf(LoadedRequest request) => CanonicalJson.HashOfMembers(Members(request));

    // As they stand in the request: a click that only wants the hash copies none of them.
    private static KeyValuePair<string, JsonNode?>[] Members(LoadedRequest request) =>
    [
        new("answers", request.CurrentAnswers),
        new("outcomes", request.Outcomes),
        new("proposal", request.Proposal),
        new("files", new JsonArray([.. request.Files.OrderBy(f => f.Id.Value).Select(f => (JsonNode)new JsonObject { ["id"] = f.Id.ToString(), ["sha256"] = f.Sha256 })])),
        new("register", new JsonArray([.. request.Register.OrderBy(r => $"{r.Kind}:{r.Key}", StringComparer.Ordinal)
            .Select(r => (JsonNode)new JsonObject { ["kind"] = r.Kind, ["key"] = r.Key, ["values"] = r.Values.DeepClone() })])),
        new("release", request.Bundle.Hash),
        // Only where something was reported: what was decided before there were milestones has the hash that it had.
        .. request.Milestones is { } milestones ? [new KeyValuePair<string, JsonNode?>("milestones", milestones)] : Array.Empty<KeyValuePair<string, JsonNode?>>(),
    ];

    /// <summary>Where two readings differ, by path, in the order of the paths.</summary>
    public static IReadOnlyList<Difference> Compare(JsonNode? before, JsonNode? after)
    {
        var found = new List<Difference>();
        Walk(string.Empty, before, after, found);
        return found;
    }

    private static void Walk(string path, JsonNode? before, JsonNode? after, List<Difference> found)
    {
        switch (before, after)
        {
            case (JsonObject b, JsonObject a):
                foreach (var name in b.Select(p => p.Key).Union(a.Select(p => p.Key)).Order(StringComparer.Ordinal))
                {
                    Walk(path.Length == 0 ? name : $"{path}.{name}", b[name], a[name], found);
                }

                break;
            case (JsonArray b, JsonArray a):
                for (var i = 0; i < Math.Max(a.Count, b.Count); i++)
                {
                    Walk($"{path}[{i}]", i < b.Count ? b[i] : null, i < a.Count ? a[i] : null, found);
                }

                break;
            default:
                if (CanonicalJson.Text(before) != CanonicalJson.Text(after))
                {
                    found.Add(new Difference(path, before?.DeepClone(), after?.DeepClone()));
                }

                break;
        }
    }
}
