using System.Text.Json.Nodes;

namespace ClientConnect.EServices.Tests;

/// <summary>What a counterparty is asked must be drawn, must name whom, and must not depend on what it may not read.</summary>
public class CounterpartyFaultsTests
{
    private const string Key = "set-4-isolated-trades";

    [Theory]
    [InlineData("""["lines[].noSuch"]""", "milestones.counterparty.shows", "The form has no field \"lines[].noSuch\" to show.")]
    [InlineData("""["requestedBuyInDat"]""", "milestones.counterparty.shows", "The form has no field \"requestedBuyInDat\" to show. Did you mean \"requestedBuyInDate\"?")]
    [InlineData("null", "milestones.counterparty", "A counterparty is asked for it, and nothing says what it may read.")]
    public async Task What_is_shown_is_at_fault(string shows, string place, string message) =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "form.json", f =>
        {
            if (shows == "null") f["milestones"]![0]!.AsObject().Remove("shows");
            else f["milestones"]![0]!["shows"] = JsonNode.Parse(shows);
        }), f => f.Place == place && f.Message.StartsWith(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("answers.remarks == null", "There is no answers.remarks.")]
    [InlineData("line.trade != null", "There is no line.trade.")]
    public async Task A_rule_may_not_speak_of_what_is_not_shown(string rule, string message) =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "form.json", f => f["milestones"]![0]!["line"]![0]!["required"] = rule),
            f => f.Place == "milestones.counterparty.line.answer.required" && f.Message.StartsWith(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("participant", "\"noSuchAnswer\"", "The form has no answer \"noSuchAnswer\" that could name the participant.")]
    [InlineData("participant", "\"buyInDate\"", "The form has no answer \"buyInDate\" that could name the participant.")]
    [InlineData("participant", "null", "'Answer of the counterparty': Participant is empty. Fill it in.")]
    [InlineData("deadline", "null", "'Answer of the counterparty': Deadline is empty. Fill it in.")]
    [InlineData("milestone", "\"ordered\"", "A counterparty is asked for it, and nothing says what it may read.")]
    public async Task The_step_is_at_fault(string input, string value, string message) =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "workflow.json", w =>
        {
            var step = w["root"]!["activities"]!.AsArray().First(s => (string?)s!["id"] == "askCounterparty")!.AsObject();
            if (value == "null") step.Remove(input);
            else step[input]!["expression"]!["value"] = JsonNode.Parse(value);
        }), f => f.Message.StartsWith(message, StringComparison.Ordinal));

    [Fact]
    public async Task A_notice_to_a_counterparty_that_nobody_asks_is_said() =>
        Assert.Contains(await Folders.FaultsAfterAsync("set-2-early-buy-in", "service.json", s => s["withdrawal"]!["to"] = new JsonArray("maker", "counterparty")),
            f => f.Message == "A notice goes to the counterparty, and no step asks one.");
}
