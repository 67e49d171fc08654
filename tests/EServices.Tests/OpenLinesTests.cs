using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

/// <summary>A request that came back for one of its lines: that one is open, all else stays as it was sent.</summary>
public sealed class OpenLinesTests
{
    private static readonly IReadOnlySet<int> Second = new HashSet<int> { 2 };

    [Fact]
    public async Task What_was_sent_in_for_other_places_is_put_back_and_said()
    {
        var (form, sent) = await Sent("2026-11-24 10:00");
        var typed = (JsonObject)sent.DeepClone();
        typed["contactName"] = "Somebody else";
        typed["lines"]![0]!["exemptQty"] = 1;
        typed["lines"]![1]!["exemptQty"] = 2;

        var kept = OpenLines.PutBack(form.Bundle.Form, typed, sent, Second);

        Assert.Equal(sent["contactName"]!.ToJsonString(), kept["contactName"]!.ToJsonString());
        Assert.Equal(sent["lines"]![0]!.ToJsonString(), kept["lines"]![0]!.ToJsonString());
        Assert.Equal(2, (int)kept["lines"]![1]!["exemptQty"]!);
        Assert.Equal(["contactName not-open", "lines[0].exemptQty line-is-decided"], OpenLines.Changed(form.Bundle.Form, typed, sent, Second).Select(f => $"{f.Path} {f.Code}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lines_neither_come_nor_go_nor_change_places()
    {
        var (form, sent) = await Sent("2026-11-24 10:00");
        string Faults(Action<JsonArray> change)
        {
            var typed = (JsonObject)sent.DeepClone();
            change((JsonArray)typed["lines"]!);
            Assert.Equal(sent["lines"]!.AsArray().Count, OpenLines.PutBack(form.Bundle.Form, typed, sent, Second)["lines"]!.AsArray().Count);
            return string.Join(", ", OpenLines.Changed(form.Bundle.Form, typed, sent, Second).Select(f => $"{f.Path} {f.Code}").Where(f => f.Contains("position", StringComparison.Ordinal) || f.Contains("stay", StringComparison.Ordinal)));
        }

        Assert.Equal("", Faults(_ => { }));
        Assert.Equal("lines lines-stay", Faults(l => l.Add((JsonNode)new JsonObject())));
        Assert.Equal("lines lines-stay", Faults(l => l.RemoveAt(2)));
        Assert.Equal("lines[0].positionNo line-is-decided, lines[2].positionNo line-is-decided", Faults(l =>
        {
            var first = l[0]!.DeepClone();
            l[0] = l[2]!.DeepClone();
            l[2] = first;
        }));
    }

    [Fact]
    public async Task What_has_become_wrong_since_it_was_accepted_is_asked_of_nobody()
    {
        var (_, sent) = await Sent("2026-11-24 10:00");
        var later = await ExemptionForm.AtAsync("2027-01-20 10:00", sent: sent);
        var whole = later.Evaluate(sent).Faults.Select(f => f.Path).ToList();
        var open = Evaluate(later, sent);

        Assert.Contains("lines[0].expectedDeliveryDate", whole);
        Assert.Contains("lines[1].expectedDeliveryDate", open.Faults.Select(f => f.Path));
        Assert.All(open.Faults, f => Assert.StartsWith("lines[1]", f.Path, StringComparison.Ordinal));
        Assert.Equal(sent["lines"]![0]!.ToJsonString(), open.Answers["lines"]![0]!.ToJsonString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Of_two_lines_that_say_the_same_the_open_one_is_at_fault(int decided)
    {
        var (form, sent) = await Sent("2026-11-24 10:00");
        var typed = (JsonObject)sent.DeepClone();
        typed["lines"]![1] = typed["lines"]![decided]!.DeepClone();

        var fault = Assert.Single(Evaluate(form, typed, sent).Faults, f => f.Code == "duplicate");

        Assert.Equal(("lines[1].positionNo", (decided + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)), (fault.Path, fault.Arguments!["line"]));
    }

    private static FormEvaluation Evaluate(ExemptionForm form, JsonObject typed, JsonObject? sent = null) =>
        FormEvaluator.Evaluate(form.Bundle.Form, typed, form.Context with { Sent = sent ?? typed, OpenLines = Second });

    private static async Task<(ExemptionForm Form, JsonObject Sent)> Sent(string moment)
    {
        var form = await ExemptionForm.AtAsync(moment);
        var evaluated = form.Evaluate(form.Sample);
        Assert.Empty(evaluated.Faults);
        return (form, evaluated.Answers);
    }
}
