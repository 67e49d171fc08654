using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Enrolment;

/// <summary>The page on which an activity is written, from what is written already.</summary>
internal sealed class ActivityForms(Catalogue catalogue, BusinessClock clock)
{
    private const int EmptyDates = 2, EmptyQuestions = 2;

    /// <param name="written">As the form names it (<c>title.en</c>, <c>occasions[0].date</c>).</param>
    /// <param name="own">Its dates as they stand.</param>
    public ActivityFormView Of(string? number, JsonObject written, IReadOnlyList<OccasionCount> own, IReadOnlyList<FieldFault>? faults = null)
    {
        faults ??= [];
        var at = new Fields(written, "", faults);
        var title = new Fields(written["title"] as JsonObject ?? [], "title.", faults);
        List<FieldView> fields =
        [
            title.One("en", FieldKind.Text, "activities.title-en"), title.One("zh-Hant", FieldKind.Text, "activities.title-hant"), title.One("zh-Hans", FieldKind.Text, "activities.title-hans"),
            at.One("type", FieldKind.Choice, "activities.type") with { Options = [.. Activity.Types.Select(t => new OptionView(t, Words.Text("activities.type." + t)))] },
            at.One("audience", FieldKind.Choices, "activities.audience", isOptional: true) with { Options = [.. Kinds().Select(k => new OptionView(k, KindWords(k)))], Hint = Words.Text("activities.audience-hint") },
            at.One("mandatory", FieldKind.YesNo, "activities.mandatory"),
            at.One("opens", FieldKind.Date, "activities.opens"), at.One("closes", FieldKind.Date, "activities.closes"), at.One("cancelBy", FieldKind.Date, "activities.cancel-by"),
            at.One("mostPerFirm", FieldKind.Integer, "activities.most-per-firm", isOptional: true),
            at.One("waitingList", FieldKind.YesNo, "activities.waiting-list"), at.One("checker", FieldKind.YesNo, "activities.checker"),
        ];
        var dates = (written["occasions"] as JsonArray ?? []).OfType<JsonObject>().Where(d => d.Count > 0).ToList();
        dates.AddRange(Enumerable.Range(0, EmptyDates).Select(_ => new JsonObject()));
        var questions = (written["questions"] as JsonArray ?? []).OfType<JsonObject>().Where(q => q["label"] is JsonObject { Count: > 0 }).ToList();
        questions.AddRange(Enumerable.Range(0, EmptyQuestions).Select(_ => new JsonObject()));
        return new ActivityFormView(number, fields, [.. dates.Select((d, i) => Date(d, i, own, faults))], [.. questions.Select((q, i) => Question(q, i, faults))], faults);
    }

    /// <summary>An activity as its form holds it.</summary>
    public static JsonObject Written(IReadOnlyList<OccasionCount> own)
    {
        var values = own[0].Occasion.ToJson();
        values["occasions"] = new JsonArray([.. own.Select(c =>
        {
            var date = c.Occasion.ToJson();
            date["key"] = c.Occasion.Key;
            return (JsonNode)date;
        })]);
        return values;
    }

    private static DateFields Date(JsonObject date, int index, IReadOnlyList<OccasionCount> own, IReadOnlyList<FieldFault> faults)
    {
        var at = new Fields(date, $"occasions[{index}].", faults);
        var key = date["key"].Said();
        return new DateFields(index, key, own.Any(c => c.Occasion.Key == key && c.Occasion.Status == OccasionStatus.Cancelled),
        [
            at.One("date", FieldKind.Date, "activities.date"), at.One("starts", FieldKind.Text, "activities.starts", max: 5), at.One("ends", FieldKind.Text, "activities.ends", max: 5),
            at.One("venue", FieldKind.Text, "activities.venue"), at.One("link", FieldKind.Text, "activities.link", isOptional: true), at.One("capacity", FieldKind.Integer, "activities.capacity"),
        ]);
    }

    private static QuestionFields Question(JsonObject question, int index, IReadOnlyList<FieldFault> faults)
    {
        var at = new Fields(question, $"questions[{index}].", faults);
        var label = new Fields(question["label"] as JsonObject ?? [], $"questions[{index}].label.", faults);
        var options = at.One("options", FieldKind.LongText, "activities.question-options", isOptional: true, max: 4000);
        return new QuestionFields(index, question["name"].Said(),
        [
            label.One("en", FieldKind.Text, "activities.question-en", max: 300), label.One("zh-Hant", FieldKind.Text, "activities.question-hant", max: 300), label.One("zh-Hans", FieldKind.Text, "activities.question-hans", max: 300),
            at.One("type", FieldKind.Choice, "activities.question-type") with { Options = [.. EntryQuestions.Types.Select(EntryQuestions.Word).Select(t => new OptionView(t, Words.Text("activities.question-type." + t)))] },
            at.One("required", FieldKind.YesNo, "activities.question-required"), at.One("each", FieldKind.YesNo, "activities.question-each"),
            options with { Hint = Words.Text("activities.question-options-hint"), Value = options.Value ?? QuestionDraft.Lines(EntryQuestions.OptionsOf(question)) },
        ]);
    }

    private IEnumerable<string> Kinds() => catalogue.AllInForce(clock.GetUtcNow()).SelectMany(b => b.Service.Eligibility.Kinds).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>A kind of membership in words; as it is configured where the portal has none.</summary>
    public static LocalText KindWords(string kind) => Words.Has("activities.kind." + kind) ? Words.Text("activities.kind." + kind) : new LocalText(kind);

    private sealed class Fields(JsonObject values, string prefix, IReadOnlyList<FieldFault> faults)
    {
        public FieldView One(string name, FieldKind kind, string label, bool isOptional = false, int? max = null)
        {
            var value = values[name];
            return new FieldView(prefix + name, kind, Words.Text(label))
            {
                IsOptional = isOptional,
                MaxLength = max,
                Value = value is JsonValue single ? single.ToString() : null,
                Values = value is JsonArray several ? [.. several.OfType<JsonValue>().Select(v => v.ToString())] : [],
                Fault = faults.FirstOrDefault(f => f.Path == prefix + name),
            };
        }
    }
}
