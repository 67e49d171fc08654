using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.EServices.Tests;

/// <summary>Several numbers are typed into one text: they are evened out, none stands there twice, and one of them may be looked up.</summary>
public class SeveralInOneTextTests
{
    private static readonly FormDefinition Form = new(1, [new FormSection("all", new("All"),
    [
        new FormField
        {
            Name = "numbers", Type = FieldType.LongText, Label = new("Numbers"), Normalise = new(Upper: true, Several: true), Pattern = "R[0-9]+(, R[0-9]+)*", PatternMessage = new("R1, R2"),
            Checks = [new(Rule.Of("answers.taken == null"), new("One is taken."))],
        },
        new FormField { Name = "taken", Type = FieldType.Entry, Label = new("Taken"), Hidden = true, Lookup = new("reader", Rule.Of("answers.numbers?.split(', ')")) },
    ])]);

    [Theory]
    [InlineData("r1,R2", "R1, R2")]
    [InlineData(" R1 ;\nr2\n", "R1, R2")]
    [InlineData("R1、R2，", "R1, R2")]
    [InlineData("R1", "R1")]
    [InlineData(" , ", null)]
    public async Task What_parts_them_is_evened_out(string typed, string? kept)
    {
        var evaluation = await EvaluatedAsync(typed);

        Assert.Equal(kept, (string?)evaluation.Answers["numbers"]);
        Assert.Empty(evaluation.Faults);
    }

    [Theory]
    [InlineData("R1, R2, r1", "numbers said-twice R1")]
    [InlineData("R1, X2", "numbers wrong-format ")]
    [InlineData("R1, R7", "numbers check ")]
    [InlineData("R7, R1", "numbers check ")]
    public async Task Twins_and_what_is_there_already_are_refused(string typed, string fault) =>
        Assert.Equal([fault], (await EvaluatedAsync(typed)).Faults.Select(f => $"{f.Path} {f.Code} {f.Arguments?.GetValueOrDefault("value")}"));

    private static async Task<FormEvaluation> EvaluatedAsync(string typed)
    {
        var context = (await ExemptionForm.AtAsync("2026-11-23 10:00")).Context;
        return FormEvaluator.Evaluate(Form, new JsonObject { ["numbers"] = typed }, context with
        {
            Register = (kind, key) => (kind, key) == ("reader", "R7") ? new HeldEntry(kind, key, context.Membership.Id, new JsonObject()) : null,
        });
    }
}
