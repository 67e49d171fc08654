using System.Net;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>A request whose day was closed since: the page warns where it is decided, presets nothing, and takes a yes only with the day ticked; the API the same.</summary>
public sealed class ClosedDayDecisionsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Means = "it is done on a day on which the market is closed", Ticked = "closedDays[]";

    [Fact]
    public async Task It_is_approved_only_by_whoever_ticks_the_day_on_the_page_or_names_it_to_the_API()
    {
        var (reviewer, approver) = (await market.As(Cast.Reviewer), await market.As(Cast.Approver));
        var id = await (await market.As(Cast.Maker)).Sends("set-2-early-buy-in");
        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();
        var day = (await reviewer.SeesRequest(id)).Json["answers"]!.Text("requestedBuyInDate");
        var task = await reviewer.TaskOf(id);
        (await reviewer.ClaimsTask(task)).Accepted();
        var (address, posts) = ($"/tasks/{task}", $"/tasks/{task}/decision");
        Assert.Equal("approve", PageForm.On(await reviewer.GetAsync(address), posts)["lines[0].outcome"]);

        await ClosesAsync(day);

        var page = (await reviewer.GetAsync(address)).Accepted();
        Assert.Contains("is a general holiday (Day of mourning); Hong Kong’s market is closed", page.Words(), StringComparison.Ordinal);
        foreach (var (language, words) in new[] { ("zh-Hant", "如照原樣批准，即於休市日辦理"), ("zh-Hans", "如照原样批准，即于休市日办理"), ("en", Means) })
        {
            await reviewer.PostFormAsync("/language", new() { ["language"] = language, ["back"] = address }, address);
            Assert.Contains(words, (await reviewer.GetAsync(address)).Words(), StringComparison.Ordinal);
        }

        var form = PageForm.On(page, posts);
        Assert.Null(form["lines[0].outcome"]);
        var decided = form.With(("lines[0].outcome", "approve"), ("lines[1].outcome", "approve"), ("lines[0].decision.quantity", "1"), ("reason", "As you like."), ("decision", "approve"));
        var refused = await decided.SendAsync(reviewer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("acknowledge that day and approve all the same", refused.Words(), StringComparison.Ordinal);
        var again = PageForm.On(refused, posts);
        Assert.Equal(("approve", "1", "As you like."), (again["lines[0].outcome"], again["lines[0].decision.quantity"], again["reason"]));
        Assert.Equal(HttpStatusCode.SeeOther, (await again.With((Ticked, day), ("decision", "approve")).SendAsync(reviewer)).Status);

        var last = await approver.TaskOf(id);
        (await approver.ClaimsTask(last)).Accepted();
        Assert.Contains(Means, (await approver.GetAsync($"/tasks/{last}")).Words(), StringComparison.Ordinal);
        var seen = (await approver.SeesTask(last)).Json;
        Assert.Equal(("requestedBuyInDate", day), (seen["closedDays"]![0]!.Text("path"), seen["closedDays"]![0]!.Text("day")));
        Assert.Null(seen["closedDays"]![0]!["line"]);
        var unmeant = await approver.DecidesTask(last, "approve");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "market-is-closed-then", "closedDays"), (unmeant.Status, unmeant.Problem!.Code, unmeant.Problem.Body["fields"]![0]!.Text("path")));
        Assert.Equal("not-a-date", (await Approves("tomorrow")).Problem!.Body["fields"]![0]!.Text("code"));
        (await Approves(day)).Accepted();

        Assert.Equal(2, (await approver.SeesTimeline(id)).Json.AsArray().Count(e => e!.Text("what") is "review.approve" or "approval.approve" && e!["closed"]![0]!.Text("day") == day));
        Assert.Contains("approved knowing that the market is closed on", (await approver.GetAsync($"/requests/{id}")).Words(), StringComparison.Ordinal);

        Task<Answer> Approves(string named) => approver.SendsJsonAsync(HttpMethod.Post, $"/api/tasks/{last}/decision", new JsonObject { ["outcome"] = "approve", ["contentHash"] = seen.Text("contentHash"), ["closedDays"] = new JsonArray(named) });
    }

    private async Task ClosesAsync(string day)
    {
        var supervisor = await market.As(Cast.Supervisor);
        var offered = (await supervisor.OffersFile(CalendarFilesTests.HongKong, await CalendarFilesTests.With(supervisor, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)))).Accepted().Json;
        var second = await market.As(Cast.Supervisor2);
        var page = $"/api/register/imports/{offered["import"]!["id"]}";
        (await second.SendsJsonAsync(HttpMethod.Post, $"{page}/confirmation", new JsonObject { ["contentHash"] = (await second.GetAsync(page)).Json.Text("contentHash") })).Accepted();
    }
}
