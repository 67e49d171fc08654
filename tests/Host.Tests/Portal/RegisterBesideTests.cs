using System.Net;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>What the register holds stands below what is asked once, as it stands beside lines: for the clearing house, with what differs.</summary>
public sealed class RegisterBesideTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_reviewer_reads_the_entries_below_the_answers_that_name_them_and_a_participant_does_not()
    {
        const string Access = "techs-4-oapi-testing";
        var maker = await market.As(Cast.Maker);
        var answers = await maker.SampleOf(Access);
        foreach (var (name, value) in new[] { ("requestType", "EXTEND"), ("accessNo", "TA-0007"), ("connection", "PRODUCTION_LINE"), ("lineNo", "SE10001"), ("version", "4.1") }) answers[name] = value;
        var id = await maker.Sends(Access, answers);
        var checker = await market.As(Cast.Checker);
        var checkers = await PageAsync(checker, id);
        (await checker.Approves(id)).Accepted();

        var page = await PageAsync(await market.As(Cast.Reviewer), id);

        Assert.Contains("<h3>Access in our records</h3>", page, StringComparison.Ordinal);
        Assert.Contains("<h3>Line in our records</h3>", page, StringComparison.Ordinal);
        Assert.Matches("<div class=\"cc-held-differs\"><dt>Until</dt>", page);
        Assert.Contains("<div><dt>Version</dt><dd>4.1</dd></div>", page, StringComparison.Ordinal);
        Assert.Contains("In force now", page, StringComparison.Ordinal);
        Assert.DoesNotContain("in our records", checkers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_under_the_number_is_said_and_what_is_not_asked_differs_from_nothing()
    {
        const string Special = "set-3-special-buy-in", Access = "techs-4-oapi-testing";
        var (maker, checker, reviewer) = (await market.As(Cast.B09002.Maker), await market.As(Cast.B09002.Checker), await market.As(Cast.Reviewer));
        var special = await maker.Sends(Special);
        (await checker.Approves(special)).Accepted();
        var ends = await maker.SampleOf(Access);
        foreach (var (name, value) in new[] { ("requestType", "TERMINATE"), ("accessNo", "TA-0007") }) ends[name] = value;
        var ending = await maker.Sends(Access, ends);
        (await checker.Approves(ending)).Accepted();

        var page = await PageAsync(reviewer, special);
        Assert.Matches("<h3>Position in our records</h3>\\s*<p class=\"cc-held-none\">", page);
        Assert.Contains("<h3>Security</h3>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Reported or exempted before", page, StringComparison.Ordinal);
        var end = await PageAsync(reviewer, ending);
        Assert.Contains("<h3>Access in our records</h3>", end, StringComparison.Ordinal);
        Assert.DoesNotContain("cc-held-differs", end, StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(Person person, string request) => WebUtility.HtmlDecode((await person.GetAsync($"/tasks/{await person.TaskOf(request)}")).Accepted().Body);
}
