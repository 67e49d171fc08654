using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

/// <summary>What is looked up by a looked-up value can be asked for only once that value is known.</summary>
public class LookupRoundsTests
{
    private static readonly FormDefinition Form = new(1, [new FormSection("all", new("All"),
    [
        new FormField { Name = "account", Type = FieldType.Text, Label = new("Account") },
        new FormField { Name = "linked", Type = FieldType.Text, Label = new("Linked"), Lookup = new("account", Rule.Of("answers.account"), "linked") },
        new FormField { Name = "other", Type = FieldType.Text, Label = new("Name of the linked one"), Lookup = new("account", Rule.Of("answers.linked"), "name") },
    ])]);

    [Fact]
    public async Task The_second_round_asks_for_what_the_first_brought()
    {
        var context = (await ExemptionForm.AtAsync("2026-11-23 10:00")).Context with { Register = (_, _) => null };
        var answers = new JsonObject { ["account"] = "A" };
        var known = context with { Register = (_, key) => key == "A" ? new HeldEntry("account", "A", null, new JsonObject { ["linked"] = "B" }) : null };

        Assert.Equal(["account:A"], FormEvaluator.Asks(Form, answers, context).Select(a => a.Ref));
        Assert.Equal(["account:A", "account:B"], FormEvaluator.Asks(Form, answers, known).Select(a => a.Ref).Order());
    }
}
