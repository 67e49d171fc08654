using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A form's fields as they are asked for, with what stands in them and what is wrong there. Knows types, no field.</summary>
internal sealed class FieldViews(FormDefinition form, FormEvaluation evaluation, LoadedRequest request, string language)
{
    /// <summary>The faults to show at the fields; none on the first showing.</summary>
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    /// <summary>What whoever returned it wrote, by path.</summary>
    public IReadOnlyDictionary<string, RemarkView> Remarks { get; init; } = new Dictionary<string, RemarkView>();

    /// <summary>What a text can be chosen from (<see cref="PickLists.OptionsAsync"/>), by path.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<OptionView>> Offered { get; init; } = new Dictionary<string, IReadOnlyList<OptionView>>();

    /// <param name="owner">What rules call the group: <c>answers</c> or <c>line</c>.</param>
    public IEnumerable<FieldView> Of(IEnumerable<Asked> fields, JsonObject values, string prefix, string owner) =>
        fields.Where(f => f.Type is not (FieldType.Lines or FieldType.Entry) && !f.Hidden && evaluation.Visible.Contains(prefix + f.Name))
            .Select(f => One(f, values[f.Name], prefix + f.Name) with { Refreshes = !f.IsComputed && Dependents.Has(form, owner, f) });

    /// <summary>Where the form points elsewhere; null where nobody follows it.</summary>
    public Leads? Leads { get; init; }

    public FieldFault? FaultAt(string path) => Faults.FirstOrDefault(f => f.Path == path);

    private FieldView One(Asked field, JsonNode? value, string path)
    {
        var offered = Offered.GetValueOrDefault(path);
        var kind = field.IsComputed ? FieldKind.Computed : offered is not null ? FieldKind.Choice : KindOf(field.Type);
        return new FieldView(path, kind, field.Type == FieldType.Declaration ? Declared(field) : field.Label)
        {
            Hint = field.Hint,
            IsOptional = kind is not (FieldKind.Computed or FieldKind.Declaration) && !evaluation.Required.Contains(path),
            Value = field.IsComputed || IsReadNumber(value) ? AnswerWords.Of(field, value, language, withUnit: false) : AnswerWords.Raw(value),
            Reads = Read(field, value),
            Values = field.Type == FieldType.Choices && value is JsonArray chosen ? [.. chosen.Select(c => c.Said()).OfType<string>()] : [],
            Options = offered ?? [.. (evaluation.Options.GetValueOrDefault(path) ?? field.Options).Select(o => new OptionView(o.Value, o.Label, o.Help))],
            Files = field.Type == FieldType.Files ? FilesIn(value) : [],
            Template = evaluation.Templates.GetValueOrDefault(path) is { } begun ? new TemplateView($"{begun.Name}.{begun.Extension}", string.Join(", ", begun.Columns), $"/requests/{request.Id}/templates/{path}") : null,
            IsTransmission = field.Transmission is not null,
            Unit = field.Unit,
            MaxLength = field.Type is FieldType.Text or FieldType.LongText ? field.MaxLength ?? (field.Type == FieldType.Text ? 200 : 1000) : null,
            Fault = FaultAt(path),
            Remark = Remarks.GetValueOrDefault(path),
            Lead = Leads?.Of(field, evaluation, path),
        };
    }

    // What is declared stands above it already.
    private string? Read(Asked field, JsonNode? value) => field.Type switch
    {
        FieldType.Files => string.Join(", ", FilesIn(value).Select(f => f.Name)),
        FieldType.Declaration => AnswerWords.Of(field with { Statements = [] }, value, language),
        _ => AnswerWords.Of(field, value, language),
    };

    // "57,000" is easier to check than "57000", and is read again as the same number. What could not be read stays as it was typed.
    private static bool IsReadNumber(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number;

    public IReadOnlyList<FileView> FilesIn(JsonNode? ids) => ids is not JsonArray list ? []
        : [.. list.Select(i => request.Files.FirstOrDefault(f => f.Id.ToString() == i.Said())).OfType<RequestFile>().Select(f => FileViews.Of(request, f))];

    // What is declared is part of what is ticked: nobody agrees to a sentence that ends in the middle.
    private static LocalText Declared(Asked field) =>
        field.Statements.Count == 0 ? field.Label : PortalCalls.Texts(l => $"{field.Label.In(l)} {string.Join(' ', field.Statements.Select(s => s.In(l)))}");

    /// <summary>The control that a field's type gets, in a form as in a decision; what nobody types is shown.</summary>
    internal static FieldKind KindOf(FieldType type) => type switch
    {
        FieldType.Text => FieldKind.Text,
        FieldType.LongText => FieldKind.LongText,
        FieldType.Integer => FieldKind.Integer,
        FieldType.Money => FieldKind.Money,
        FieldType.Decimal => FieldKind.Decimal,
        FieldType.Date => FieldKind.Date,
        FieldType.Choice => FieldKind.Choice,
        FieldType.Choices => FieldKind.Choices,
        FieldType.YesNo => FieldKind.YesNo,
        FieldType.Declaration => FieldKind.Declaration,
        FieldType.Files => FieldKind.Files,
        FieldType.Email => FieldKind.Email,
        FieldType.Phone => FieldKind.Phone,
        _ => FieldKind.Computed,
    };
}
