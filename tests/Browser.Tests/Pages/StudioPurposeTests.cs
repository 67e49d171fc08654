using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>
/// What the designer is for, in one story: an analyst adds a second approval on the canvas of the real Elsa Studio, is told what is
/// wrong with it, mends it, another analyst releases it, and the next request takes the new way while the one under way finishes the old.
/// All of the drawing is by mouse: the activity comes from the palette, connections are drawn and taken away on the canvas; only the
/// step's name is typed. The requests themselves go over the API: other tests click through them.
/// </summary>
public sealed class StudioPurposeTests : IAsyncLifetime
{
    private const string Page = "/designer/" + PortalInBrowser.Exemption;
    private const string Second = "Second approval";

    private readonly PortalInBrowser portal = new();

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task An_analyst_adds_an_approval_is_told_whom_it_forgets_mends_it_and_the_next_request_takes_the_new_way()
    {
        var underWay = await Sent(0);
        await using (var tab = await portal.OpensAs(Cast.Analyst, new Window(2200, 1200)))
        {
            var canvas = await BeginsADraft(tab);
            var step = await DrawsASecondApproval(tab, canvas);
            await IsToldThatNobodyIsTold(tab);
            await Mends(tab, canvas, step);
            await Proposes(tab);
            StudioEditingTests.HeardNothing(tab);
        }

        await AnotherAnalystReleases();
        await FinishesTheOldWay(underWay);
        await TakesTheNewWay(await Sent(1));
    }

    private static async Task<StudioCanvas> BeginsADraft(Tab tab)
    {
        await tab.Opens("/designer");
        await tab.Follows("Set 1");
        await tab.Presses("Begin a draft");
        await tab.Sees("You edit this draft");
        var canvas = new StudioCanvas(tab);
        await canvas.IsDrawn();
        return canvas;
    }

    // Its rejection goes straight to the end.
    private static async Task<string> DrawsASecondApproval(Tab tab, StudioCanvas canvas)
    {
        await canvas.Brings(1930, -210);
        var step = await canvas.Drops("People", "Clearing house approval", 2700, 110, Second);
        await tab.Sees($"'{Second}' is dead: no way leads to it.");
        await canvas.Disconnects("approval", "approve");
        await canvas.Connects("approval", "approve", step);
        await canvas.Connects(step, "approve", "outcome");
        await canvas.Connects(step, "return", "backToReview");
        await tab.Shows("Purpose 1, a second approval is drawn");
        await canvas.Brings(2940, -120);
        await canvas.Connects(step, "reject", "endRejected");
        return step;
    }

    private static async Task IsToldThatNobodyIsTold(Tab tab)
    {
        var told = Problem(tab, "maker-told");
        await Expect(told).ToContainTextAsync($"By 'reject' '{Second}'");
        await Expect(told).ToContainTextAsync("without telling the maker. Put a step that sends the maker a notice");
        await Expect(told.Locator(".cc-problem-way")).ToHaveTextAsync($"On the way: {Second} (reject) → End");
        await Expect(Problem(tab, "outcome")).ToContainTextAsync("still 'With second reviewer'");
        await Expect(Problem(tab, "")).ToHaveCountAsync(2);
        await tab.Shows("Purpose 2, the page tells that the rejection mails nobody");
        await StudioFrameTests.HasNoBarrier(tab);

        await StudioEditingTests.Publishing(tab.Page).ClickAsync();
        await Expect(tab.Page.Locator(".mud-snackbar").First).ToContainTextAsync("It can't be a release: the checks find 2 problems.");
        await Expect(tab.Page.Locator(".mud-snackbar").Filter(new() { HasText = "without telling the maker" })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await tab.Shows("Purpose 3, it can't be proposed");
    }

    private static async Task Mends(Tab tab, StudioCanvas canvas, string step)
    {
        await canvas.Disconnects(step, "reject");
        await canvas.Connects(step, "reject", "rejectedByHkex");
        await tab.Sees("The checks find no problem.");
        await Expect(Problem(tab, "")).ToHaveCountAsync(0);
        await tab.Shows("Purpose 4, mended");
    }

    private static async Task Proposes(Tab tab)
    {
        await StudioEditingTests.Publishing(tab.Page).ClickAsync();
        await tab.Sees("A proposal waits for a second analyst");
    }

    private async Task AnotherAnalystReleases()
    {
        await using var tab = await portal.OpensAs(Cast.Analyst2);
        await tab.Opens(Page);
        await tab.Follows("Proposal");
        await tab.Sees($"The step '{Second}'");
        await tab.Sees("a clearing house approval, was added after 'Second review' by 'approve'; it leads by 'approve' to 'How many were approved?'");
        await tab.Sees("by 'reject' to 'Rejected by the clearing house'");
        await tab.Shows("Purpose 5, the second analyst reads what changes");
        await tab.Presses("Go on to release it");
        await tab.Sees("is in force at once, in place of release 1");
        await tab.Presses("Yes, release it at once");
        await tab.Sees("Released. What is sent from now on follows it.");
        await tab.Opens(Page);
        for (var looked = 1; await tab.Page.GetByText(Second).CountAsync() == 0; looked++)
        {
            Assert.True(looked < 100, "What was released is not in force.");
            await tab.Opens(Page);
        }

        tab.HeardNoComplaint();
    }

    private async Task FinishesTheOldWay(string request)
    {
        await Reviewed(request);
        (await (await portal.Host.As(Cast.Approver)).Approves(request)).Accepted();
        Assert.Equal("approved", await (await portal.Host.As(Cast.Maker)).StatusOf(request));
    }

    private async Task TakesTheNewWay(string request)
    {
        var (maker, approver, other) = (await portal.Host.As(Cast.Maker), await portal.Host.As(Cast.Approver), await portal.Host.As(Cast.Approver2));
        await Reviewed(request);
        (await approver.Approves(request)).Accepted();
        Assert.Equal("pendingHkexApproval", await maker.StatusOf(request));
        Assert.Empty((await maker.SeesRequest(request)).Accepted().Json["lines"]!.AsArray());
        Assert.DoesNotContain("approval.approve", (await maker.SeesTimeline(request)).Accepted().Body, StringComparison.Ordinal);
        var task = await other.TaskOf(request);
        (await approver.DecidesTask(task, "approve")).Refused("you-have-agreed-at-another-step");
        await using var tab = await portal.OpensAs(Cast.Approver);
        await tab.Opens("/tasks/" + task);
        await tab.Sees("You have approved this request at another step already");
        await tab.Shows("Purpose 6, the second approval wants another approver");
        (await other.Approves(request)).Accepted();
        Assert.Equal("approved", await maker.StatusOf(request));
        tab.HeardNoComplaint();
    }

    // One of the sample's lines, sent to the checker: it follows what is in force now.
    private async Task<string> Sent(int line)
    {
        var maker = await portal.Host.As(Cast.Maker);
        return await maker.Sends(PortalInBrowser.Exemption, Situations.Only(await maker.SampleOf(PortalInBrowser.Exemption), line));
    }

    private async Task Reviewed(string request)
    {
        (await (await portal.Host.As(Cast.Checker)).Approves(request)).Accepted();
        (await (await portal.Host.As(Cast.Reviewer)).Approves(request)).Accepted();
    }

    // What the page beside the canvas tells, by the name of the rule; all of it where none is given.
    private static ILocator Problem(Tab tab, string rule) => tab.Page.Locator(".studio-problems li").Filter(new() { HasText = rule });
}
