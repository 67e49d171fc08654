using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>Copied in a spreadsheet, pasted into the form: with script the rows are lines at once.</summary>
public sealed class PastingTests(PortalInBrowser portal)
{
    private const string Rows = "PASTEDSC1\t99003\t1,500\nPASTEDSC2\t99003\t12,000";

    [Fact]
    public async Task Pasting_into_the_box_adds_the_lines()
    {
        await using var maker = await OpensBlankForm();

        await maker.Page.Locator("[data-paste]").EvaluateAsync(
            """
            (box, rows) => {
                const clipboard = new DataTransfer();
                clipboard.setData('text/plain', rows);
                box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true }));
                box.value = rows;
            }
            """,
            Rows);

        await Expect(maker.Page.Locator(".cc-card")).ToHaveCountAsync(2);
        await maker.Sees("PASTEDSC2");
        await Expect(maker.Page.Locator("#f-lineCount")).ToHaveTextAsync("2");
        await Expect(maker.Page.Locator("#f-totalQuantity")).ToHaveTextAsync("13,500 shares");
        maker.HeardNoComplaint();
    }

    [Fact]
    public async Task The_list_to_pick_from_narrows_while_one_types_and_what_is_ticked_stays()
    {
        await using var maker = await OpensBlankForm();
        // What other tests have asked for meanwhile is listed, but can't be ticked.
        var free = maker.Page.Locator("[data-pick] tbody tr:has(input:enabled)");
        await free.First.Locator("input").CheckAsync();
        var ticked = await free.First.Locator("td").Nth(1).InnerTextAsync();
        var sought = await free.Nth(5).Locator("td").Nth(1).InnerTextAsync();

        await maker.Page.Locator("[data-find]").FillAsync(sought);

        await Expect(maker.Page.Locator("[data-pick] tbody tr:visible")).ToHaveCountAsync(2);
        await Expect(maker.Page.Locator("[data-pick]")).ToContainTextAsync(ticked);
        maker.HeardNoComplaint();
    }

    private async Task<Tab> OpensBlankForm()
    {
        var draft = await Situations.Draft(await portal.Host.As(Cast.Maker), null);
        var tab = await portal.OpensAs(Cast.Maker);
        await tab.Opens($"/requests/{draft}/form");
        if (await tab.Page.Locator(".cc-paste:not([open])").CountAsync() > 0) await tab.Page.GetByText("Paste rows from a spreadsheet").ClickAsync();
        return tab;
    }
}
