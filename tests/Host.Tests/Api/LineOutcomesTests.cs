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
    private const string Own = "We have bought it already.";

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

    [Fact]
    public async Task The_mail_on_the_decision_says_why_where_the_reason_is_of_the_list_and_no_words_of_anybody()
    {
        var id = await Submitted("set-2-early-buy-in");
        var (reviewer, task) = await Claimed(id);
        var lines = (await reviewer.SeesRequest(id)).Json["answers"]!["lines"]!.AsArray().Count;
        var rejected = Enumerable.Range(1, lines).Select(n => n == 1 ? new JsonObject { ["line"] = n, ["outcome"] = "reject", ["reason"] = "NOT_SHORT", ["remarks"] = Own } : new JsonObject { ["line"] = n, ["outcome"] = "reject", ["reason"] = Own });
        (await reviewer.DecidesTask(task, "approve", lines: [.. rejected])).Accepted();
        (await (await market.As(Cast.Approver)).Approves(id)).Accepted();
        var request = (await (await market.As(Cast.Maker)).SeesRequest(id)).Json;

        var mail = await market.Mail.FirstAsync(m => m.To.Contains(Cast.Maker.Email) && m.Subject.Contains(request.Text("number"), StringComparison.Ordinal) && m.Subject.Contains("Rejected", StringComparison.Ordinal), ct: TestContext.Current.CancellationToken);

        Assert.Equal("rejectedByHkex", request.Text("status"));
        Assert.Contains("Line 1: The position is no longer short", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Line 2", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Own, mail.Text, StringComparison.Ordinal);
    }

    private async Task<string> Submitted(string eService)
    {
        var id = await (await market.As(Cast.Maker)).Sends(eService);
        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();
        return id;
    }

    private async Task<(Person Reviewer, string Task)> Claimed(string id)
    {
        var reviewer = await market.As(Cast.Reviewer);
        var task = await reviewer.TaskOf(id);
        (await reviewer.ClaimsTask(task)).Accepted();
        return (reviewer, task);
    }
}
