using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

/// <summary>A form may have several sets of lines of which a choice shows one: a request is about that one, and no other is ever meant.</summary>
public class SetsOfLinesTests
{
    private const string Key = "scard-1-smartcards";

    [Theory]
    [InlineData("CARDS", "cards", 2)]
    [InlineData("DA_PROFILE", "lines", 1)]
    [InlineData("LOSS_REPORT", "cards", 0)]
    public async Task The_lines_of_a_request_are_those_that_its_answers_show(string requestType, string lines, int asked)
    {
        var form = (await Folders.BundleAsync(Key)).Form;
        var sent = (JsonObject)JsonNode.Parse("""{"cards":[{"holder":"A"},{"holder":"B"}],"lines":[{"userId":"C"}]}""")!;
        sent["requestType"] = requestType;

        var evaluation = FormEvaluator.Evaluate(form, sent, (await ExemptionForm.AtAsync("2026-11-23 10:00")).Context);

        Assert.Equal(lines, evaluation.Form!.Lines!.Name);
        Assert.Equal(asked, (int)LineFacts.Of(form, evaluation.Answers, [])["asked"]!);
        Assert.Equal(asked, DecisionEvaluator.Proposed(form, evaluation.Answers, (await ExemptionForm.AtAsync("2026-11-23 10:00")).Context).Count);
    }

    [Theory]
    [InlineData("answers.requestType == 'CARDS'")]
    [InlineData("answers.collection == 'COURIER'")]
    [InlineData("answers.requestType != 'CARDS'")]
    [InlineData(null)]
    public async Task Two_sets_that_could_be_shown_at_once_are_at_fault(string? visibleWhen) =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "form.json", f =>
        {
            if (visibleWhen is null) Administrators(f).Remove("visibleWhen");
            else Administrators(f)["visibleWhen"] = visibleWhen;
        }), f => f.Place == "lines" && f.Message.StartsWith("Of several sets of lines one alone can be shown", StringComparison.Ordinal));

    [Fact]
    public async Task What_is_decided_line_by_line_has_one_set() =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "form.json", f => f["decision"] = JsonNode.Parse("""{"fields":[],"reasons":[]}""")),
            f => f.Message == "Where lines are decided one by one a form has one set of them.");

    private static JsonObject Administrators(JsonNode form) =>
        form["sections"]!.AsArray().SelectMany(s => s!["fields"]!.AsArray()).Single(f => (string?)f!["name"] == "lines")!.AsObject();
}
