using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Host.Demonstration;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(PortalInBrowser))]

namespace ClientConnect.Browser.Tests.Testing;

/// <summary>
/// One seeded portal and one browser for all tests of this project. Each test works on requests of its own, so they may run
/// side by side; the clock stands at ten in the morning of a settlement day and no test moves it.
/// </summary>
public sealed class PortalInBrowser : IAsyncLifetime
{
    public const string Exemption = "set-1-buy-in-exemption";
    public const string Enrolment = "event-id-enrolment";

    // Milliseconds; nobody waits this long but on a machine that builds something else beside.
    private const int Patience = 15_000;

    private readonly DemonstrationDatabase database = new();
    private readonly DirectoryInfo mails = Directory.CreateTempSubdirectory("client-connect-mail-");
    private readonly Lazy<Task<Situations>> situations;
    private PortalHost? host;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public PortalInBrowser() => situations = new(() => Testing.Situations.MakeAsync(this));

    public PortalHost Host => host!;

    public DemonstrationDatabase Database => database;

    /// <summary>Requests in every state that a page looks different in.</summary>
    public Task<Situations> Situations => situations.Value;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        var launching = LaunchAsync();
        host = await PortalHost.StartAsync(database, new Dictionary<string, string> { ["Mail__Folder"] = mails.FullName });
        await host.ClockMovesTo("next-settlement-day");
        await launching;
    }

    /// <summary>A browser window of somebody who is signed in, as by one click on <c>/dev</c>.</summary>
    public async Task<Tab> OpensAs(Account account, Window? window = null)
    {
        var tab = await OpensAsStranger(window);
        var session = (await Host.NewSessionAsync(account)).Cookies.GetCookies(Host.Address);
        await tab.Page.Context.AddCookiesAsync(session.Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = Host.Address.ToString() }));
        return tab;
    }

    /// <summary>A browser window of somebody who has not signed in.</summary>
    public async Task<Tab> OpensAsStranger(Window? window = null)
    {
        var seen = window ?? new Window();
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = Host.Address.ToString(),
            JavaScriptEnabled = seen.HasScript,
            ColorScheme = seen.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = seen.Width, Height = seen.Height },
            Locale = "en-HK",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        return new Tab(await context.NewPageAsync());
    }

    /// <summary>The account's password and authenticator, for signing in as in life.</summary>
    public DemonstrationAccount SecretsOf(Account account) =>
        Host.Services.GetRequiredService<DemonstrationMarket>().Accounts.Single(a => a.Email == account.Email);

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (host is not null) await host.DisposeAsync();
        await database.DisposeAsync();
        mails.Delete(recursive: true);
    }

    private async Task LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.StartAsync(playwright);
    }
}

/// <summary>How a window looks at the portal.</summary>
public sealed record Window(int Width = 1280, int Height = 900)
{
    public bool HasScript { get; init; } = true;

    public bool IsDark { get; init; }

    public static readonly Window WithoutScript = new() { HasScript = false };
}
