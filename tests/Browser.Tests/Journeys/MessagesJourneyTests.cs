using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>A maker asks on the request's page, the reviewer answers on the task's, both with a file; with and without script.</summary>
public sealed class MessagesJourneyTests(PortalInBrowser portal)
{
    private const string Readers = "scard-3-smartcard-readers";

    [Fact]
    public Task A_question_is_asked_answered_and_read() => Walks(new Window(), "desk");

    [Fact]
    public Task The_same_conversation_needs_no_script_and_little_room() => Walks(new Window(360, 800) { HasScript = false, IsDark = true }, "phone");

    private async Task Walks(Window window, string name)
    {
        var (request, number) = await SubmittedAsync();
        await using var maker = await portal.OpensAs(Cast.Maker, window);
        await maker.Opens($"/requests/{request}");
        await maker.Presses("Send message");
        await Expect(maker.ErrorSummary).ToBeVisibleAsync();
        await Writes(maker, "To which address do the readers go?", "address.csv");
        await maker.Shows($"{name}-messages-maker");

        await using var reviewer = await portal.OpensAs(Cast.Reviewer, window);
        await reviewer.Opens("/inbox?q=" + number);
        var row = reviewer.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = number });
        await Expect(row).ToContainTextAsync("New messages: 1");
        await reviewer.Shows($"{name}-messages-inbox");
        await row.GetByRole(AriaRole.Button, new() { Name = "Claim" }).ClickAsync();
        await reviewer.Sees("The task is yours.");
        await Expect(Box(reviewer)).ToContainTextAsync("1 new");
        await Expect(Box(reviewer)).ToContainTextAsync("To which address do the readers go?");
        await Writes(reviewer, "To the one in the register.", "form.csv");
        await Expect(reviewer.Field("New message")).ToHaveValueAsync("");
        await Expect(Box(reviewer)).ToContainTextAsync("form.csv");
        await reviewer.Shows($"{name}-messages-reviewer");

        await maker.Opens("/requests");
        await maker.Sees("New messages: 1");
        await maker.Shows($"{name}-messages-list");
        await maker.Follows(number);
        await Expect(Box(maker)).ToContainTextAsync("To the one in the register.");
        await Expect(Box(maker)).ToContainTextAsync("1 new");
        await maker.Page.ReloadAsync();
        await Expect(Box(maker)).Not.ToContainTextAsync("1 new");
        foreach (var tab in new[] { maker, reviewer }) tab.HeardNoComplaint();
    }

    private static ILocator Box(Tab tab) => tab.Page.Locator("#messages");

    private static async Task Writes(Tab tab, string text, string file)
    {
        await tab.Types("New message", text);
        await tab.Field("Files to go with it (optional)").SetInputFilesAsync(new FilePayload { Name = file, MimeType = "text/csv", Buffer = "a,b\n1,2\n"u8.ToArray() });
        await tab.Presses("Send message");
        await tab.Sees("The message is sent.");
    }

    private async Task<(string Request, string Number)> SubmittedAsync()
    {
        var (maker, checker) = (await portal.Host.As(Cast.Maker), await portal.Host.As(Cast.Checker));
        var request = await maker.Sends(Readers);
        (await checker.Approves(request)).Accepted();
        return (request, (await maker.SeesRequest(request)).Json["number"]!.GetValue<string>());
    }
}
