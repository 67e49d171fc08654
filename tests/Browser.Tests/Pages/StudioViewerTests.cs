using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>A request under review on the canvas, in the real Elsa Studio's own viewer of instances.</summary>
public sealed class StudioViewerTests(PortalInBrowser portal)
{
    // It is a whole runtime that begins, on a machine that tests something else beside.
    private const int Boot = 90_000;

    // What Studio says of steps that it counts before it has drawn them.
    private const string CountedTooSoon = "Could not find wrapper element with ID activity-";

    [Fact]
    public async Task The_viewer_draws_the_flow_marks_where_the_request_waits_and_tells_what_happened()
    {
        var request = (await portal.Situations).InReview;
        var number = (await (await portal.Host.As(Cast.Reviewer)).SeesRequest(request)).Accepted().Json["number"]!.GetValue<string>();
        var chart = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Workflows, PortalInBrowser.Exemption, "workflow.json"), TestContext.Current.CancellationToken))!["root"]!;
        await using var tab = await portal.OpensAs(Cast.Analyst, new Window(1280, 900));
        var asked = new ConcurrentBag<(string Method, string Path, int Status)>();
        tab.Page.Response += (_, answer) => asked.Add((answer.Request.Method, new Uri(answer.Url).AbsolutePath, answer.Status));

        await tab.Opens("/designer");
        await tab.Follows("Set 1");
        await tab.Follows(number);

        await Expect(tab.Heading).ToHaveTextAsync(number);
        await tab.Sees("waits at: Review");
        await Expect(tab.Page.Locator(".x6-node")).ToHaveCountAsync(chart["activities"]!.AsArray().Count, new() { Timeout = Boot });
        await Expect(tab.Page.Locator(".x6-edge")).ToHaveCountAsync(chart["connections"]!.AsArray().Count, new() { Timeout = Boot });
        await Expect(Badge(tab, "review", "warning")).ToHaveTextAsync("1", new() { Timeout = Boot });
        await Expect(Badge(tab, "check", "success")).ToHaveTextAsync("1");
        await Expect(tab.Page.Locator(".x6-node .mud-badge.mud-theme-warning")).ToHaveCountAsync(1);
        await Expect(tab.Page.Locator(".mud-timeline-item .mud-typography-subtitle2")).ToHaveTextAsync(
            ["Start - Completed", "Participant check - Completed", "Clearing house review - Resumed", "Clearing house review - Suspended"]);
        await tab.Shows("A request in Elsa Studio's viewer");

        await tab.Page.Locator(".mud-timeline-item").Nth(1).ClickAsync(new() { Force = true });
        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Event" }).ClickAsync(new() { Force = true });
        await tab.Sees("Sent to the clearing house: ");
        await tab.Shows("What happened and by whom in Elsa Studio's viewer");
        Assert.All(asked.Where(a => a.Path.StartsWith("/elsa/api", StringComparison.Ordinal)), a => Assert.True(a.Status == 200, $"{a.Method} {a.Path} answered {a.Status}"));
        Assert.Contains(asked, a => a.Path == $"/elsa/api/workflow-instances/{request}/journal");
        Assert.Contains(asked, a => a.Path == "/elsa/api/activity-executions/report");
        var complaints = tab.Complaints.Where(c => !c.EndsWith(StudioTests.DrawnAnotherWay, StringComparison.Ordinal) && !c.Contains(CountedTooSoon, StringComparison.Ordinal)).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    [Fact]
    public async Task Without_script_the_page_says_so_and_marks_in_the_outline_where_the_request_waits()
    {
        var request = (await portal.Situations).InReview;
        await using var tab = await portal.OpensAs(Cast.Analyst, Window.WithoutScript);

        await tab.Opens("/designer/studio/requests/" + request);

        await Expect(tab.Page.Locator("noscript p")).ToContainTextAsync("The drawing needs script");
        var marked = tab.Page.Locator("noscript .cc-outline-marked");
        await Expect(marked).ToHaveCountAsync(1);
        await Expect(marked).ToContainTextAsync("It waits here: Review");
        await tab.Shows("A request's way in words, without script");
        tab.HeardNoComplaint();
    }

    private static ILocator Badge(Tab tab, string step, string colour) => tab.Page.Locator($".x6-node[data-cell-id={step}] .mud-badge.mud-theme-{colour}");
}
