using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Portal;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>Outcomes of lines where none are asked for are refused, and nothing is decided.</summary>
[Collection(nameof(ApiCollection))]
public sealed class LineOutcomesTests(PortalWithMail market)
{
    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    [InlineData("return")]
    public async Task Who_does_not_decide_line_by_line_is_told_so(string outcome)
    {
        var id = await market.Sent();
        await Refused(await market.As(Cast.Checker), await (await market.As(Cast.Checker)).TaskOf(id));
        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();
        var (reviewer, review) = await Claimed(id);
        if (outcome != "approve") await Refused(reviewer, review);
        (await reviewer.DecidesTask(review, "approve")).Accepted();
        var approver = await market.As(Cast.Approver);
        await Refused(approver, await approver.TaskOf(id));

        async Task Refused(Person person, string task)
        {
            var before = await market.Stored(id);
            var refused = (await person.DecidesTask(task, outcome, "Because.", lines: [new JsonObject { ["line"] = 1, ["outcome"] = "return" }])).Refused("answers-are-incomplete");

            Assert.Equal("lines-not-asked", refused.Faults["lines[0]"]);
            Assert.Equal(before, await market.Stored(id));
        }
    }

    private async Task<(Person Reviewer, string Task)> Claimed(string id)
    {
        var reviewer = await market.As(Cast.Reviewer);
        var task = await reviewer.TaskOf(id);
        (await reviewer.ClaimsTask(task)).Accepted();
        return (reviewer, task);
    }
}
