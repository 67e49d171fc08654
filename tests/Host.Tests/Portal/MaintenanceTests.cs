using System.Net;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>A planned closing is announced a day before, and while it lasts everybody is told when to come again.</summary>
public sealed class MaintenanceTests(DemonstrationDatabase database) : IClassFixture<DemonstrationDatabase>
{
    [Fact]
    public async Task A_window_is_announced_a_day_before_and_then_closes_all_but_the_health_of_the_host()
    {
        await using var portal = await PortalHost.StartAsync(database, new Dictionary<string, string>
        {
            ["Maintenance__From"] = "2027-03-06T08:00",
            ["Maintenance__Until"] = "2027-03-07T00:00",
        });
        var maker = await portal.As(Cast.Maker);

        Assert.DoesNotContain("closed for maintenance", (await maker.GetAsync("/")).Body, StringComparison.Ordinal);
        await portal.ClockMovesTo("2027-03-05T08:30");
        Assert.Contains("from Sat 6 Mar 2027, 08:00 HKT until Sun 7 Mar 2027, 00:00 HKT", (await maker.GetAsync("/")).Body, StringComparison.Ordinal);

        await portal.ClockMovesTo("2027-03-06T08:00");

        var (page, call) = (await Ask(portal, "/inbox"), await Ask(portal, "/api/inbox"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (page.Status, call.Status));
        Assert.InRange(page.Again, 57_000, 57_600);
        Assert.Contains("opens again on Sun 7 Mar 2027, 00:00 HKT", page.Body, StringComparison.Ordinal);
        Assert.Contains("closed-for-maintenance", call.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Ask(portal, "/healthz")).Status);
    }

    [Theory]
    [InlineData("tomorrow", "2027-03-07T00:00", "Maintenance__From")]
    [InlineData("2027-03-07T00:00", "", "Maintenance__Until")]
    [InlineData("2027-03-07T00:00", "2027-03-06T08:00", "after")]
    public async Task A_window_that_can_not_be_meant_stops_the_start(string from, string until, string named)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => PortalHost.StartAsync(database, new Dictionary<string, string> { ["Maintenance__From"] = from, ["Maintenance__Until"] = until }));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, double Again, string Body)> Ask(PortalHost portal, string path)
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
