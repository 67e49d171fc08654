using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Testing;

/// <summary>
/// One person's browser window, used as a person would: by the words on buttons, links and labels. It remembers what the
/// browser complained about.
/// </summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly List<string> complaints = [];

    internal Tab(IPage page)
    {
        Page = page;
        page.Console += (_, said) =>
        {
            if (said.Type is "error" or "warning" && !IsAboutAnAnswer(said.Text)) complaints.Add($"{page.Url}: {said.Text}");
        };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 500 || (response.Status >= 400 && !IsPage(response.Request))) complaints.Add($"{response.Url} answered {response.Status}");
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of the console and of scripts, and everything that the content security policy stopped.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public ILocator Heading => Page.Locator("h1");

    /// <summary>"There is a problem": what the page says that is wrong.</summary>
    public ILocator ErrorSummary => Page.Locator("#error-summary");

    public async Task Opens(string path) => await Page.GotoAsync(path);

    public async Task Presses(string button) => await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public async Task Follows(string link) => await Page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true });

    public async Task Types(string label, string value) => await Field(label).FillAsync(value);

    public async Task Chooses(string label, string option) => await Field(label).SelectOptionAsync(new SelectOptionValue { Label = option });

    public async Task Ticks(string label) => await Field(label).CheckAsync();

    /// <summary>The line of a table that speaks of something: of a request, by its number.</summary>
    public ILocator Row(string about) => Page.GetByRole(AriaRole.Row).Filter(new() { HasText = about });

    /// <summary>Opens the request's task from the inbox.</summary>
    public async Task OpensTask(string number)
    {
        await Opens("/inbox");
        await Row(number).GetByRole(AriaRole.Link).First.ClickAsync();
    }

    /// <summary>Claims the request's task in the inbox, which opens it.</summary>
    public async Task Claims(string number)
    {
        await Opens("/inbox");
        await Row(number).GetByRole(AriaRole.Button, new() { Name = "Claim" }).ClickAsync();
        await Sees("The task is yours.");
    }

    public async Task Sees(string words)
    {
        try
        {
            await Expect(Page.GetByText(words).First).ToBeVisibleAsync();
        }
        catch (PlaywrightException)
        {
            Assert.Fail($"{Page.Url} does not say \"{words}\" but:\n{await Page.Locator("main").InnerTextAsync()}");
        }
    }

    public async Task IsAt(string pattern) => await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(pattern));

    /// <summary>Leaves a picture for a person to look at, in <c>.data/screens</c>; only where <c>SCREENS</c> is set.</summary>
    public async Task Shows(string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENS") is null) return;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Scratch("screens"), name + ".png"), FullPage = true });
    }

    /// <summary>To be said at a test's end: nothing in the console, no script that failed, nothing that the policy stopped.</summary>
    public void HeardNoComplaint() => Assert.Empty(complaints);

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    // The browser also reports each 4xx in its console, with no word about which it was; Response knows.
    private static bool IsAboutAnAnswer(string text) => text.StartsWith("Failed to load resource", StringComparison.Ordinal);

    // A form that comes back with faults and a page that is not there are answers for people.
    private static bool IsPage(IRequest request) => request.ResourceType is "document" or "xhr" or "fetch";
}
