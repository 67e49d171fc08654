using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

public class DecisionEvaluatorTests
{
    [Fact]
    public async Task A_reviewer_begins_with_everything_granted_as_it_was_asked()
    {
        var (form, answers) = await Submitted();
        var proposed = DecisionEvaluator.Proposed(form.Bundle.Form, answers, form.Context);

        Assert.Equal([1, 2, 3], proposed.Select(d => d.Line));
        Assert.Equal("""{"quantity":1500,"until":"2026-11-24"}""", proposed[0].Decision!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"line":1,"outcome":"approve","decision":{"quantity":1501}}""", "lines[0].decision.quantity too-large")]
    [InlineData("""{"line":1,"outcome":"approve","decision":{"quantity":"many"}}""", "lines[0].decision.quantity not-a-number")]
    [InlineData("""{"line":1,"outcome":"approve","decision":{"until":"2026-11-28"}}""", "lines[0].decision.until not-such-a-day")]
    [InlineData("""{"line":1,"outcome":"approve","decision":{"until":"2027-11-26"}}""", "lines[0].decision.until too-late")]
    [InlineData("""{"line":1,"outcome":"approve","decision":{"until":""}}""", "lines[0].decision.until required")]
    [InlineData("""{"line":1,"outcome":"approve","decision":{"untill":1}}""", "lines[0].decision.untill unknown-field")]
    [InlineData("""{"line":1,"outcome":"approve","quantity":1501}""", "lines[0].decision.quantity too-large")]
    [InlineData("""{"line":1,"outcome":"approve","State":"approved"}""", "lines[0].State unknown-field")]
    [InlineData("""{"line":1,"outcome":"reject","reason":"x","State":"approved"}""", "lines[0].State unknown-field")]
    [InlineData("""{"line":1,"outcome":"reject","reason":"x","decision":{"State":"approved"}}""", "lines[0].decision.State unknown-field")]
    [InlineData("""{"line":1,"outcome":"reject"}""", "lines[0].reason required")]
    [InlineData("""{"line":1,"outcome":"reject","reason":"  "}""", "lines[0].reason required")]
    [InlineData("""{"line":1,"outcome":"maybe"}""", "lines[0].outcome not-an-option")]
    [InlineData("""{"line":1}""", "lines[0].outcome required")]
    [InlineData("""{"line":4,"outcome":"approve"}""", " unknown-line")]
    [InlineData("""{"line":"1","outcome":"approve"}""", " unknown-line")]
    [InlineData("""5""", " unknown-line")]
    [InlineData("""{"line":2,"outcome":"approve"}""", "lines[1].outcome decided-twice")]
    [InlineData("""{"line":1,"outcome":"reject","reason":"OTHER"}""", "lines[0].remarks required")]
    [InlineData("""{"line":1,"outcome":"return","reason":"OTHER","remarks":" "}""", "lines[0].remarks required")]
    public async Task What_is_wrong_with_a_decision_is_said_at_its_line(string decision, string fault)
    {
        var (form, answers) = await Submitted();
        var sent = new JsonArray(JsonNode.Parse(decision), Approve(2), Approve(3));

        Assert.Contains(fault, DecisionEvaluator.Evaluate(form.Bundle.Form, answers, sent, form.Context).Faults.Select(f => $"{f.Path} {f.Code}"));
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "lines[1].outcome no-line-returns")]
    public async Task A_line_is_returned_on_its_own_only_where_the_flow_has_a_way_for_it(bool returnsLines, string faults)
    {
        var (form, answers) = await Submitted();
        var sent = new JsonArray(Approve(1), new JsonObject { ["line"] = 2, ["outcome"] = "return", ["reason"] = "Half of it." }, Approve(3));

        Assert.Equal(faults, string.Join(", ", DecisionEvaluator.Evaluate(form.Bundle.Form, answers, sent, form.Context, returnsLines: returnsLines).Faults.Select(f => $"{f.Path} {f.Code}")));
    }

    [Fact]
    public async Task Each_open_line_has_to_be_decided()
    {
        var (form, answers) = await Submitted();

        Assert.Equal(["lines[0].outcome", "lines[2].outcome"], DecisionEvaluator.Evaluate(form.Bundle.Form, answers, [Approve(2)], form.Context).Faults.Select(f => f.Path));
        Assert.Empty(DecisionEvaluator.Evaluate(form.Bundle.Form, answers, [Approve(2)], form.Context, [Rejected(1), Rejected(3)]).Faults);
    }

    [Fact]
    public async Task Facts_count_the_lines_and_know_the_latest_date_that_was_granted()
    {
        var (form, answers) = await Submitted();
        var decided = DecisionEvaluator.Evaluate(form.Bundle.Form, answers, new JsonArray(
            Approve(1), new JsonObject { ["line"] = 2, ["outcome"] = "approve", ["decision"] = new JsonObject { ["until"] = "2026-11-27", ["quantity"] = "1,000" } },
            new JsonObject { ["line"] = 3, ["outcome"] = "reject", ["reason"] = "TOO_LATE", ["remarks"] = "Sorry" }), form.Context);
        var facts = LineFacts.Of(form.Bundle.Form, answers, decided.Lines);

        Assert.Empty(decided.Faults);
        Assert.Equal("3 2 1 0 2026-11-27", $"{facts["asked"]} {facts["approved"]} {facts["rejected"]} {facts["returned"]} {facts["latest"]!["until"]}");
        Assert.Equal("1000", facts["items"]![1]!["decision"]!["quantity"]!.ToString());
        Assert.Null(LineFacts.Of(form.Bundle.Form, answers, [])["latest"]!["until"]);
    }

    private static LineDecision Rejected(int line) => new(line, LineOutcomes.Reject, "TOO_LATE", null, null);

    private static JsonObject Approve(int line) => new() { ["line"] = line, ["outcome"] = "approve" };

    private static async Task<(ExemptionForm Form, JsonObject Answers)> Submitted()
    {
        var form = await ExemptionForm.AtAsync("2026-11-23 10:00");
        return (form, form.Evaluate(form.Sample).Answers);
    }
}
