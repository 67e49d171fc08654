using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

/// <summary>What counts as the same: single columns may each have to differ from line to line, and two spellings may be one value.</summary>
public class SameOrNotTests
{
    private static readonly FormDefinition Form = new(1, [new FormSection("all", new("All"),
    [
        new FormField
        {
            Name = "lines",
            Type = FieldType.Lines,
            Label = new("Lines"),
            Unique = ["number"],
            Columns =
            [
                new FormField { Name = "number", Type = FieldType.Text, Label = new("Number") },
                new FormField { Name = "broker", Type = FieldType.Text, Label = new("Broker"), Distinct = true },
            ],
        },
    ])]);

    [Theory]
    [InlineData("1 a, 2 b, 3 -, 4 -", "")]
    [InlineData("1 a, 2 b, 3 a, 4 b", "lines[2].broker, lines[3].broker")]
    [InlineData("1 a, 1 b, 2 -", "lines[1].number")]
    public async Task The_second_of_two_alike_is_refused(string lines, string refused)
    {
        var answers = new JsonObject
        {
            ["lines"] = new JsonArray([.. lines.Split(", ").Select(l => l.Split(' ')).Select(l => new JsonObject { ["number"] = l[0], ["broker"] = l[1] == "-" ? null : l[1] })]),
        };

        var faults = FormEvaluator.Evaluate(Form, answers, (await ExemptionForm.AtAsync("2026-11-23 10:00")).Context).Faults;

        Assert.All(faults, f => Assert.Equal("duplicate", f.Code));
        Assert.Equal(refused, string.Join(", ", faults.Select(f => f.Path)));
    }

    [Theory]
    [InlineData("Duty.Desk@B09001.example", "duty.desk@b09001.example")]
    [InlineData(" desk@b09001.example ", "desk@b09001.example")]
    public async Task Small_letters_make_one_of_two_spellings(string typed, string kept)
    {
        var form = new FormDefinition(1, [new FormSection("all", new("All"), [new FormField { Name = "email", Type = FieldType.Email, Label = new("Email"), Normalise = new(Lower: true) }])]);

        var evaluation = FormEvaluator.Evaluate(form, new JsonObject { ["email"] = typed }, (await ExemptionForm.AtAsync("2026-11-23 10:00")).Context);

        Assert.Empty(evaluation.Faults);
        Assert.Equal(kept, (string?)evaluation.Answers["email"]);
    }

    [Fact]
    public async Task Only_a_column_can_be_distinct() =>
        Assert.Equal("lines", Assert.Single(await Folders.FaultsAfterAsync(ExemptionForm.Key, "form.json", form => form["sections"]![0]!["fields"]![0]!["distinct"] = true)).Code);
}
