using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.EServices.Tests;

/// <summary>A field may say how many entries of a kind the membership has: what must remain can be asked for.</summary>
public class EntryCountTests
{
    private static readonly FormField Held = new() { Name = "held", Type = FieldType.Integer, Label = new("Held"), Hidden = true, Count = new("thing", Rule.Of("entry.colour == answers.colour")) };

    private static readonly FormDefinition Form = new(1, [new FormSection("all", new("All"),
    [
        new FormField { Name = "colour", Type = FieldType.Text, Label = new("Colour") },
        Held,
        new FormField { Name = "every", Type = FieldType.Integer, Label = new("Every"), Count = new("thing") },
        new FormField { Name = "taken", Type = FieldType.Integer, Label = new("Taken"), Checks = [new(Rule.Of("answers.held - value >= 1"), new("One has to remain."))] },
    ])]);

    [Theory]
    [InlineData("red", 2)]
    [InlineData("blue", 1)]
    [InlineData("green", 0)]
    public async Task Those_that_fit_are_counted(string colour, int held)
    {
        var evaluation = FormEvaluator.Evaluate(Form, new JsonObject { ["colour"] = colour, ["held"] = 99 }, await ContextAsync());

        Assert.Equal(held, (int)evaluation.Answers["held"]!);
        Assert.Equal(3, (int)evaluation.Answers["every"]!);
    }

    [Theory]
    [InlineData("red", 1, true)]
    [InlineData("red", 2, false)]
    [InlineData("blue", 1, false)]
    public async Task A_check_can_ask_that_one_remains(string colour, int taken, bool remains) =>
        Assert.Equal(remains, FormEvaluator.Evaluate(Form, new JsonObject { ["colour"] = colour, ["taken"] = taken }, await ContextAsync()).IsComplete);

    [Fact]
    public async Task Nothing_is_there_where_nothing_was_loaded()
    {
        var form = await ExemptionForm.AtAsync("2026-11-23 10:00");

        Assert.Equal(0, (int)FormEvaluator.Evaluate(Form, [], form.Context).Answers["every"]!);
        Assert.Equal(["thing"], FormEvaluator.Counts(Form));
        Assert.Empty(FormEvaluator.Counts(form.Bundle.Form));
    }

    [Theory]
    [InlineData("""{ "kind": "short-position" }""", "text", "computed")]
    [InlineData("""{ "kind": "nothing" }""", "integer", "unknown-name")]
    [InlineData("""{ "kind": "short-position", "when": "entry.market ==" }""", "integer", "expression")]
    [InlineData("""{ "kind": "short-position", "when": "answers.none == entry.key" }""", "integer", "unknown-name")]
    public async Task What_is_wrong_with_a_count_is_said(string count, string type, string code)
    {
        var faults = await Folders.FaultsAfterAsync(ExemptionForm.Key, "form.json", form => form["sections"]![0]!["fields"]!.AsArray().Add((JsonNode)new JsonObject
        {
            ["name"] = "counted",
            ["type"] = type,
            ["label"] = new JsonObject { ["en"] = "Counted", ["zh-Hant"] = "數目", ["zh-Hans"] = "数目" },
            ["count"] = JsonNode.Parse(count),
        }));

        Assert.Equal([code], faults.Select(f => f.Code));
    }

    private static async Task<FormContext> ContextAsync()
    {
        var context = (await ExemptionForm.AtAsync("2026-11-23 10:00")).Context;
        HeldEntry[] things = [Thing("1", "red"), Thing("2", "red"), Thing("3", "blue")];
        return context with { Own = kind => kind == "thing" ? things : [] };
    }

    private static HeldEntry Thing(string key, string colour) => new("thing", key, ExemptionForm.B09001.Id, new JsonObject { ["colour"] = colour });
}
