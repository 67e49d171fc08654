using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>A request whose lines belong together is decided as a whole: its page offers nothing else, and speaks of no lines.</summary>
public sealed class WholeDecisionTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task Lines_are_decided_one_by_one_only_where_the_form_has_a_decision()
    {
        var (maker, checker, reviewer) = (await market.As(Cast.Maker), await market.As(Cast.Checker), await market.As(Cast.Reviewer));
        var seen = new HashSet<bool>();
        foreach (var key in (await maker.SeesEServices()).Json.AsArray().Select(e => e.Text("key")))
        {
            var form = (await maker.SeesEService(key)).Json["form"]!;
            var lines = form["sections"]!.AsArray().SelectMany(s => s!["fields"]!.AsArray()).FirstOrDefault(f => f!.AsObject().Text("type") == "lines")?.AsObject().Text("name");
            if (lines is null) continue;

            var draft = (await maker.StartsDraft(key, await maker.SampleOf(key, await maker.MembershipFor(key)))).Id();
            if ((await maker.SubmitsRequest(draft)).Accepted().Json.AsObject().Text("status") != "pendingChecker") continue;
            (await checker.DecidesTask(await checker.TaskOf(draft), "approve")).Accepted();
            await CounterpartyAnswersAsync(draft, form);
            var task = await reviewer.TaskOf(draft);
            (await reviewer.ClaimsTask(task)).Accepted();

            var page = (await reviewer.GetAsync($"/tasks/{task}")).Accepted().Body;
            var isByLine = form["decision"] is JsonObject;
            Assert.Equal(isByLine, page.Contains($"name=\"{lines}[0].outcome\"", StringComparison.Ordinal));
            Assert.Equal(!isByLine, page.Contains("for the request as a whole", StringComparison.Ordinal));
            seen.Add(isByLine);
        }

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task The_second_reviewer_is_shown_a_proposed_rejection_and_one_button_that_rejects()
    {
        var (reviewer, approver) = (await market.As(Cast.Reviewer), await market.As(Cast.Approver));
        var request = await market.Submitted();
        (await reviewer.Rejects(request, "The grounds are missing.")).Accepted();
        var task = await approver.TaskOf(request);
        (await approver.ClaimsTask(task)).Accepted();

        var page = (await approver.GetAsync($"/tasks/{task}")).Accepted().Body;

        var proposed = page[page.IndexOf("id=\"proposal-title\"", StringComparison.Ordinal)..page.IndexOf("id=\"decision\"", StringComparison.Ordinal)];
        Assert.Contains("eject", proposed, StringComparison.Ordinal);
        Assert.Contains("The grounds are missing.", proposed, StringComparison.Ordinal);
        Assert.Contains(">Confirm the rejection</button>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"decision\" value=\"reject\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Confirming decides the request as proposed", page, StringComparison.Ordinal);
    }

    // Where a counterparty is asked first, it says the first thing that it can choose.
    private async Task CounterpartyAnswersAsync(string request, JsonNode form)
    {
        var counterparty = await market.As(Cast.B09002.Checker);
        if ((await counterparty.SeesInbox(request)).Json["items"]!.AsArray().Count == 0) return;
        var task = await counterparty.TaskOf(request);
        var asked = form["milestones"]!.AsArray().First(m => m!["shows"] is JsonArray)!["line"]!.AsArray().Where(f => f!.AsObject().Text("type") == "choice").ToList();
        JsonObject Said() => new(asked.Select(f => KeyValuePair.Create(f!.AsObject().Text("name"), f!["options"]![0]!["value"]?.DeepClone())));
        var lines = (await counterparty.SeesTask(task)).Json["lines"]!.AsArray().Select(l => (JsonNode)new JsonObject { ["line"] = l!["line"]!.DeepClone(), ["milestone"] = Said() });
        (await counterparty.ReportsMilestone(task, [], [.. lines])).Accepted();
    }
}
