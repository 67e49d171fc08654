using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using OtpNet;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>A request from the catalogue to the register, by four people in four browsers.</summary>
public sealed class WholeJourneyTests(PortalInBrowser portal)
{
    [Fact]
    public async Task A_request_goes_from_the_catalogue_to_the_register()
    {
        var window = new Window();
        await using var maker = await portal.OpensAsStranger(window);
        await SignsInAsInLife(maker, Cast.Maker);
        await Walks(window, maker, firstPosition: 40);
    }

    [Fact]
    public async Task The_same_journey_needs_no_script()
    {
        var window = Window.WithoutScript;
        await using var maker = await portal.OpensAsStranger(window);
        await maker.Opens("/dev");
        await maker.Page.Locator("tr").Filter(new() { HasText = Cast.Maker.Email }).GetByText("Sign in").ClickAsync();
        await Walks(window, maker, firstPosition: 50);
    }

    private async Task Walks(Window window, Tab maker, int firstPosition)
    {
        var journey = new Journey(portal, window, firstPosition);
        await journey.Fills(maker);
        await journey.SendsToChecker(maker);

        await using var checker = await portal.OpensAs(Cast.Checker, window);
        await journey.SendsToClearingHouse(checker);
        await using var reviewer = await portal.OpensAs(Cast.Reviewer, window);
        await journey.ProposesLineByLine(reviewer);
        await using var approver = await portal.OpensAs(Cast.Approver, window);
        await journey.Confirms(approver);

        await journey.SeesTheOutcome(maker);
        foreach (var tab in new[] { maker, checker, reviewer, approver }) tab.HeardNoComplaint();
    }

    private async Task SignsInAsInLife(Tab tab, Account account)
    {
        var secrets = portal.SecretsOf(account);
        await tab.Opens("/");
        await tab.Types("Email address", secrets.Email);
        await tab.Types("Password", secrets.Password);
        await tab.Presses("Sign in");
        await tab.Types("Code", new Totp(Base32Encoding.ToBytes(secrets.TotpSecret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime));
        await tab.Presses("Continue");
        await tab.Sees(secrets.Name);
    }
}
