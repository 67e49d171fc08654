using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>Two minutes before a session ends: the draft is saved first, then the warning, and one click stays. The browser's clock is wound on.</summary>
public sealed class SessionTests(PortalInBrowser portal)
{
    private const string Remarks = "Remarks (optional)";

    [Fact]
    public async Task What_was_typed_last_is_saved_before_the_warning_and_one_click_stays()
    {
        await using var maker = await OpensForm();
        var ends = int.Parse((await maker.Page.Locator("meta[name=session-ends-in]").GetAttributeAsync("content"))!, System.Globalization.CultureInfo.InvariantCulture);
        var warning = maker.Page.Locator("#session-warning");
        var opened = DateTimeOffset.FromUnixTimeMilliseconds((long)await maker.Page.EvaluateAsync<double>("Date.now()"));
        await maker.Page.Clock.PauseAtAsync(opened.AddSeconds(ends - 125).UtcDateTime);
        await Expect(warning).ToBeHiddenAsync();
        await maker.Page.GetByLabel(Remarks).FillAsync("Typed at the last moment.");

        var saved = maker.Page.WaitForResponseAsync(response => response.Request.PostData?.Contains("autosave", StringComparison.Ordinal) == true);
        await Ticks(maker, until: warning);
        // On a slow machine two quiet seconds can pass between two keys: that save keeps the session, and the warning is due later.
        for (var later = 0; later < 3 && !await warning.IsVisibleAsync(); later++)
        {
            await maker.Page.Clock.FastForwardAsync((ends - 125) * 1_000L);
            await maker.Page.GetByLabel(Remarks).FillAsync("Typed at the last moment.");
            await Ticks(maker, until: warning);
        }

        Assert.Equal(200, (await saved).Status);
        await Expect(warning).ToBeVisibleAsync();
        await maker.Presses("Stay signed in");
        await Expect(warning).ToBeHiddenAsync();
        await maker.Page.ReloadAsync();
        await Expect(maker.Page.GetByLabel(Remarks)).ToHaveValueAsync("Typed at the last moment.");
        maker.HeardNoComplaint();
    }

    // A second at a time, until the warning is due: how long opening took is the machine's business.
    private static async Task Ticks(Tab maker, ILocator until)
    {
        for (var second = 0; second < 30 && !await until.IsVisibleAsync(); second++)
        {
            await maker.Page.Clock.RunForAsync(1_000);
            await maker.Page.GetByLabel(Remarks).PressSequentiallyAsync(" ");
        }

        await maker.Page.Clock.ResumeAsync();
    }

    [Fact]
    public async Task Whoever_stays_is_warned_again()
    {
        await using var maker = await OpensForm();
        var warning = maker.Page.Locator("#session-warning");
        for (var time = 0; time < 2; time++)
        {
            await maker.Page.Clock.FastForwardAsync("30:00");
            await Expect(warning.GetByRole(AriaRole.Button)).ToBeFocusedAsync();
            await maker.Presses("Stay signed in");
            await Expect(warning).ToBeHiddenAsync();
        }

        maker.HeardNoComplaint();
    }

    private async Task<Tab> OpensForm()
    {
        var person = await portal.Host.As(Cast.Maker);
        var draft = await Situations.Draft(person, Situations.Only(await person.SampleOf(PortalInBrowser.Exemption), 0));
        var tab = await portal.OpensAs(Cast.Maker);
        await tab.Page.Clock.InstallAsync();
        await tab.Opens($"/requests/{draft}/form");
        return tab;
    }
}
