using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>A buy-in of isolated trades from the catalogue to the approval, by five people of three houses; the seller answers on the way.</summary>
public sealed class CounterpartyJourneyTests(PortalInBrowser portal)
{
    private const string Service = "Buy-in for isolated trades";

    [Fact]
    public Task A_buy_in_is_asked_for_answered_by_the_seller_and_approved() => Walks(new Window(), "I00011001");

    [Fact]
    public Task The_same_journey_needs_no_script_and_little_room() => Walks(new Window(360, 800) { HasScript = false, IsDark = true }, "I00011002");

    private async Task Walks(Window window, string trade)
    {
        var name = window.HasScript ? "desk" : "phone";
        await using var maker = await portal.OpensAs(Cast.Maker, window);
        var number = await Asks(maker, window, trade, name);
        await using var checker = await portal.OpensAs(Cast.Checker, window);
        await checker.OpensTask(number);
        await checker.Presses("Send to the clearing house");
        await checker.Sees("Your decision is recorded.");

        await using var seller = await portal.OpensAs(Cast.B09002.Checker, window);
        await Answers(seller, number, name);

        await maker.Opens("/requests");
        await maker.Follows(number);
        await maker.Sees("Delivery instruction input");
        await maker.Sees("Counterparty, Nine Dragons Brokers Limited");
        await maker.Shows($"{name}-buyer");
        await using var reviewer = await portal.OpensAs(Cast.Reviewer, window);
        await reviewer.Claims(number);
        await reviewer.Sees("Queued behind another delivery.");
        await reviewer.Sees("read it above, then choose");
        await reviewer.Shows($"{name}-reviewer");
        await Expect(reviewer.Page.Locator("input[type=radio][name$='.outcome']:checked")).ToHaveCountAsync(0);
        await reviewer.Page.GetByRole(AriaRole.Group, new() { Name = "Decision on Line 1" }).GetByRole(AriaRole.Radio, new() { Name = "Approve" }).CheckAsync();
        await reviewer.Presses("Propose this outcome");
        await using var approver = await portal.OpensAs(Cast.Approver, window);
        await approver.Claims(number);
        await approver.Presses("Confirm as proposed");
        await approver.Sees("is decided as proposed");
        await seller.Opens("/notices");
        await seller.Follows($"{number}: a buy-in against you goes ahead");
        await seller.Sees("What it has answered is with the clearing house");
        await seller.Shows($"{name}-seller-over");

        await maker.Opens("/requests");
        await maker.Follows(number);
        await maker.Sees("Approved");
        foreach (var tab in new[] { maker, checker, seller, reviewer, approver }) tab.HeardNoComplaint();
    }

    private static async Task<string> Asks(Tab maker, Window window, string trade, string name)
    {
        await maker.Opens("/catalogue");
        await maker.Follows(Service);
        await maker.Presses("Start now");
        await maker.Types("Counterparty's participant ID", "B09002");
        if (!window.HasScript) await maker.Presses("Update the form");
        await maker.Page.GetByRole(AriaRole.Checkbox, new() { Name = $"Pick {trade}" }).CheckAsync();
        await maker.Presses("Add the picked ones as lines");
        await Expect(maker.Page.Locator(".cc-card")).ToHaveCountAsync(1);
        await maker.Page.GetByLabel("We have told the counterparty").CheckAsync();
        await maker.Types("At", "09:15");
        await maker.Page.GetByLabel("Phone", new() { Exact = true }).First.CheckAsync();
        await maker.Page.GetByLabel("No delivery instruction").CheckAsync();
        await maker.Page.GetByRole(AriaRole.Textbox, new() { Name = "Phone" }).FillAsync("2345 6789");
        await maker.Page.GetByLabel("We declare that").CheckAsync();
        await maker.Shows($"{name}-form");
        await maker.Presses("Continue to check your answers");
        await Expect(maker.Heading).ToHaveTextAsync("Check your answers");
        await maker.Presses("Send to your checker");
        await maker.Sees("Sent to your checker.");
        return (await maker.Heading.InnerTextAsync()).Trim();
    }

    // The first try leaves out when the instruction was input; what was said stays.
    private static async Task Answers(Tab seller, string number, string name)
    {
        await seller.Opens("/inbox");
        await seller.Shows($"{name}-seller-inbox");
        await seller.OpensTask(number);
        await Expect(seller.Heading).ToHaveTextAsync("Answer of the counterparty");
        await seller.Shows($"{name}-seller");
        await seller.Page.GetByLabel("Delivery instruction input").CheckAsync();
        await seller.Page.GetByLabel("Remark").FillAsync("Queued behind another delivery.");
        await seller.Presses("Send the answer");
        await Expect(seller.ErrorSummary).ToBeVisibleAsync();
        await seller.Shows($"{name}-seller-fault");
        await seller.Page.GetByLabel("Input at").FillAsync("11:20");
        await seller.Presses("Send the answer");
        await seller.Sees("your answer is recorded.");
        await seller.Opens("/notices");
        await seller.Shows($"{name}-seller-notices");
        await seller.Follows($"{number}: a buy-in is asked for against you");
        await seller.Sees("This task is closed already.");
        await seller.Shows($"{name}-seller-closed");
    }
}
