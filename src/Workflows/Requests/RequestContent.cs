using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// What a person decides on: answers, lines with their proposed outcome, files, what the register holds, and the release by
/// which all of it is read; not messages, not times. Its hash goes with the decision: approve only what you saw.
/// </summary>
public static class RequestContent
{
    public static JsonObject Of(LoadedRequest request) => (JsonObject)JsonNode.Parse(CanonicalJson.Text(writer => Write(writer, request)))!;

    public static string HashOf(LoadedRequest request) => Convert.ToHexStringLower(CanonicalJson.HashBytes(writer => Write(writer, request)));

    // From where it stands: a click that only wants the hash copies none of it. The members in ordinal order, as canonical JSON has them.
    private static void Write(Utf8JsonWriter writer, LoadedRequest request)
    {
        writer.WriteStartObject();
        Member(writer, "answers", request.CurrentAnswers);
        writer.WriteStartArray("files");
        foreach (var file in request.Files.OrderBy(f => f.Id.Value))
        {
            writer.WriteStartObject();
            writer.WriteString("id", file.Id.ToString());
            writer.WriteString("sha256", file.Sha256);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        // Only where something was reported: what was decided before there were milestones has the hash that it had.
        if (request.Milestones is { } milestones) Member(writer, "milestones", milestones);
        Member(writer, "outcomes", request.Outcomes);
        Member(writer, "proposal", request.Proposal);
        writer.WriteStartArray("register");
        foreach (var entry in request.Register.OrderBy(r => $"{r.Kind}:{r.Key}", StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("key", entry.Key);
            writer.WriteString("kind", entry.Kind);
            Member(writer, "values", entry.Values);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("release", request.Bundle.Hash);
        writer.WriteEndObject();
    }

    private static void Member(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        writer.WritePropertyName(name);
        CanonicalJson.Write(writer, value);
    }

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
