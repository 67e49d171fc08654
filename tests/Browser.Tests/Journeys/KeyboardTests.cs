using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>The checker's work without a mouse: Tab, Enter and Space, and the focus can always be seen.</summary>
public sealed class KeyboardTests(PortalInBrowser portal)
{
    private const int MostStops = 80;

    [Fact]
    public async Task A_checker_sends_a_request_by_keyboard_alone()
    {
        await using var checker = await OpensTask("P00KEYS01");
        await checker.Page.Keyboard.PressAsync("Tab");
        await Expect(checker.Page.GetByText("Skip to the content")).ToBeFocusedAsync();
        await checker.Page.Keyboard.PressAsync("Enter");
        await TabsTo(checker, "Send to the clearing house");

        await checker.Page.Keyboard.PressAsync("Space");

        await checker.Sees("Your decision is recorded.");
        checker.HeardNoComplaint();
    }

    [Fact]
    public async Task A_checker_who_returns_without_a_reason_is_led_to_it_by_keyboard()
    {
        await using var checker = await OpensTask("P00KEYS02");
        await TabsTo(checker, "Return to the maker");
        await checker.Page.Keyboard.PressAsync("Enter");

        await Expect(checker.ErrorSummary).ToBeFocusedAsync();
        await checker.Page.Keyboard.PressAsync("Tab");
        await checker.Page.Keyboard.PressAsync("Enter");
        await Expect(checker.Page.Locator("textarea[name=reason]")).ToBeFocusedAsync();
        await checker.Page.Keyboard.TypeAsync("The quantity is not what we agreed.");
        await TabsTo(checker, "Return to the maker");
        await checker.Page.Keyboard.PressAsync("Space");

        await checker.Sees("Your decision is recorded.");
        await checker.Sees("The quantity is not what we agreed.");
        checker.HeardNoComplaint();
    }

    private async Task<Tab> OpensTask(string position)
    {
        var maker = await portal.Host.As(Cast.Maker);
        var answers = Situations.Only(await maker.SampleOf(PortalInBrowser.Exemption), 0);
        answers["lines"]![0]!["positionNo"] = position;
        var request = await maker.Sends(PortalInBrowser.Exemption, answers);
        var task = await (await portal.Host.As(Cast.Checker)).TaskOf(request);
        var tab = await portal.OpensAs(Cast.Checker);
        await tab.Opens($"/tasks/{task}");
        return tab;
    }

    private static async Task TabsTo(Tab tab, string button)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            var focused = await tab.Page.EvaluateAsync<Focused>(LookAtFocus);
            Assert.True(focused.IsVisible, $"The focus can't be seen on '{focused.Words}'.");
            if (focused.Words == button) return;
        }

        Assert.Fail($"'{button}' was not reached within {MostStops} stops.");
    }

    // Seen: within the window, not below something else, and marked by an outline or a ring.
    private const string LookAtFocus = """
        () => {
            const on = document.activeElement;
            const box = on.getBoundingClientRect();
            const style = getComputedStyle(on);
            const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
            const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
            const top = document.elementFromPoint(x, y);
            const open = box.width > 0 && box.bottom > 0 && box.top < innerHeight && !!top && (on.contains(top) || top.contains(on));
            return { words: (on.innerText || on.getAttribute('aria-label') || on.id || on.tagName).trim(), isVisible: marked && open };
        }
        """;

    private sealed record Focused(string Words, bool IsVisible)
    {
        public Focused()
            : this("", false)
        {
        }
    }
}
