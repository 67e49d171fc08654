using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>A smartcard is lost: disabled before anybody checks, then confirmed, and a new one is made and handed over.</summary>
public sealed class SmartcardJourneyTests(PortalInBrowser portal)
{
    [Fact]
    public Task A_lost_card_is_disabled_at_once_and_replaced() => Walks(new Window(), "101", "000000000231");

    [Fact]
    public Task The_same_journey_needs_no_script_and_little_room() => Walks(new Window(360, 800) { HasScript = false, IsDark = true }, "102", "000000000232");

    private async Task Walks(Window window, string lost, string made)
    {
        var name = window.HasScript ? "card-desk" : "card-phone";
        await using var maker = await portal.OpensAs(Cast.Maker, window);
        await Reports(maker, window, lost, name);
        await maker.Shows($"{name}-sent");
        var number = (await maker.Heading.InnerTextAsync()).Trim();
        Assert.Equal("DISABLED", await StateOf(lost));

        await using var checker = await portal.OpensAs(Cast.Checker, window);
        await checker.OpensTask(number);
        await checker.Presses("Send to the clearing house");
        await using var reviewer = await portal.OpensAs(Cast.Reviewer, window);
        await reviewer.Claims(number);
        await reviewer.Shows($"{name}-review");
        await reviewer.Presses("Propose to approve");
        await using var approver = await portal.OpensAs(Cast.Approver, window);
        await approver.Claims(number);
        await approver.Presses("Confirm as proposed");

        await Delivers(reviewer, number, made, name);
        await maker.Opens("/requests");
        await maker.Follows(number);
        await maker.Sees("Completed");
        await maker.Shows($"{name}-completed");
        Assert.Equal("ACTIVE", await StateOf(made));
        foreach (var tab in new[] { maker, checker, reviewer, approver }) tab.HeardNoComplaint();
    }

    private static async Task Reports(Tab maker, Window window, string card, string name)
    {
        async Task Asks(ILocator choice)
        {
            if (window.HasScript) await maker.Page.RunAndWaitForResponseAsync(() => choice.CheckAsync(), answer => answer.Request.Method == "POST" && answer.Url.Contains("/form", StringComparison.Ordinal));
            else await choice.CheckAsync();
            if (!window.HasScript) await maker.Presses("Update the form");
        }

        await maker.Opens("/catalogue/scard-1-smartcards");
        await maker.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^HKSCC ") }).CheckAsync();
        await maker.Presses("Start now");
        await Asks(maker.Page.GetByLabel("Report a lost card"));
        await maker.Types("Smartcard reference number", card);
        await maker.Types("Last holder", "Lee Ho Yin");
        await maker.Types("At about", "00:05");
        await maker.Types("Where and how", "Left in a taxi.");
        await maker.Types("Name of who collects or receives them", "Lee Ho Yin");
        await maker.Types("Phone", "2345 6789");
        await maker.Page.GetByLabel("We declare that").CheckAsync();
        await maker.Shows($"{name}-form");
        await maker.Presses("Continue to check your answers");
        await Expect(maker.Heading).ToHaveTextAsync("Check your answers");
        await maker.Shows($"{name}-check");
        await maker.Presses("Send to your checker");
        await maker.Sees("Sent to your checker.");
    }

    // The number of a card that somebody has already is refused, and what was typed stays.
    private static async Task Delivers(Tab reviewer, string number, string made, string name)
    {
        await reviewer.Claims(number);
        var card = reviewer.Page.GetByLabel("Smartcard reference number");
        await card.FillAsync("000000000103");
        await reviewer.Presses("Report it as done");
        await Expect(reviewer.ErrorSummary).ToBeVisibleAsync();
        await reviewer.Shows($"{name}-number-taken");
        await card.FillAsync(made);
        await reviewer.Presses("Report it as done");
        await reviewer.Sees("is recorded");
    }

    private async Task<string?> StateOf(string card) => await portal.Database.ValueAsync<string>(
        "SELECT values->>'state' FROM register.entry WHERE kind = 'smartcard' AND key = $1 AND membership_id = 'hkscc-b09001' AND valid_to IS NULL", card.PadLeft(12, '0'));
}
