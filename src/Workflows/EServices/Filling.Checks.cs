using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>The second half: whether what was filled in may be sent.</summary>
internal sealed partial class Filling
{
    public void Check(IReadOnlyList<FormField> fields, JsonObject values, string owner, string prefix)
    {
        scope[owner] = values;
        scope["chosen"] = Chosen(fields, values);
        scope["attached"] = new JsonObject(fields.Where(f => f.Type == FieldType.Files).Select(f => KeyValuePair.Create(f.Name, (JsonNode?)ForRules(FilesOf(values[f.Name])))));
        foreach (var field in fields)
        {
            var path = prefix + field.Name;
            if (visible.Contains(path))
            {
                Check(field, values[field.Name], path);
            }
        }

        foreach (var entry in fields.Where(f => f.Type == FieldType.Entry))
        {
            if (prefix.Length == 0 && values[entry.Name] is JsonObject held) entries[entry.Name] = held;
            values.Remove(entry.Name);
        }
    }

    private static JsonObject Chosen(IReadOnlyList<FormField> fields, JsonObject values)
    {
        var chosen = new JsonObject();
        foreach (var field in fields.Where(f => f.Type == FieldType.Choice))
        {
            if (values[field.Name].Text() is { } value && field.Options.FirstOrDefault(o => o.Value == value) is { } option)
            {
                chosen[field.Name] = new JsonObject { ["value"] = option.Value, ["evidence"] = option.Evidence };
            }
        }

        return chosen;
    }

    private void Check(FormField field, JsonNode? value, string path)
    {
        if (field.LeadsTo is { } other && Holds(other.When, path))
        {
            leading.Add(path);
        }

        OfferTemplate(field, path);
        var isEmpty = field.Type == FieldType.YesNo ? value is null : value.IsEmpty();
        if (!field.IsComputed && Holds(field.Required, path))
        {
            required.Add(path);
            if (isEmpty && !unreadable.Contains(path))
            {
                Refuse(path, "required");
            }
        }

        if (isEmpty)
        {
            return;
        }

        scope["value"] = value;
        CheckRange(field, value!, path);
        CheckDay(field, value, path);
        foreach (var check in field.Checks.Where(c => !Holds(c.When, path)))
        {
            Refuse(path, "check", words: check.Message);
        }

        RefuseSaidTwice(field, value, path);
        if (value is JsonArray lines && field.Type == FieldType.Lines)
        {
            CheckLines(field, lines, path);
        }

        if (field.Type == FieldType.Files)
        {
            CheckFiles(field, value, path);
        }
    }

    private void CheckRange(FormField field, JsonNode value, string path)
    {
        var (min, max) = (Evaluated(field.Min, path), Evaluated(field.Max, path));
        if (value is JsonArray items)
        {
            if (items.Count < min.Number())
            {
                Refuse(path, "too-few", arguments: ("limit", min!));
            }
            else if (items.Count > max.Number())
            {
                Refuse(path, "too-many", arguments: ("limit", max!));
            }
        }
        else if (value.Number() is { } number)
        {
            if (number < min.Number())
            {
                Refuse(path, "too-small", arguments: ("limit", min.Number()!.Value));
            }
            else if (number > max.Number())
            {
                Refuse(path, "too-large", arguments: ("limit", max.Number()!.Value));
            }
        }
        else if (value.Date() is { } date && field.Type == FieldType.Date)
        {
            if (date < min.Date())
            {
                Refuse(path, "too-early", arguments: ("limit", min.Text()!));
            }
            else if (date > max.Date())
            {
                Refuse(path, "too-late", arguments: ("limit", max.Text()!));
            }
        }
    }

    private void CheckDay(FormField field, JsonNode? value, string path)
    {
        // What the form works out nobody can put right: of such a day it is said what kind it is, nothing is refused.
        if (field.DayKind is null || field.IsComputed || value.Date() is not { } date)
        {
            return;
        }

        var (kind, fault) = field.DayKind.In(scope);
        if (kind is null)
        {
            Refuse(path, "rule-failed", arguments: ("why", fault!));
            return;
        }

        var counts = context.Calendar.Is(kind.Value, date);
        if (counts.IsRefused)
        {
            Refuse(path, counts.Refusal.Code, arguments: [.. counts.Refusal.Arguments.Select(a => (a.Key, (object)a.Value))]);
        }
        else if (!counts.Value)
        {
            Refuse(path, "not-such-a-day", words: context.Calendar.Reasons(kind.Value, date)[0].Words, arguments: ("kind", kind.Value));
        }
    }

    private void CheckLines(FormField field, JsonArray lines, string path)
    {
        var (group, chosen, attached) = (scope.GetValueOrDefault("line"), scope["chosen"], scope["attached"]);
        foreach (var (i, line) in lines.Index())
        {
            Check(field.Columns, (JsonObject)line!, "line", $"{path}[{i}].");
        }

        (scope["line"], scope["chosen"], scope["attached"]) = (group, chosen, attached);
        foreach (var names in field.Columns.Where(c => c.Distinct).Select(c => (IReadOnlyList<string>)[c.Name]).Prepend(field.Unique).Where(n => n.Count > 0))
        {
            RefuseTwins(lines, names, path);
        }
    }

    private void RefuseSaidTwice(FormField field, JsonNode? value, string path)
    {
        if (field.Normalise is { Several: true } && value.Text()?.Split(Normalisation.Between).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twin)
        {
            Refuse(path, "said-twice", arguments: ("value", twin.Key));
        }
    }

    private void RefuseTwins(JsonArray lines, IReadOnlyList<string> names, string path)
    {
        var alike = lines.Index()
            .Where(l => !names.All(name => l.Item![name].IsEmpty()))
            .GroupBy(l => CanonicalJson.Text(new JsonArray([.. names.Select(name => l.Item![name]?.DeepClone())])), StringComparer.Ordinal);
        foreach (var (i, first) in alike.SelectMany(same => same.Skip(1).Select(l => (l.Index, same.First().Index))))
        {
            Refuse($"{path}[{i}].{names[0]}", "duplicate", arguments: ("line", first + 1));
        }
    }
}
