using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

/// <summary>What a register entry asks: each question is a field of the form, and what was asked stays with the answers.</summary>
public class EntryQuestionsTests
{
    private static readonly FormDefinition Form = new(1, [new FormSection("all", new("All"),
    [
        new FormField { Name = "occasion", Type = FieldType.Text, Label = new("Occasion") },
        new FormField { Name = "asked", Type = FieldType.Questions, Label = new("Asked"), Hidden = true, Lookup = new("occasion", Rule.Of("answers.occasion"), "questions") },
        new FormField { Name = "people", Type = FieldType.Lines, Label = new("People"), Columns = [new FormField { Name = "name", Type = FieldType.Text, Label = new("Name") }] },
    ])]);

    private static readonly JsonArray Questions = EntryQuestions.ToJson(
    [
        new EntryQuestion("q1", FieldType.Choice, new("Language"), IsRequired: true, OfLines: false, [new FieldOption("o1", new("English")), new FieldOption("o2", new("Cantonese"))]),
        new EntryQuestion("q2", FieldType.Integer, new("How many"), IsRequired: false, OfLines: false, []),
        new EntryQuestion("q3", FieldType.YesNo, new("Vegetarian"), IsRequired: true, OfLines: true, []),
    ]);

    [Theory]
    [InlineData("""{ "occasion": "EV1", "asked_q1": "o2", "asked_q2": "1,200", "people": [{ "name": "Chan", "asked_q3": "false" }] }""", "")]
    [InlineData("""{ "occasion": "EV1", "people": [{ "name": "Chan" }] }""", "asked_q1 required, people[0].asked_q3 required")]
    [InlineData("""{ "occasion": "EV1", "asked_q1": "o3", "asked_q2": "some", "people": [] }""", "asked_q1 not-an-option, asked_q2 not-a-number")]
    [InlineData("""{ "occasion": "EV2", "asked_q1": "o1", "people": [{ "name": "Chan", "asked_q3": true }] }""", "")]
    [InlineData("""{ "occasion": "EV1", "asked_q1": "o1", "people": [], "unknown": 1 }""", "unknown unknown-field")]
    public async Task Questions_are_checked_as_fields_are(string sent, string faults) =>
        Assert.Equal(faults, string.Join(", ", (await EvaluateAsync(sent)).Faults.Select(f => $"{f.Path} {f.Code}")));

    [Fact]
    public async Task What_was_asked_is_kept_and_what_is_asked_no_more_is_dropped()
    {
        var (answered, elsewhere) = (await EvaluateAsync("""{ "occasion": "EV1", "asked_q1": "o2", "asked_q2": "12", "people": [] }"""), await EvaluateAsync("""{ "occasion": "EV2", "asked_q1": "o2" }"""));

        Assert.True(JsonNode.DeepEquals(Questions, answered.Answers["asked"]));
        Assert.Equal(12, (int)answered.Answers["asked_q2"]!);
        Assert.False(elsewhere.Answers.ContainsKey("asked_q1"));
        Assert.Equal(["asked_q1", "asked_q2"], EntryQuestions.Asked(Form.Asking(answered.Answers).Fields).Select(f => f.Name));
        Assert.Equal("Cantonese", Form.Asking(answered.Answers).Fields.Single(f => f.Name == "asked_q1").Options[1].Label.En);
        Assert.Equal(["name", "asked_q3"], Form.Asking(answered.Answers).Lines!.Columns.Select(c => c.Name));
    }

    [Fact]
    public void What_is_no_question_is_left_out() =>
        Assert.Equal("q1", Assert.Single(EntryQuestions.Read(JsonNode.Parse("""[1, {}, { "name": "x", "type": "files", "label": { "en": "X" } }, { "name": "q1", "type": "text", "label": { "en": "Why" } }, { "name": "q1", "type": "text", "label": { "en": "Twice" } }]"""))).Name);

    [Theory]
    [InlineData("hidden", "false")]
    [InlineData("lookup", "null")]
    public async Task A_field_of_questions_is_hidden_and_looks_them_up(string member, string value) =>
        Assert.Contains(await Folders.FaultsAfterAsync("event-id-enrolment", "form.json", form => form["sections"]![1]!["fields"]![0]![member] = JsonNode.Parse(value)), f => f.Code is "computed" or "schema");

    private static async Task<FormEvaluation> EvaluateAsync(string sent) => FormEvaluator.Evaluate(Form, (JsonObject)JsonNode.Parse(sent)!, (await ExemptionForm.AtAsync("2026-11-23 10:00")).Context with
    {
        Register = (kind, key) => key is "EV1" or "EV2" ? new HeldEntry(kind, key, null, new JsonObject { ["questions"] = key == "EV1" ? Questions.DeepClone() : null }) : null,
    });
}
