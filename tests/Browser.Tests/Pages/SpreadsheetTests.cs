using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>Filled in with a spreadsheet, with and without script: what was read is seen, the good rows are taken in, the others wait.</summary>
public sealed class SpreadsheetTests(PortalInBrowser portal)
{
    private const string Title = "Fill in with a spreadsheet";

    [Fact]
    public Task With_script() => FillsIn(new Window(), 1);

    [Fact]
    public Task Without_script() => FillsIn(Window.WithoutScript, 2);

    [Fact]
    public async Task The_page_of_what_was_read_is_for_everybody()
    {
        await using var maker = await OpensBlankForm(new Window());
        await Chooses(maker, "P00SEEN01,99003,1500\nP00SEEN02,99003,many\n");

        await EveryPageTests.LooksRight(maker, "What a spreadsheet holds");
        maker.HeardNoComplaint();
    }

    private async Task FillsIn(Window window, int n)
    {
        await using var maker = await OpensBlankForm(window);
        await maker.Page.Locator("[data-sheet] summary").ClickAsync();
        var file = await maker.Page.RunAndWaitForDownloadAsync(() => maker.Follows("Download as CSV"));
        Assert.EndsWith(".csv", file.SuggestedFilename, StringComparison.Ordinal);
        await maker.Page.Locator("[data-sheet] summary").ClickAsync();

        await Chooses(maker, $"P00BROW{n}1,99003,1500\nP00BROW{n}2,99003,many\n");

        await maker.Sees("1 of 2 rows can be taken in.");
        await maker.Sees("Outstanding short quantity (C3)");
        var left = await maker.Page.RunAndWaitForDownloadAsync(() => maker.Presses("Download the rows to correct (XLSX)"));
        Assert.EndsWith(".xlsx", left.SuggestedFilename, StringComparison.Ordinal);
        await maker.Presses("Take this row in");

        await Expect(maker.Page.Locator(".cc-card")).ToHaveCountAsync(1);
        await maker.Sees($"P00BROW{n}1");
        await Expect(maker.Page.Locator("#f-paste-lines")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex($"P00BROW{n}2\t99003\tmany"));
        maker.HeardNoComplaint();
    }

    private static async Task Chooses(Tab maker, string rows)
    {
        if (await maker.Page.Locator("[data-sheet]:not([open])").CountAsync() > 0) await maker.Page.GetByText(Title).ClickAsync();
        var csv = "Settlement position number,Stock code,Outstanding short quantity\n" + rows;
        await maker.Page.Locator("#f-sheet-lines").SetInputFilesAsync(new FilePayload { Name = "lines.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(csv) });
        await maker.Presses("Look at this file");
        await Expect(maker.Heading).ToHaveTextAsync("What your spreadsheet holds");
    }

    private async Task<Tab> OpensBlankForm(Window window)
    {
        var draft = await Situations.Draft(await portal.Host.As(Cast.Maker), null);
        var tab = await portal.OpensAs(Cast.Maker, window);
        await tab.Opens($"/requests/{draft}/form");
        return tab;
    }
}
