using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>One thing that a register entry asks beside the form's own fields.</summary>
/// <param name="Name">Unique within the entry, and kept when its words change: <c>q1</c>.</param>
/// <param name="Type">One of <see cref="EntryQuestions.Types"/>.</param>
/// <param name="OfLines">It is asked of each line; else once.</param>
/// <param name="Options">What may be chosen; empty for what is no choice.</param>
public sealed record EntryQuestion(string Name, FieldType Type, LocalText Label, bool IsRequired, bool OfLines, IReadOnlyList<FieldOption> Options);

/// <summary>
/// A form's field of type <c>questions</c> holds what a register entry asks. Each question becomes a field of the form, behind that one or as a
/// column of the lines, called <c>questions_q1</c>: no field of a form can have such a name of its own. What was asked is kept with the answers,
/// so that they are read as they were given, whatever the entry asks since.
/// </summary>
public static class EntryQuestions
{
    private const char Of = '_';

    /// <summary>The kinds of fields that a question can be.</summary>
    public static readonly IReadOnlyList<FieldType> Types = [FieldType.Text, FieldType.LongText, FieldType.Integer, FieldType.Date, FieldType.Choice, FieldType.YesNo, FieldType.Declaration];

    /// <summary>The questions as the register or the answers hold them; what is none is left out.</summary>
    public static IReadOnlyList<EntryQuestion> Read(JsonNode? held) => [.. (held as JsonArray ?? []).Select(One).OfType<EntryQuestion>().DistinctBy(q => q.Name)];

    /// <summary>As the register holds them.</summary>
    public static JsonArray ToJson(IEnumerable<EntryQuestion> questions) => new([.. questions.Select(q => (JsonNode)new JsonObject
    {
        ["name"] = q.Name,
        ["type"] = Word(q.Type),
        ["label"] = JsonSerializer.SerializeToNode(q.Label),
        ["required"] = q.IsRequired,
        ["each"] = q.OfLines,
        ["options"] = new JsonArray([.. q.Options.Select(o => (JsonNode)new JsonObject { ["value"] = o.Value, ["label"] = JsonSerializer.SerializeToNode(o.Label) })]),
    })]);

    /// <summary>What may be chosen, of a question as the register holds it.</summary>
    public static IReadOnlyList<FieldOption> OptionsOf(JsonObject question) => Options(question["options"]);

    /// <summary>What a type is called in files: <c>yesNo</c>.</summary>
    public static string Word(FieldType type) => JsonNamingPolicy.CamelCase.ConvertName(type.ToString());

    /// <summary>The form with a field for each question that the answers hold, and with the set of lines that they show.</summary>
    public static FormDefinition Asking(this FormDefinition form, JsonObject answers)
    {
        if (form.Looking.Count == 0) return form.Showing(answers);
        var asked = form.Looking.ToDictionary(f => f.Name, f => Read(answers[f.Name]));
        var ofLines = asked.SelectMany(a => a.Value.Where(q => q.OfLines).Select(q => Field(a.Key, q))).ToList();
        return new FormDefinition(form.Version, [.. form.Sections.Select(s => s with { Fields = [.. s.Fields.SelectMany(Fields)] })], form.Decision, form.Milestones) { Looking = [] }.Showing(answers);

        IEnumerable<FormField> Fields(FormField field) => field.Type switch
        {
            FieldType.Questions => asked[field.Name].Where(q => !q.OfLines).Select(q => Field(field.Name, q)).Prepend(field),
            FieldType.Lines when ofLines.Count > 0 => [field with { Columns = [.. field.Columns, .. ofLines] }],
            _ => [field],
        };
    }

    /// <summary>The fields that questions became, in their order.</summary>
    public static IEnumerable<FormField> Asked(IEnumerable<FormField> fields) => fields.Where(f => IsName(f.Name));

    /// <summary>A name that only a question's field has; where nothing asks it any more it is no fault, its entry is no longer the one.</summary>
    public static bool IsName(string name) => name.Contains(Of, StringComparison.Ordinal);

    private static FormField Field(string of, EntryQuestion question) => new()
    {
        Name = of + Of + question.Name,
        Type = question.Type,
        Label = question.Label,
        Required = question.IsRequired ? Rule.Always : Rule.Never,
        Options = question.Options,
    };

    private static EntryQuestion? One(JsonNode? held) =>
        held is JsonObject question && question["name"].Text() is { Length: > 0 } name && Types.Where(t => Word(t) == question["type"].Text()).Cast<FieldType?>().FirstOrDefault() is { } type && Words(question["label"]) is { } label
            ? new EntryQuestion(name, type, label, question["required"]?.GetValueKind() == JsonValueKind.True, question["each"]?.GetValueKind() == JsonValueKind.True, Options(question["options"]))
            : null;

    private static IReadOnlyList<FieldOption> Options(JsonNode? held) =>
        [.. (held as JsonArray ?? []).OfType<JsonObject>().Select(o => o["value"].Text() is { } value && Words(o["label"]) is { } label ? new FieldOption(value, label) : null).OfType<FieldOption>()];

    private static LocalText? Words(JsonNode? held) => held is JsonObject words && words["en"].Text() is not null ? words.Deserialize<LocalText>() : null;
}
