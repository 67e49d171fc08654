using System.Text.Json.Nodes;
using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>The real Elsa Studio changes a draft, with a portal of its own: what others look at meanwhile stays as it is.</summary>
public sealed class StudioEditingTests : IAsyncLifetime
{
    // It is a whole runtime that begins, on a machine that tests something else beside.
    private const int Boot = 90_000;

    // The policy stops the script that Studio's editor writes into the page; studio-keys.js stands for it.
    private const string ScriptOfItsOwn = "Executing inline script violates the following Content Security Policy directive";
    private const string Definitions = "/elsa/api/workflow-definitions";
    private const string Page = "/designer/" + PortalInBrowser.Exemption;

    private readonly PortalInBrowser portal = new();

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task What_Studio_saves_differs_in_positions_only_and_what_it_publishes_waits_for_a_second_analyst()
    {
        await using var tab = await portal.OpensAs(Cast.Analyst, new Window(1600, 1000));
        await tab.Opens("/designer");
        await tab.Follows("Set 1");
        await tab.Presses("Begin a draft");
        await tab.IsAt("/designer/studio/");
        await tab.Sees("You edit this draft");
        await Expect(tab.Page.Locator(".x6-node").First).ToBeVisibleAsync(new() { Timeout = Boot });
        await Expect(Publishing(tab.Page)).ToBeVisibleAsync(new() { Timeout = Boot });

        var saved = await tab.Page.RunAndWaitForResponseAsync(() => DragAsync(tab.Page, "approvalOfRejection"), IsSave, new() { Timeout = Boot });

        Assert.Equal(200, saved.Status);
        await tab.Shows("Elsa Studio on a draft");
        HeardNothing(tab);
        var analyst = await portal.Host.As(Cast.Analyst);
        var draft = (await analyst.GetAsync($"{Definitions}/{PortalInBrowser.Exemption}/export?versionOptions=Draft")).Accepted().Json;
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Workflows, PortalInBrowser.Exemption, "workflow.json"), TestContext.Current.CancellationToken))!;
        Assert.False(JsonNode.DeepEquals(file, draft));
        Assert.Equal(Without(file).ToString(), Without(draft).ToString());

        var published = await tab.Page.RunAndWaitForResponseAsync(() => Publishing(tab.Page).ClickAsync(), IsSave, new() { Timeout = Boot });
        Assert.Equal(200, published.Status);
        await tab.Sees("A proposal waits for a second analyst");
        await tab.Shows("Elsa Studio after publishing");

        await tab.Page.Locator("[role=toolbar] button").Last.ClickAsync();
        await Expect(tab.Page.GetByText("A flow is not run from the canvas").First).ToBeVisibleAsync(new() { Timeout = Boot });
        HeardNothing(tab);

        await ReadsOnly();
        await Releases();
    }

    // The second analyst sees who edits, and Studio lets nothing be changed.
    private async Task ReadsOnly()
    {
        await using var tab = await portal.OpensAs(Cast.Analyst2, new Window(1600, 1000));
        await tab.Opens("/designer/studio/" + PortalInBrowser.Exemption);
        await tab.Sees("edits this draft: you can read it");
        await Expect(tab.Page.Locator(".x6-node").First).ToBeVisibleAsync(new() { Timeout = Boot });
        await Expect(Publishing(tab.Page)).ToHaveCountAsync(0);
        await tab.Shows("Elsa Studio on somebody else's draft");
    }

    private async Task Releases()
    {
        await using var tab = await portal.OpensAs(Cast.Analyst2, Window.WithoutScript);
        await tab.Opens(Page);
        await tab.Follows("Proposal");
        await tab.Presses("Go on to release it");
        await tab.Presses("Yes, release it at once");
        await tab.Sees("Released. What is sent from now on follows it.");
        await tab.Opens(Page);
        await tab.Shows("An eService after a release");
        tab.HeardNoComplaint();
    }

    internal static void HeardNothing(Tab tab)
    {
        var complaints = tab.Complaints.Where(c => !c.EndsWith(StudioTests.DrawnAnotherWay, StringComparison.Ordinal) && !c.Contains(ScriptOfItsOwn, StringComparison.Ordinal)).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    // The cloud with the arrow: Studio gives it no name.
    internal static ILocator Publishing(IPage page) => page.Locator("[role=toolbar] .mud-button-group-root button, .mud-toolbar .mud-button-group-root button").First;

    private static bool IsSave(IResponse response) => response.Request.Method == "POST" && new Uri(response.Url).AbsolutePath == Definitions;

    private static async Task DragAsync(IPage page, string step)
    {
        var node = page.Locator($".x6-node[data-cell-id={step}]");
        await node.ClickAsync(new() { Force = true });
        var box = (await node.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 40, box.Y + (box.Height / 2) + 30, new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }

    // All that is drawn, without where; members in one order.
    private static JsonNode Without(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(m => m.Key is not ("designer" or "vertices")).OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : (JsonNode?)Without(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(i => i is null ? null : Without(i))]),
        _ => node.DeepClone(),
    };
}
