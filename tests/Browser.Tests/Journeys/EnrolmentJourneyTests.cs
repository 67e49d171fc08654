using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>An activity from its announcement to the end: the clearing house announces, a maker enrols two people, both sides see them, and the date is cancelled.</summary>
public sealed class EnrolmentJourneyTests(PortalInBrowser portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_activity_is_announced_a_maker_enrols_and_the_roster_shows_it(bool hasScript)
    {
        var window = new Window { HasScript = hasScript };
        var title = hasScript ? "Walk through the new screens" : "Walk without script";
        await using var supervisor = await portal.OpensAs(Cast.Supervisor, window);
        await Announces(supervisor, title);

        await using var maker = await portal.OpensAs(Cast.Maker, window);
        var number = await Enrols(maker, title);

        await maker.Opens("/enrolments");
        var own = maker.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = title });
        await Expect(own).ToContainTextAsync("Enrolled");
        await maker.Shows($"enrolments-{hasScript}");
        var file = await maker.Page.APIRequest.GetAsync(await own.GetByRole(AriaRole.Link, new() { Name = "Calendar file" }).GetAttributeAsync("href") ?? "");
        Assert.Contains($"SUMMARY:{title}", await file.TextAsync(), StringComparison.Ordinal);

        await supervisor.Opens("/activities");
        await Expect(supervisor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = title })).ToContainTextAsync("2 of 3");
        await supervisor.Follows(title);
        await Expect(supervisor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "chan.tai.man@b09001.example" })).ToContainTextAsync(number);
        await supervisor.Shows($"roster-{hasScript}");
        await supervisor.Follows("Cancel this date");
        await supervisor.Sees("Places taken: 2. Requests that wait: 0.");
        await supervisor.Shows($"cancellation-{hasScript}");
        await supervisor.Presses("Cancel this date");
        await supervisor.Sees("The date is cancelled");
        supervisor.HeardNoComplaint();
        maker.HeardNoComplaint();
    }

    private static async Task Announces(Tab supervisor, string title)
    {
        await supervisor.Opens("/activities");
        await supervisor.Follows("Announce an activity");
        await supervisor.Types("Title in English", title);
        await supervisor.Types("Title in traditional Chinese", "新畫面導覽");
        await supervisor.Presses("Save");
        await Expect(supervisor.ErrorSummary).ToContainTextAsync("Title in simplified Chinese");
        await supervisor.Shows("activity-faults");

        await supervisor.Types("Title in simplified Chinese", "新画面导览");
        await supervisor.Chooses("Kind of activity", "Training");
        await supervisor.Types("Enrolment opens", "2026-01-01");
        await supervisor.Types("Enrolment closes", "2027-12-01");
        await supervisor.Types("Places can be given up until", "2027-12-01");
        var date = supervisor.Page.GetByRole(AriaRole.Group, new() { Name = "Another date" }).First;
        await date.GetByLabel("Date", new() { Exact = true }).FillAsync("2027-12-10");
        await date.GetByLabel("From, for example 09:00").FillAsync("09:00");
        await date.GetByLabel("Until, for example 13:00").FillAsync("10:30");
        await date.GetByLabel("Venue").FillAsync("Exchange Square, Room 2");
        await date.GetByLabel("Places", new() { Exact = true }).FillAsync("3");
        await supervisor.Presses("Save");
        await supervisor.Sees("is saved.");
        await supervisor.Sees(title);
    }

    private static async Task<string> Enrols(Tab maker, string title)
    {
        await maker.Opens("/");
        await maker.Follows("eServices");
        await maker.Follows("Activity enrolment");
        await maker.Page.GetByLabel("B09001").First.CheckAsync();
        await maker.Presses("Start now");
        await maker.IsAt("/requests/[^/]+/form");
        // A few dates stand beside each other; many are a list to open.
        var list = maker.Page.Locator("select#f-occasion");
        if (await list.CountAsync() > 0) await list.SelectOptionAsync(await list.Locator("option").Filter(new() { HasText = title }).GetAttributeAsync("value") ?? "");
        else await maker.Page.GetByLabel(title).CheckAsync();
        if (maker.Page.GetByRole(AriaRole.Button, new() { Name = "Update the form" }) is { } update && await update.IsVisibleAsync()) await update.ClickAsync();
        await Expect(maker.Page.GetByText("Exchange Square, Room 2").Last).ToBeVisibleAsync();
        foreach (var (name, email) in new[] { ("Chan Tai Man", "chan.tai.man@b09001.example"), ("Lee Ho Yin", "lee.ho.yin@b09001.example") })
        {
            await maker.Page.GetByRole(AriaRole.Button, new() { Name = "Add a line", Exact = true }).ClickAsync();
            var line = maker.Page.Locator(".cc-lines tbody tr, .cc-card").Last;
            await line.GetByLabel("Name").FillAsync(name);
            await line.GetByLabel("Email").FillAsync(email);
        }

        await maker.Page.Locator("#f-contactPhone").FillAsync("2345 6789");
        await maker.Page.GetByLabel("We declare that").CheckAsync();
        await maker.Shows("enrolment-form");
        await maker.Presses("Continue to check your answers");
        await maker.Sees("No checker of your firm is needed for this");
        await maker.Shows("enrolment-check");
        await maker.Presses("Send to the clearing house");
        await maker.Sees("The receipt is below.");
        await maker.Shows("enrolment-tracker");
        return (await maker.Heading.InnerTextAsync()).Trim();
    }
}
