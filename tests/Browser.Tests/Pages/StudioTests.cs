using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>The real Elsa Studio in the browser, from our own origin and over our own API.</summary>
public sealed class StudioTests(PortalInBrowser portal)
{
    // It is a whole runtime that begins, on a machine that tests something else beside.
    private const int Boot = 90_000;

    // What Studio's drawing library says of a connection that it draws with corners of its own choice.
    internal const string DrawnAnotherWay = "Unable to execute manhattan algorithm, use orth instead";

    [Fact]
    public async Task Studio_draws_the_whole_flow_and_lets_nobody_change_it()
    {
        var chart = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Workflows, PortalInBrowser.Exemption, "workflow.json"), TestContext.Current.CancellationToken))!["root"]!;
        await using var tab = await portal.OpensAs(Cast.Analyst, new Window(1600, 1000));
        var asked = new ConcurrentBag<(string Method, Uri Address)>();
        tab.Page.Request += (_, request) => asked.Add((request.Method, new Uri(request.Url)));

        await tab.Opens("/designer");
        await tab.Follows("Set 1");
        await tab.Follows("Open the drawing");

        await Expect(tab.Page.Locator(".x6-node")).ToHaveCountAsync(chart["activities"]!.AsArray().Count, new() { Timeout = Boot });
        await Expect(tab.Page.Locator(".x6-edge")).ToHaveCountAsync(chart["connections"]!.AsArray().Count, new() { Timeout = Boot });
        await tab.Sees(chart["activities"]![0]!["name"]!.GetValue<string>());
        await tab.Shows("Elsa Studio on Set 1");

        await tab.Page.Locator(".x6-node[data-cell-id=approvalOfRejection]").ClickAsync(new() { Force = true });
        await tab.Sees("How many must approve. Empty: one.");
        await tab.Shows("A step of Set 1 in Elsa Studio");

        Assert.All(asked, a => Assert.True(a.Address.Scheme is "blob" or "data" || a.Address.Authority == portal.Host.Address.Authority, $"{a.Address} is not ours"));
        Assert.DoesNotContain(asked, a => a.Method is not ("GET" or "POST") || a.Address.AbsolutePath == "/elsa/api/workflow-definitions" && a.Method == "POST");
        Assert.DoesNotContain(tab.Complaints, c => !c.EndsWith(DrawnAnotherWay, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_script_the_page_says_so_and_leads_to_the_flow_in_words()
    {
        await using var tab = await portal.OpensAs(Cast.Analyst, Window.WithoutScript);

        await tab.Opens("/designer/studio/" + PortalInBrowser.Exemption);
        await Expect(tab.Page.Locator("noscript p")).ToBeVisibleAsync();
        await tab.Page.Locator("noscript a").ClickAsync();

        await tab.Sees(File.ReadLines(Path.Combine(Repository.Workflows, PortalInBrowser.Exemption, "outline.txt")).First());
        tab.HeardNoComplaint();
    }
}
