using System.Text;
using System.Text.RegularExpressions;
using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>A file goes to the clearing house and another comes back, by three people in three browsers, with and without script.</summary>
public sealed class FileExchangeTests(PortalInBrowser portal)
{
    [Fact]
    public Task A_file_is_submitted_and_accepted_and_another_is_published_and_downloaded() => Exchanges(new Window(), 1);

    [Fact]
    public Task The_same_exchange_needs_no_script() => Exchanges(Window.WithoutScript, 2);

    private async Task Exchanges(Window window, int number)
    {
        await using var maker = await portal.OpensAs(Cast.Maker, window);
        await Fills(maker, number);
        await maker.Presses("Send to your checker");
        var request = (await maker.Heading.InnerTextAsync()).Trim();
        await using var checker = await portal.OpensAs(Cast.Checker, window);
        await checker.OpensTask(request);
        await checker.Presses("Send to the clearing house");
        await using var reviewer = await portal.OpensAs(Cast.Reviewer, window);
        await Accepts(reviewer, request);
        await maker.Follows("Requests");
        await maker.Follows(request);
        await maker.Sees("Completed");
        await maker.Sees("SHA-256");
        await maker.Shows("UD tracker");

        await Publishes(reviewer, number);
        await Downloads(maker, number);
        foreach (var tab in new[] { maker, checker, reviewer }) tab.HeardNoComplaint();
    }

    // With a wrong total first: the fault names the line, and what was typed stays.
    private static async Task Fills(Tab maker, int number)
    {
        await maker.Opens("/catalogue/" + Publishing.EService);
        await maker.Presses("Start now");
        await maker.Page.GetByLabel("CCASS sub-account list").CheckAsync();
        await maker.Types("Business date", "2026-12-15");
        await maker.Types("Phone", "2345 6789");
        await Chooses(maker, number, "1501");
        await maker.Page.GetByLabel("We declare that").CheckAsync();
        await maker.Presses("Continue to check your answers");
        await maker.Sees("line 3: the trailer's total is 1501; the details come to 1500");
        await maker.Shows("UD fault");
        await maker.Follows("line 3");
        await maker.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Remove ") }).ClickAsync();
        await Chooses(maker, number, "1500");
        await maker.Presses("Continue to check your answers");
        await Expect(maker.Heading).ToHaveTextAsync("Check your answers");
        await maker.Shows("UD check");
    }

    private static Task Chooses(Tab maker, int number, string total) =>
        maker.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(File($"CCSUB_B09001_20261215_0{number}.csv", $"H,CCSUB,B09001,20261215\nD,0{number},1500\nT,1,{total}\n"));

    private static async Task Accepts(Tab reviewer, string request)
    {
        await reviewer.Claims(request);
        await reviewer.Sees("Your answer decides the request");
        await reviewer.Shows("UD review");
        await reviewer.Presses("Accept");
        await reviewer.Sees("is accepted; everybody concerned is told.");
    }

    private static async Task Publishes(Tab reviewer, int number)
    {
        await reviewer.Follows("Published files");
        await reviewer.Follows("Publish a file");
        await reviewer.Page.GetByLabel("Reports for you").CheckAsync();
        await reviewer.Page.GetByLabel("HKSCC B09001").CheckAsync();
        await reviewer.Page.Locator("#f-file").SetInputFilesAsync(File($"report-{number}.csv", $"account,amount\n0{number},1500\n"));
        await reviewer.Presses("Publish");
        await reviewer.Sees("The file is published.");
    }

    private static async Task Downloads(Tab maker, int number)
    {
        await maker.Follows("Downloads");
        var row = maker.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"report-{number}.csv" });
        var isNew = row.GetByText("New", new() { Exact = true });
        await Expect(isNew).ToBeVisibleAsync();
        var download = await maker.Page.RunAndWaitForDownloadAsync(() => row.GetByRole(AriaRole.Link).ClickAsync());
        Assert.Equal($"report-{number}.csv", download.SuggestedFilename);
        await maker.Opens("/downloads");
        await Expect(isNew).ToHaveCountAsync(0);
        await row.GetByRole(AriaRole.Checkbox).CheckAsync();
        var archive = await maker.Page.RunAndWaitForDownloadAsync(() => maker.Presses("Download the chosen files as one ZIP"));
        Assert.EndsWith(".zip", archive.SuggestedFilename, StringComparison.Ordinal);
    }


    private static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };
}
