using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Host.Composition;
using ClientConnect.Testing;
using ClientConnect.Workflows.Notices;
using Deque.AxeCore.Commons;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>Every page, at a desk, in the dark and on a phone: WCAG 2.2 AA, no sideways scroll, a silent console.</summary>
public sealed class EveryPageTests(PortalInBrowser portal)
{
    internal const int Phone = 360;

    // Asked directly: the package's own call opens a page of its own for each question.
    internal const string Barriers = """
        only => axe.run(document, { runOnly: only, resultTypes: ['violations'] }).then(found => found.violations
            .filter(v => v.impact === 'serious' || v.impact === 'critical')
            .flatMap(v => v.nodes.map(n => `${v.impact} ${v.id}: ${n.target} ${n.html}\n  ${n.failureSummary}`)))
        """;

    private static readonly BundledAxeScriptProvider Axe = new();
    internal static readonly object AllRules = new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa" } };

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
    public async Task The_page_that_asks_for_a_code_is_for_everybody()
    {
        await using var tab = await GivesPassword(Cast.B09003.Maker2);
        await tab.IsAt("/sign-in/totp");

        await LooksRight(tab, "The authenticator's code");
        tab.HeardNoComplaint();
    }

    [Fact]
    public async Task The_page_that_sets_an_authenticator_up_is_for_everybody()
    {
        var account = Cast.C09001.DelegatedAdministrator;
        await portal.Database.OwnerRunsAsync("UPDATE access.user_account SET totp_secret = NULL WHERE email = $1", account.Email);
        await using var tab = await GivesPassword(account);
        await tab.IsAt("/account/totp");

        await LooksRight(tab, "Setting up an authenticator");
        tab.HeardNoComplaint();
    }

    [Fact]
    public async Task A_mail_of_development_is_for_everybody()
    {
        await portal.Situations;
        await portal.Host.Services.GetRequiredService<SendDueNotices>().RunAsync(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        await using var tab = await portal.OpensAsStranger();
        await tab.Opens("/dev/mail");
        await tab.Follows("SET1-");

        await LooksRight(tab, "A mail");
        await tab.Follows("Open the HTML part");
        await tab.IsAt("/html$");
        tab.HeardNoComplaint();
    }

    [Fact]
    public void Every_address_that_answers_a_get_is_looked_at()
    {
        var mapped = RouteTable.Of(portal.Host.Services).Where(r => r.Verb is "GET" or "*").Select(r => r.Pattern)
            .Where(route => !route.StartsWith("/api", StringComparison.Ordinal) && !route.StartsWith("/openapi", StringComparison.Ordinal) && !route.StartsWith("/elsa", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

        var known = SeenPages.All.Select(p => p.Route).Concat(SeenPages.ReachedByActing).Concat(SeenPages.NoPages.Keys).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(known.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    private async Task<Tab> GivesPassword(Account account)
    {
        var secrets = portal.SecretsOf(account);
        var tab = await portal.OpensAsStranger();
        await tab.Opens("/sign-in");
        await tab.Types("Email address", secrets.Email);
        await tab.Types("Password", secrets.Password);
        await tab.Presses("Sign in");
        return tab;
    }

    // Colours are all that differs in the dark.
    internal static async Task LooksRight(Tab tab, string name)
    {
        await tab.Page.EvaluateAsync(Axe.GetScript());
        await tab.Shows($"{name} at a desk");
        await HasNoBarrier(tab, name, "at a desk", AllRules);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await HasNoBarrier(tab, name, "in the dark", new { type = "rule", values = new[] { "color-contrast" } });
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await tab.Page.SetViewportSizeAsync(Phone, 800);
        await tab.Shows($"{name} on a phone");
        await HasNoBarrier(tab, name, "on a phone", AllRules);
        var width = await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= Phone, $"'{name}' is {width} px wide on a phone of {Phone}.");
    }

    private static async Task HasNoBarrier(Tab tab, string name, string how, object rules)
    {
        var barriers = await tab.Page.EvaluateAsync<string[]>(Barriers, rules);
        Assert.True(barriers.Length == 0, $"'{name}' {how}:\n{string.Join('\n', barriers)}");
    }
}
