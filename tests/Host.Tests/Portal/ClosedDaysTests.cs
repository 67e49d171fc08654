using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>A calendar that closes a day which was sent already: nothing changes unseen, nobody is left without word.</summary>
public sealed class ClosedDaysTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_day_of_a_request_that_would_be_closed_is_named_before_and_said_beside_the_answer_after()
    {
        var (supervisor, maker) = (await market.As(Cast.Supervisor), await market.As(Cast.Maker));
        var id = await market.Sent();
        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();
        var day = (await maker.SeesRequest(id)).Json["answers"]!.Text("buyInDate");
        var file = await CalendarFilesTests.With(supervisor, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

        var offered = (await supervisor.OffersFile(CalendarFilesTests.HongKong, file)).Accepted().Json;
        Assert.Contains(offered["closing"]!.AsArray(), c => c!.Text("requestId") == id && c.Text("answer") == "Buy-in day" && c.Text("day") == day);
        var page = $"/register/imports/{offered["import"]!["id"]}";
        Assert.Contains("Days of requests on which the market would be closed", (await supervisor.GetAsync(page)).Accepted().Words(), StringComparison.Ordinal);
        var second = await market.As(Cast.Supervisor2);
        (await second.SendsJsonAsync(HttpMethod.Post, $"/api{page}/confirmation", new JsonObject { ["contentHash"] = (await second.GetAsync($"/api{page}")).Json.Text("contentHash") })).Accepted();

        var reviewer = await market.As(Cast.Reviewer);
        foreach (var read in new[] { (await maker.GetAsync($"/requests/{id}")).Words(), (await reviewer.GetAsync($"/tasks/{await reviewer.TaskOf(id)}")).Words() })
        {
            Assert.Contains("(Day of mourning). The calendar has changed since this was sent.", read, StringComparison.Ordinal);
        }

        Assert.Contains("the market is closed on a day of this request", (await maker.GetAsync("/notices")).Words(), StringComparison.Ordinal);
        Assert.Contains((await maker.SeesTimeline(id)).Json.AsArray(), e => e!["closed"] is JsonArray closed && closed.Any(c => c!.Text("path") == "buyInDate" && c.Text("day") == day));
    }
}
