using System.Text.RegularExpressions;
using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>A company changes its name: a maker, two checkers, reviewer and approver, and on its day the portal calls it so.</summary>
public sealed class CompanyNameJourneyTests(PortalInBrowser portal)
{
    private const string Before = "Lantau Harbour Securities Limited", After = "Kite Harbour Securities Limited";

    private static readonly FilePayload Paper = new() { Name = "certificate.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n%%EOF\n"u8.ToArray() };

    // The clock is moved, so that the portal is this test's own.
    [Fact]
    public async Task Two_checkers_agree_and_on_its_day_the_header_says_the_new_name()
    {
        await using var own = new PortalInBrowser();
        await own.InitializeAsync();
        await using var maker = await own.OpensAs(Cast.Maker);
        await Fills(maker, "name", hasScript: true);
        await Expect(maker.Page.Locator("header")).ToContainTextAsync(Before);
        await maker.Sees("2 different people of your firm must check it");
        await maker.Shows("name-check");
        await maker.Presses("Send to your checker");
        var number = (await maker.Heading.InnerTextAsync()).Trim();

        await using var checker = await own.OpensAs(Cast.Checker);
        await checker.OpensTask(number);
        await checker.Sees("2 different checkers have to agree, and you are not the last");
        await checker.Shows("name-first-checker");
        await checker.Presses("Agree");
        await checker.Sees("One checker has agreed. Another checker has to agree");
        await checker.Shows("name-one-agreed");
        await using var second = await own.OpensAs(Cast.B09001.Checker2);
        await second.OpensTask(number);
        await second.Sees("1 of 2 checkers have agreed.");
        await second.Shows("name-second-checker");
        await second.Presses("Send to the clearing house");

        await using var reviewer = await own.OpensAs(Cast.Reviewer);
        await reviewer.Claims(number);
        await reviewer.Shows("name-review");
        await reviewer.Presses("Propose to approve");
        await using var approver = await own.OpensAs(Cast.Approver);
        await approver.Claims(number);
        await Expect(approver.Page.Locator(".cc-proposal")).ToContainTextAsync("Approve");
        await approver.Presses("Confirm as proposed");
        await FollowsUp(reviewer, number);

        await own.Host.ClockMovesTo((await own.Database.ValueAsync<string>("SELECT answers->>'effectiveDate' || ' 00:01' FROM requests.service_request WHERE number = $1", number))!);
        await maker.Opens("/requests");
        await Expect(maker.Page.Locator("header")).ToContainTextAsync(After);
        await maker.Follows(number);
        await maker.Sees("Completed");
        await maker.Sees($"formerly {Before}");
        await maker.Sees("New mandates are with the bank.");
        await maker.Sees("Being worked on");
        await Expect(maker.Page.Locator(".cc-stands")).ToContainTextAsync("The clearing house's reviewers");
        await maker.Shows("name-completed");
        await reviewer.Opens("/inbox");
        await Expect(reviewer.Row(number).First).ToContainTextAsync(After);
        await reviewer.Opens("/register/company-name?membership=hkscc-b09001");
        await reviewer.Page.Locator("main table a").First.ClickAsync();
        await reviewer.Sees("Clearing house second reviewer");
        foreach (var tab in new[] { maker, checker, second, reviewer, approver }) tab.HeardNoComplaint();
    }

    [Fact]
    public async Task The_form_needs_no_script_and_little_room_and_points_to_where_contacts_are_changed()
    {
        await using var maker = await portal.OpensAs(Cast.B09003.Maker, new Window(360, 800) { HasScript = false, IsDark = true });
        await Fills(maker, "name-phone", hasScript: false, contactsStay: false);
        Assert.True(await maker.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"), "The page is wider than the phone.");
        await maker.Follows("AC 13 Company particulars and contact persons");
        await maker.IsAt("/catalogue/ac-13-company-particulars");
        maker.HeardNoComplaint();
    }

    private static async Task Fills(Tab maker, string name, bool hasScript, bool contactsStay = true)
    {
        await maker.Opens("/catalogue/ac-9-company-name");
        await maker.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^HKSCC ") }).CheckAsync();
        await maker.Presses("Start now");
        foreach (var membership in await maker.Page.GetByRole(AriaRole.Group, new() { Name = "For which memberships" }).GetByRole(AriaRole.Checkbox).AllAsync()) await Expect(membership).ToBeCheckedAsync();
        await maker.Types("New name in English", After);
        await maker.Types("New name in Chinese (optional)", "風箏海港證券有限公司");
        await maker.Types("Business registration number", "12345678");
        await maker.Types("Legally effective on", "2026-11-20");
        foreach (var item in new[] { "Bank mandates", "Billing" }) await Asks(maker, hasScript, maker.Field(item));
        var stay = maker.Page.GetByRole(AriaRole.Group, new() { Name = "Contacts and authorised signatories stay as they are" });
        await Asks(maker, hasScript, stay.GetByRole(AriaRole.Radio, new() { Name = contactsStay ? "Yes" : "No" }));
        foreach (var document in new[] { "Certificate of change of name", "Business registration certificate with the new name", "SFC licence with the new name" })
        {
            await maker.Page.GetByLabel(new Regex("^" + document)).SetInputFilesAsync(Paper);
        }

        await maker.Types("Phone", "2345 6789");
        await maker.Page.GetByLabel("We declare that").CheckAsync();
        await maker.Shows($"{name}-form");
        await maker.Presses("Continue to check your answers");
        await Expect(maker.Heading).ToHaveTextAsync("Check your answers");
        await maker.Shows($"{name}-answers");
    }

    // What others depend on asks for the form anew, with script: what is filled in before that has come would be too early.
    private static async Task Asks(Tab maker, bool hasScript, ILocator choice)
    {
        if (hasScript) await maker.Page.RunAndWaitForResponseAsync(() => choice.CheckAsync(), answer => answer.Request.Method == "POST" && answer.Url.Contains("/form", StringComparison.Ordinal));
        else await choice.CheckAsync();
    }

    private static async Task FollowsUp(Tab reviewer, string number)
    {
        await reviewer.Opens("/inbox?step=followup");
        await Expect(reviewer.Row(number)).ToHaveCountAsync(3);
        await reviewer.Shows("name-follow-ups");
        await reviewer.Row(number).Filter(new() { HasText = "Bank mandates" }).GetByRole(AriaRole.Button, new() { Name = "Claim" }).ClickAsync();
        await reviewer.Sees("The task is yours.");
        await reviewer.Page.GetByLabel("What was done").FillAsync("New mandates are with the bank.");
        await reviewer.Shows("name-follow-up");
        await reviewer.Presses("Report it as done");
        await reviewer.Sees("the follow-up is recorded as done.");
    }
}
