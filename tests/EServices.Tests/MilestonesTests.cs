using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.EServices.Tests;

public class MilestonesTests
{
    private static readonly MilestoneForm Ready = new("ready", new LocalText("Ready"),
        [new FormField { Name = "readyOn", Type = FieldType.Date, Label = new LocalText("Ready on"), Required = Rule.Always, Min = Rule.Of("today") }],
        [new FormField { Name = "serialNo", Type = FieldType.Text, Label = new LocalText("Serial number"), Required = Rule.Of("line.quantity > 1"), MaxLength = 5, Default = Rule.Of("milestone.readyOn == null ? null : 'S1'") }]);

    private static readonly JsonArray Lines = (JsonArray)JsonNode.Parse("""[{"line":1,"quantity":2,"outcome":"approve"},{"line":2,"quantity":1,"outcome":"reject"}]""")!;

    [Fact]
    public async Task What_is_reported_is_cleaned_and_kept_for_approved_lines_only()
    {
        var said = await Reported("""{"readyOn":"2026-11-30"}""", "[]");

        Assert.Empty(said.Faults);
        Assert.Equal("""{"readyOn":"2026-11-30"}""", said.Report.Values.ToJsonString());
        Assert.Equal("""[{"line":1,"values":{"serialNo":"S1"}}]""", said.Report.Lines.ToJsonString());
        Assert.Contains("lines[0].milestone.serialNo", said.Visible);
    }

    [Theory]
    [InlineData("{}", "[]", "milestone.readyOn required")]
    [InlineData("""{"readyOn":"2020-01-01"}""", "[]", "milestone.readyOn too-early")]
    [InlineData("""{"readyOn":"soon"}""", "[]", "milestone.readyOn not-a-date")]
    [InlineData("""{"redyOn":"2026-11-30"}""", "[]", "milestone.redyOn unknown-field")]
    [InlineData("""{"readyOn":"2026-11-30"}""", """[{"line":1,"milestone":{"serialNo":"TOO-LONG"}}]""", "lines[0].milestone.serialNo too-long")]
    [InlineData("""{"readyOn":"2026-11-30"}""", """[{"line":2,"milestone":{"serialNo":"S2"}}]""", " unknown-line")]
    [InlineData("""{"readyOn":"2026-11-30"}""", """[5]""", " unknown-line")]
    public async Task What_is_wrong_is_said_where_it_stands(string sent, string lines, string fault) =>
        Assert.Contains(fault, (await Reported(sent, lines)).Faults.Select(f => $"{f.Path} {f.Code}"));

    [Fact]
    public async Task Flows_see_the_last_report_of_each_and_participants_not_who_made_it()
    {
        var said = await Reported("""{"readyOn":"2026-11-30"}""", "[]");
        var at = new DateTimeOffset(2026, 11, 30, 2, 0, 0, TimeSpan.Zero);
        var kept = Milestones.With(Milestones.With(null, "ready", new([], []), "somebody", at.AddDays(-1)), "ready", said.Report, "somebody", at);

        Assert.Equal("2026-11-30 2026-11-30T10:00:00+08:00", $"{Milestones.Facts(kept)["ready"]!["readyOn"]} {Milestones.Facts(kept)["ready"]!["at"]}");
        Assert.DoesNotContain("somebody", Milestones.ForReaders(kept).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("S1", LineFacts.Of((await ExemptionForm.AtAsync("2026-11-23 10:00")).Bundle.Form, new JsonObject { ["lines"] = new JsonArray(new JsonObject()) }, [], kept)["items"]![0]!["milestones"]!["ready"]!["serialNo"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_counterparty_answers_of_every_line_whatever_becomes_of_it()
    {
        var said = await Reported("""{"readyOn":"2026-11-30"}""", """[{"line":2,"milestone":{"serialNo":"S2"}}]""", Ready with { Shows = ["lines[].quantity"] });

        Assert.Empty(said.Faults);
        Assert.Equal("""[{"line":1,"values":{"serialNo":"S1"}},{"line":2,"values":{"serialNo":"S2"}}]""", said.Report.Lines.ToJsonString());
    }

    [Fact]
    public async Task What_has_to_be_distinct_is_reported_of_one_line_only()
    {
        var distinct = Ready with { Shows = ["lines[].quantity"], Line = [Ready.Lines[0] with { Distinct = true, Normalise = new(Upper: true) }] };

        var said = await Reported("""{"readyOn":"2026-11-30"}""", """[{"line":1,"milestone":{"serialNo":"S2"}},{"line":2,"milestone":{"serialNo":"s2"}}]""", distinct);

        Assert.Equal(["lines[1].milestone.serialNo duplicate 1"], said.Faults.Select(f => $"{f.Path} {f.Code} {f.Arguments!["line"]}"));
        Assert.Empty((await Reported("""{"readyOn":"2026-11-30"}""", """[{"line":1,"milestone":{"serialNo":""}},{"line":2,"milestone":{"serialNo":""}}]""", distinct with { Line = [distinct.Lines[0] with { Required = Rule.Never }] })).Faults);
    }

    [Fact]
    public void What_was_answered_before_is_gone_once_it_is_asked_anew()
    {
        var kept = Milestones.With(null, "ready", new([], []), "somebody", DateTimeOffset.UnixEpoch);

        Assert.Null(Milestones.Without(kept, "ready"));
        Assert.Equal(["done"], Milestones.Without(Milestones.With(kept, "done", new([], []), "somebody", DateTimeOffset.UnixEpoch), "ready")!.Select(m => m.Key));
    }

    private static async Task<MilestoneEvaluation> Reported(string sent, string lines, MilestoneForm? form = null) =>
        Milestones.Evaluate(form ?? Ready, [], Lines, (JsonObject)JsonNode.Parse(sent)!, (JsonArray)JsonNode.Parse(lines)!, (await ExemptionForm.AtAsync("2026-11-23 10:00")).Context);
}
