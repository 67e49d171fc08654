using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>
/// One request's way from the catalogue to the register, by buttons and links. With and without script it is the same way;
/// what script spares is one press of "Update the form".
/// </summary>
/// <param name="firstPosition">Which of the firm's open positions to ask for, that one and the next: each journey has its own.</param>
internal sealed class Journey(PortalInBrowser portal, Window window, int firstPosition)
{
    private const string Lines = ".cc-card";

    /// <summary>The request's number, once it is sent.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The maker finds the eService, picks two positions and fills the form in; the answers stand to be checked.</summary>
    public async Task Fills(Tab maker)
    {
        await maker.Follows("eServices");
        await maker.Follows("Application for exemption of buy-in");
        await maker.Presses("Start now");
        await maker.IsAt("/requests/[^/]+/form");

        var positions = maker.Page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("^Pick P") });
        await positions.Nth(firstPosition).CheckAsync();
        await positions.Nth(firstPosition + 1).CheckAsync();
        await maker.Presses("Add the picked ones as lines");
        await Expect(maker.Page.Locator(Lines)).ToHaveCountAsync(2);

        var delivery = (string)(await (await portal.Host.As(Cast.Maker)).SampleOf(PortalInBrowser.Exemption))["lines"]![0]!["expectedDeliveryDate"]!;
        for (var line = 0; line < 2; line++)
        {
            await FillsLine(maker, line, delivery);
        }

        await maker.Types("Phone", "2345 6789");
        await maker.Page.GetByLabel("We declare that").CheckAsync();
        if (window.HasScript) await Expect(maker.Page.Locator("#saved")).ToContainTextAsync("Saved at");
        await maker.Presses("Continue to check your answers");
        await Expect(maker.Heading).ToHaveTextAsync("Check your answers");
    }

    public async Task SendsToChecker(Tab maker)
    {
        await maker.Presses("Send to your checker");
        await maker.Sees("Sent to your checker.");
        Number = (await maker.Heading.InnerTextAsync()).Trim();
        Assert.StartsWith("SET1-", Number, StringComparison.Ordinal);
    }

    public async Task SendsToClearingHouse(Tab checker)
    {
        await checker.OpensTask(Number);
        await checker.Presses("Send to the clearing house");
        await checker.Sees("Your decision is recorded.");
    }

    /// <summary>The reviewer grants a part of the first line and refuses the second.</summary>
    public async Task ProposesLineByLine(Tab reviewer)
    {
        await reviewer.Claims(Number);
        var first = reviewer.Page.GetByRole(AriaRole.Group, new() { Name = "Decision on Line 1" });
        await first.GetByLabel("Approve").CheckAsync();
        await first.GetByLabel("Exempted quantity").FillAsync("100");
        var second = reviewer.Page.GetByRole(AriaRole.Group, new() { Name = "Decision on Line 2" });
        await second.GetByLabel("Reject").CheckAsync();
        await second.GetByLabel("Evidence is missing or incomplete").CheckAsync();
        await reviewer.Presses("Propose this outcome");
        await reviewer.Sees("your proposal is with the second reviewer.");
    }

    public async Task Confirms(Tab approver)
    {
        await approver.Claims(Number);
        await approver.Sees("Exempted quantity: 100");
        await approver.Presses("Confirm as proposed");
        await approver.Sees("is decided as proposed; everybody concerned is told.");
    }

    public async Task SeesTheOutcome(Tab maker)
    {
        await maker.Follows("Requests");
        await maker.Follows(Number);
        await maker.Sees("Partially approved");
        await Expect(maker.Page.Locator(Lines).Nth(0)).ToContainTextAsync("Exempted quantity: 100");
        await Expect(maker.Page.Locator(Lines).Nth(1)).ToContainTextAsync("Evidence is missing or incomplete");
        await Expect(maker.Page.Locator(".cc-timeline > li")).ToHaveCountAsync(5);
    }

    private async Task FillsLine(Tab maker, int number, string delivery)
    {
        var line = maker.Page.Locator(Lines).Nth(number);
        await line.GetByLabel("Reason", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Receipt of the same security is pending" });
        if (!window.HasScript) await maker.Presses("Update the form");
        await line.GetByLabel("Counterparty's participant ID").FillAsync("C09001");
        await line.GetByLabel("Instruction number").FillAsync($"SI2026{firstPosition:000}{number}");
        await line.GetByLabel("Expected delivery").FillAsync(delivery);
    }
}
