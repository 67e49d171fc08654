using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// What a draft held for fields that its form has no more, since another release came into force: kept in the draft by its place, under
/// a name that no field can have, until the maker drops it or the request is sent. No rule reads it, and nobody but the makers sees it.
/// </summary>
public static class LeftAnswers
{
    // Names of fields are letters and digits (form.schema.json).
    private const string Name = "$left";

    /// <summary>What is kept already, and what the next save would take out of the answers, by place (<c>lines[0].reason</c>).</summary>
    public static JsonObject Of(LoadedRequest request)
    {
        var form = request.Form;
        var left = request.Left is { } kept ? (JsonObject)kept.DeepClone() : [];
        foreach (var (name, value) in request.Draft ?? [])
        {
            var field = form.Fields.FirstOrDefault(f => f.Name == name);
            if (field is null) Keep(left, name, value);
            else if (field.Type == FieldType.Lines) KeepColumns(left, field, value);
        }

        return left;
    }

    /// <summary>Takes what is kept out of a draft as it is stored; null where nothing is.</summary>
    internal static JsonObject? TakenFrom(JsonObject? stored)
    {
        if (stored is null || !stored.TryGetPropertyValue(Name, out var left)) return null;
        stored.Remove(Name);
        return left as JsonObject;
    }

    /// <summary>The draft as it is to be stored.</summary>
    internal static JsonObject With(JsonObject answers, JsonObject left)
    {
        if (left.Count == 0) return answers;
        var stored = (JsonObject)answers.DeepClone();
        stored[Name] = left;
        return stored;
    }

    private static void KeepColumns(JsonObject left, FormField lines, JsonNode? value)
    {
        foreach (var (i, line) in (value as JsonArray ?? []).Index())
        {
            foreach (var (name, cell) in line as JsonObject ?? [])
            {
                if (!lines.Columns.Any(c => c.Name == name)) Keep(left, $"{lines.Name}[{i}].{name}", cell);
            }
        }
    }

    // Lines that are gone as a whole are kept value by value, so that each can be read.
    private static void Keep(JsonObject left, string place, JsonNode? value)
    {
        if (value is JsonArray items && items.Any(i => i is JsonObject))
        {
            foreach (var (i, item) in items.Index())
            {
                foreach (var (name, cell) in item as JsonObject ?? []) Keep(left, $"{place}[{i}].{name}", cell);
            }

            return;
        }

        if (value is not null && value is not JsonArray { Count: 0 } && !(value is JsonValue text && text.TryGetValue(out string? words) && words.Length == 0)) left[place] = value.DeepClone();
    }
}
