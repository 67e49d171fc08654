using System.Collections.Concurrent;
using ClientConnect.Browser.Tests.Testing;
using Deque.AxeCore.Commons;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>
/// Every page on the agreed list of routes, opened by each role that may, with script and without: it answers, it has a heading, axe
/// finds nothing serious, a phone shows it without scrolling sideways, and the console stays silent.
/// </summary>
public sealed class EveryRouteTests(PortalInBrowser portal)
{
    // What a page shows between header and footer, without what differs at each visit.
    private const string Content = "document.querySelector('main').innerHTML.replace(/ value=\"[^\"]{40,}\"/g, '')";

    private static readonly BundledAxeScriptProvider Axe = new();

    // Axe takes a second for a long table: what it has seen of one role it need not see of the next.
    private static readonly ConcurrentDictionary<string, byte> Looked = new();

    public static TheoryData<string, bool> Visits => [.. RoutesOfRoles.Names.SelectMany(role => new[] { (role, true), (role, false) })];

    [Theory]
    [MemberData(nameof(Visits))]
    public async Task A_role_can_use_every_page_that_it_may_open(string role, bool hasScript)
    {
        var addresses = RoutesOfRoles.AddressesFor(role, await portal.Situations).ToList();
        var window = new Window { HasScript = hasScript };
        await using var tab = RoutesOfRoles.AccountOf(role) is { } who ? await portal.OpensAs(who, window) : await portal.OpensAsStranger(window);
        Assert.NotEmpty(addresses);

        var wrong = new List<string>();
        foreach (var (i, address) in addresses.Index())
        {
            wrong.AddRange(await WrongWith(tab, address, hasScript, isFirst: i == 0));
        }

        Assert.True(wrong.Count == 0, $"As {role}{(hasScript ? "" : ", without script")}:\n{string.Join('\n', wrong)}");
        tab.HeardNoComplaint();
    }

    private static async Task<IEnumerable<string>> WrongWith(Tab tab, string address, bool hasScript, bool isFirst)
    {
        await tab.Page.SetViewportSizeAsync(1280, 900);
        var answer = await tab.Page.GotoAsync(address);
        if (answer?.Status != 200) return [$"{address} answers {answer?.Status}"];
        if (await tab.Page.Locator("h1").CountAsync() != 1) return [$"{address} has not one main heading"];
        var barriers = hasScript && (await IsNewAsync(tab) || isFirst) ? await Barriers(tab) : [];
        await tab.Page.SetViewportSizeAsync(EveryPageTests.Phone, 800);
        var width = await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        return [.. barriers.Select(b => $"{address}: {b}"), .. width > EveryPageTests.Phone ? [$"{address} is {width} px wide on a phone"] : Array.Empty<string>()];
    }

    private static async Task<bool> IsNewAsync(Tab tab) => Looked.TryAdd(await tab.Page.EvaluateAsync<string>(Content), 0);

    // Axe is a script itself: without any it never answers. The page is the same one.
    private static async Task<string[]> Barriers(Tab tab)
    {
        await tab.Page.EvaluateAsync(Axe.GetScript());
        return await tab.Page.EvaluateAsync<string[]>(EveryPageTests.Barriers, EveryPageTests.AllRules);
    }
}
