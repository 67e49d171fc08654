using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// One form being worked through. First all fields are filled from top to bottom, then all are checked, so that a check may
/// use fields further down. Rules see the fields of their own group (<c>answers</c>, <c>line</c>, <c>decision</c>) by name.
/// </summary>
internal sealed partial class Filling
{
    /// <summary>Lines beyond this many are not looked at, whatever the form says.</summary>
    private const int MostLines = 2_000;

    private readonly FormContext context;
    private readonly Dictionary<string, JsonNode?> scope;
    private readonly List<FieldFault> faults = [];
    private readonly List<FieldFault> draftFaults = [];
    private readonly HashSet<string> visible = new(StringComparer.Ordinal);
    private readonly HashSet<string> required = new(StringComparer.Ordinal);
    private readonly HashSet<string> leading = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OfferedTemplate> templates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<FieldOption>> offered = new(StringComparer.Ordinal);
    private readonly List<(JsonObject Group, string Name, JsonNode Typed)> kept = [];

    public Filling(FormContext context)
    {
        this.context = context;
        scope = Scopes.Of(context);
    }

    /// <summary>What was said to a question that its entry asks no more, or another entry asked, is dropped without a fault.</summary>
    public bool AsksQuestions { get; init; }

    /// <summary>Puts a value into the scope of the rules.</summary>
    public void Know(string name, JsonNode? value) => scope[name] = value;

    /// <summary>Gives every field of a group its value.</summary>
    /// <param name="owner">What rules call the group.</param>
    /// <param name="prefix">What its paths begin with.</param>
    public JsonObject Fill(IReadOnlyList<FormField> fields, JsonObject sent, string owner, string prefix)
    {
        var values = new JsonObject();
        scope[owner] = values;
        scope["chosen"] = new JsonObject();
        scope["attached"] = new JsonObject();
        var known = 0;
        foreach (var field in fields)
        {
            known += sent.ContainsKey(field.Name) ? 1 : 0;
            values[field.Name] = ValueOf(field, sent, values, prefix + field.Name);
        }

        if (known < sent.Count)
        {
            RefuseUnknown(sent.Select(s => s.Key).Where(name => !fields.Any(f => f.Name == name) && !(AsksQuestions && EntryQuestions.IsName(name))), prefix);
        }

        return values;
    }

    /// <summary>Names that were sent and that nothing has: the first few of them.</summary>
    public void RefuseUnknown(IEnumerable<string> names, string prefix)
    {
        foreach (var name in names.Take(20))
        {
            Refuse(prefix + Shortened(name), "unknown-field", forDraft: true);
        }
    }

    public FormEvaluation Done(JsonObject answers)
    {
        foreach (var (group, name, typed) in kept)
        {
            group[name] = typed;
        }

        return new FormEvaluation(answers, faults, draftFaults, visible, required, offered) { Leading = leading, Templates = templates, Entries = entries };
    }

    public void Refuse(string path, string code, bool forDraft = false, LocalText? words = null, params (string Name, object Value)[] arguments)
    {
        var fault = new FieldFault(path, code, words, arguments.Length == 0 ? null : arguments.ToDictionary(a => a.Name, a => Convert.ToString(a.Value, System.Globalization.CultureInfo.InvariantCulture)!));
        faults.Add(fault);
        if (forDraft)
        {
            draftFaults.Add(fault);
        }
    }

    private JsonNode? ValueOf(FormField field, JsonObject sent, JsonObject values, string path)
    {
        if (!IsVisible(field, path))
        {
            return field.ClearedWhenHidden || field.IsComputed ? null : Read(field, sent[field.Name], values, path);
        }

        if (field.IsComputed)
        {
            return Computed(field, path);
        }

        var typed = sent.TryGetPropertyValue(field.Name, out var value) ? value : Evaluated(field.Default, path);
        return field.Type == FieldType.Lines ? Lines(field, typed, path) : Read(field, typed, values, path);
    }

    private bool IsVisible(FormField field, string path)
    {
        if (field.Hidden)
        {
            return true;
        }

        if (field.VisibleWhen is not null && !Holds(field.VisibleWhen, path))
        {
            return false;
        }

        return visible.Add(path);
    }

    private JsonNode? Read(FormField field, JsonNode? typed, JsonObject values, string path)
    {
        var options = OptionsOf(field, path);
        var (value, code, limit) = FieldReader.Read(field, typed, options, context.Files);
        if (code is not null)
        {
            unreadable.Add(path);
            Refuse(path, code, forDraft: true, code == "wrong-format" ? field.PatternMessage : null, limit is null ? [] : [("limit", limit)]);
            Keep(field, typed, values, code);
        }
        else if (field.Type == FieldType.Files)
        {
            ((JsonObject)scope["attached"]!)[field.Name] = ForRules(FilesOf(value));
        }
        else if (field.Type == FieldType.Choice && options.FirstOrDefault(o => o.Value == value.Text()) is { } option)
        {
            ((JsonObject)scope["chosen"]!)[field.Name] = new JsonObject { ["value"] = option.Value, ["evidence"] = option.Evidence };
        }

        return value;
    }

    // What can't be read stays as it was typed, for whoever corrects it; but never what no database could hold.
    private void Keep(FormField field, JsonNode? typed, JsonObject values, string code)
    {
        if (typed is JsonValue && code != "control-characters" && typed.ToJsonString() is { Length: <= 500 } text && !text.Contains("\\u0000", StringComparison.Ordinal))
        {
            kept.Add((values, field.Name, typed.GetValueKind() == JsonValueKind.Number ? JsonValue.Create(text) : typed.DeepClone()));
        }
    }

    private IReadOnlyList<FieldOption> OptionsOf(FormField field, string path) =>
        field.NamesMemberships ? offered[path] = Memberships.Options(context.Memberships)
        : field.Options.Count == 0 ? [] : offered[path] = [.. field.Options.Where(o => o.VisibleWhen is null || Holds(o.VisibleWhen, path))];

    private JsonNode? Computed(FormField field, string path) =>
        field.FixedOnceSent && context.Sent?[field.Name] is { } fixedThen ? fixedThen.DeepClone()
        : field.Lookup is not null ? LookedUp(field.Lookup, path)
        : field.Count is not null ? Entries(field.Count, path)
        : field.Calendar is not null ? Counted(field.Calendar, path)
        : FieldReader.Rounded(field, Evaluated(field.Value, path));

    private JsonNode? LookedUp(RegisterLookup lookup, string path)
    {
        var key = Evaluated(lookup.Key, path);
        IEnumerable<JsonNode?> keys = key is JsonArray several ? several : [key];
        if (keys.Select(k => k.Text()).Where(k => k is { Length: > 0 }).Select(k => context.Register(lookup.Kind, k!)).OfType<HeldEntry>().FirstOrDefault() is not { } entry)
        {
            return null;
        }

        return lookup.Take is null ? entry.ForRules() : entry.Values[lookup.Take]?.DeepClone();
    }

    private JsonNode Entries(RegisterCount count, string path)
    {
        var entries = context.Own(count.Kind);
        if (count.When is not { } when) return entries.Count;
        var fitting = entries.Count(entry =>
        {
            scope["entry"] = entry.ForRules();
            return Holds(when, path);
        });
        scope.Remove("entry");
        return fitting;
    }

    private JsonNode? Counted(CalendarRule rule, string path)
    {
        if (Evaluated(rule.From, path).Date() is not { } from || Evaluated(rule.Plus, path).Number() is not { } plus || Math.Abs(plus) > 10_000)
        {
            return null;
        }

        var (kind, fault) = rule.Days.In(scope);
        if (kind is null)
        {
            Refuse(path, "rule-failed", arguments: ("why", fault!));
            return null;
        }

        var day = context.Calendar.Plus(from, (int)plus, kind.Value);
        if (day.IsRefused)
        {
            Refuse(path, day.Refusal.Code, arguments: [.. day.Refusal.Arguments.Select(a => (a.Key, (object)a.Value))]);
            return null;
        }

        return day.Value.Iso();
    }

    private JsonArray? Lines(FormField field, JsonNode? typed, string path)
    {
        var (group, chosen, attached) = (scope.GetValueOrDefault("line"), scope["chosen"], scope["attached"]);
        var lines = new JsonArray();
        if (typed is JsonArray items)
        {
            foreach (var (i, item) in items.Take(MostLines).Index())
            {
                if (item is not JsonObject)
                {
                    Refuse($"{path}[{i}]", "not-a-line", forDraft: true);
                }

                lines.Add(Fill(field.Columns, item as JsonObject ?? [], "line", $"{path}[{i}]."));
            }
        }
        else if (!typed.IsEmpty())
        {
            Refuse(path, "not-a-list", forDraft: true);
        }

        (scope["line"], scope["chosen"], scope["attached"]) = (group, chosen, attached);
        ((JsonObject)scope["totals"]!)[field.Name] = Totals(field, lines);
        return lines;
    }

    /// <summary>How many lines there are, and the sum of each column of numbers: expressions can't loop.</summary>
    private static JsonObject Totals(FormField field, JsonArray lines)
    {
        var totals = new JsonObject { ["count"] = lines.Count };
        foreach (var column in field.Columns.Where(c => c.Type is FieldType.Integer or FieldType.Money or FieldType.Decimal))
        {
            totals[column.Name] = lines.Sum(line => line![column.Name].Number() ?? 0);
        }

        return totals;
    }

    private JsonNode? Evaluated(Rule? rule, string path)
    {
        if (rule is null)
        {
            return null;
        }

        var (value, fault) = rule.Evaluate(scope);
        if (fault is not null)
        {
            Refuse(path, "rule-failed", arguments: ("why", fault));
        }

        return value;
    }

    private bool Holds(Rule rule, string path)
    {
        if (rule.Plain is { } known)
        {
            return known;
        }

        var answer = rule.Evaluate(scope);
        if (answer.Fault is not null)
        {
            Refuse(path, "rule-failed", arguments: ("why", answer.Fault));
        }

        return answer.IsTrue;
    }

    private static string Shortened(string name) =>
        string.Concat((name.Length <= 40 ? name : name[..40] + "…").Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
