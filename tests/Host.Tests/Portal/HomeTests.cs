using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>The first page says what waits: a draft to go on with, a task that is nearly too late.</summary>
public sealed class HomeTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_draft_waits_on_the_home_page_of_the_firms_makers_and_of_nobody_else()
    {
        var (maker, colleague, checker, stranger) = (await market.As(Cast.Maker), await market.As(Cast.B09001.Maker2), await market.As(Cast.Checker), await market.As(Cast.B09002.Maker));
        var answers = await maker.SampleOf(PortalWithMail.Exemption);
        answers["clientReference"] = "Waits on the home page";
        var draft = $"/requests/{(await maker.StartsDraft(PortalWithMail.Exemption, answers)).Id()}/form";

        foreach (var makes in new[] { maker, colleague })
        {
            var home = (await makes.GetAsync("/")).Body;
            Assert.Contains("Drafts to go on with", home, StringComparison.Ordinal);
            Assert.Contains($"href=\"{draft}\"", home, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Drafts to go on with", (await checker.GetAsync("/")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(draft, (await stranger.GetAsync("/")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_place_on_a_home_page_of_the_clearing_house_is_said_in_words()
    {
        foreach (var account in Cast.ClearingHouse)
        {
            Assert.DoesNotMatch(@"\b(place|nav|house)\.[a-z-]+", (await (await market.As(account)).GetAsync("/")).Accepted().Words());
        }
    }

    [Fact]
    public async Task A_task_that_is_due_within_the_hour_is_said_at_the_top()
    {
        var checker = await market.As(Cast.Checker);
        var request = await market.Sent();
        Assert.DoesNotContain("is due within the hour", (await checker.GetAsync("/")).Body, StringComparison.Ordinal);

        var cutOff = (await checker.SeesRequest(request)).Json["deadlines"]!["cutOff"]!["dueAt"]!.GetValue<string>()[..10];
        await market.Portal.ClockMovesTo(cutOff + "T18:15");

        var home = (await checker.GetAsync("/")).Body;
        Assert.Contains("is due within the hour", home, StringComparison.Ordinal);
        Assert.Contains($"href=\"/tasks/{await checker.TaskOf(request)}\">Open it", home, StringComparison.Ordinal);
    }
}
