using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>What maker and checker tell each other before they send is their firm's business.</summary>
public sealed class FirmsOwnWordsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Words = "Not the trader's number again, please.";

    [Fact]
    public async Task What_a_checker_tells_the_maker_is_read_by_the_firm_and_the_auditor_and_by_nobody_of_the_clearing_house_who_decides()
    {
        var (maker, checker) = (await market.As(Cast.Maker), await market.As(Cast.Checker));
        var id = await market.Sent();
        (await checker.Returns(id, Words)).Accepted();
        (await maker.SubmitsRequest(id)).Accepted();
        (await checker.Approves(id)).Accepted();

        Assert.True(await Reads(Cast.Maker, id));
        Assert.True(await Reads(Cast.Auditor, id));
        foreach (var account in new[] { Cast.Reviewer, Cast.Approver, Cast.Supervisor })
        {
            Assert.False(await Reads(account, id), $"{account} reads what the firm's checker told its maker.");
        }
    }

    // Over the API, on the request's own page, and on the page of its task.
    private async Task<bool> Reads(Account account, string request)
    {
        var person = await market.As(account);
        var pages = new List<string> { (await person.SeesTimeline(request)).Accepted().Body, (await person.GetAsync($"/requests/{request}")).Accepted().Body, (await person.SeesRequest(request)).Accepted().Body };
        if (account == Cast.Reviewer) pages.Add((await person.GetAsync($"/tasks/{await person.TaskOf(request)}")).Accepted().Body);
        Assert.Contains("eturned", pages[0], StringComparison.Ordinal);
        return pages.Exists(page => System.Net.WebUtility.HtmlDecode(page).Contains(Words, StringComparison.Ordinal) || page.Contains("trader\\u0027s number", StringComparison.Ordinal));
    }
}
