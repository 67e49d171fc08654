using ClientConnect.Browser.Tests.Testing;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>Every page, at a desk, in the dark and on a phone: WCAG 2.2 AA, no sideways scroll, a silent console.</summary>
public sealed class EveryPageTests(PortalInBrowser portal)
{
    private const int Phone = 360;

    public static TheoryData<string> Names => [.. SeenPages.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_is_for_everybody_at_every_width_and_in_the_dark(string name)
    {
        var page = SeenPages.All.Single(p => p.Name == name);
        var address = page.Address(await portal.Situations);
        await using var tab = page.Who is { } who ? await portal.OpensAs(who) : await portal.OpensAsStranger();

        await tab.Opens(address);

        await LooksRight(tab, name);
        tab.HeardNoComplaint();
    }

    [Fact]
    public void Every_address_that_answers_a_get_is_looked_at()
    {
        var mapped = portal.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true)
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/'))
            .Where(route => !route.StartsWith("/api", StringComparison.Ordinal) && !route.StartsWith("/openapi", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(mapped);
        Assert.Equal([], mapped.Except(SeenPages.All.Select(p => p.Route).Concat(SeenPages.NoPages.Keys)));
        Assert.Equal([], SeenPages.All.Select(p => p.Route).Concat(SeenPages.NoPages.Keys).Except(mapped));
    }

    private static async Task LooksRight(Tab tab, string name)
    {
        await HasNoBarrier(tab, "at a desk", new());
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await HasNoBarrier(tab, "in the dark", new() { RunOnly = RunOnlyOptions.Rules("color-contrast") });
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await tab.Page.SetViewportSizeAsync(Phone, 800);
        await HasNoBarrier(tab, "on a phone", new());
        var width = await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= Phone, $"'{name}' is {width} px wide on a phone of {Phone}.");
    }

    private static async Task HasNoBarrier(Tab tab, string how, AxeRunOptions options)
    {
        options.RunOnly ??= RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
        options.ResultTypes = [ResultType.Violations];
        var found = await tab.Page.RunAxe(options);
        var barriers = found.Violations.Where(v => v.Impact is "serious" or "critical")
            .SelectMany(v => v.Nodes.Select(n => $"{how}, {v.Impact}, {v.Id}: {n.Target} {n.Html} {string.Join(' ', n.Any.Select(a => a.Message))}"));
        Assert.Equal("", string.Join('\n', barriers));
    }
}
