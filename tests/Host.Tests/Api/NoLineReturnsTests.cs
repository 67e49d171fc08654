using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Portal;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>An analyst's drawing without a way for lines that come back: such an outcome is refused where it was said, and nothing is decided.</summary>
public sealed class NoLineReturnsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_line_is_not_returned_on_its_own_where_the_flow_has_no_way_for_it()
    {
        await market.Releases(WithoutReturns);
        var id = await market.Sent();
        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();
        var reviewer = await market.As(Cast.Reviewer);
        var task = await reviewer.TaskOf(id);
        (await reviewer.ClaimsTask(task)).Accepted();
        var before = await market.Stored(id);

        var refused = (await reviewer.DecidesTask(task, "approve", lines: [new JsonObject { ["line"] = 2, ["outcome"] = "return", ["reason"] = "Half of it." }])).Refused("answers-are-incomplete");

        Assert.Equal((422, "lines[1].outcome no-line-returns"), (refused.Status, string.Join(", ", refused.Faults.Select(f => $"{f.Key} {f.Value}"))));
        Assert.Contains("or return the whole request", refused.Body["fields"]![0].Text("message"), StringComparison.Ordinal);
        Assert.Equal(before, await market.Stored(id));

        var page = $"/tasks/{task}";
        var asked = await reviewer.GetAsync(page);
        var answer = await PageForm.On(asked, page + "/decision").With(("decision", "approve"), ("lines[1].outcome", "return"), ("lines[1].reason", "Half of it.")).SendAsync(reviewer);

        Assert.Equal(422, (int)answer.Status);
        Assert.Contains("or return the whole request", System.Net.WebUtility.HtmlDecode(answer.Body), StringComparison.Ordinal);
        Assert.Equal(before, await market.Stored(id));
    }

    private static void WithoutReturns(JsonNode model)
    {
        string[] gone = ["someReturned", "linesReturned", "tellLinesReturned"];
        var (steps, connections) = (model["root"]!["activities"]!.AsArray(), model["root"]!["connections"]!.AsArray());
        foreach (var step in steps.Where(s => gone.Contains(s.Text("id"))).ToList()) steps.Remove(step);
        foreach (var own in connections.Where(c => gone.Contains(c!["source"].Text("activity")) || (gone.Contains(c["target"].Text("activity")) && c["source"].Text("activity") != "exempt")).ToList()) connections.Remove(own);
        connections.Single(c => c!["source"].Text("activity") == "exempt")!["target"]!["activity"] = "tellDecision";
        var cases = ReleaseWork.Step(model, "outcome")["cases"]!.AsArray();
        cases.Remove(cases.Single(c => c.Text("label") == "Returned"));
    }
}
