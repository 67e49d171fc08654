using System.Net;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Whoever gives a number out sees beside it those that the participant has, before one of them is refused.</summary>
public sealed class KeysInUseTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task The_reviewer_sees_the_account_numbers_that_are_taken()
    {
        var id = await (await market.As(Cast.Maker)).Sends("ac-14-segregated-account");
        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();

        var page = await ClaimedAsync(id);

        Assert.Matches($"Already in use: [^<]*\\b{await AnyAsync("stock-account")}\\b", page);
    }

    [Fact]
    public async Task Whoever_reports_a_milestone_sees_them_too()
    {
        var id = await (await market.As(Cast.Maker)).Sends("scard-1-smartcards");
        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();
        (await (await market.As(Cast.Reviewer)).Approves(id)).Accepted();
        (await (await market.As(Cast.Approver)).Approves(id)).Accepted();

        var page = await ClaimedAsync(id);

        Assert.Equal(2, page.Split("Already in use: 000000000101, 000000000102, 000000000103.").Length - 1);
    }

    [Fact]
    public async Task Where_no_number_is_given_out_nothing_is_said()
    {
        var id = await market.Submitted();

        Assert.DoesNotContain("Already in use", await ClaimedAsync(id), StringComparison.Ordinal);
    }

    private async Task<string> ClaimedAsync(string request)
    {
        var reviewer = await market.As(Cast.Reviewer);
        var task = await reviewer.TaskOf(request);
        (await reviewer.ClaimsTask(task)).Accepted();
        return WebUtility.HtmlDecode((await reviewer.GetAsync($"/tasks/{task}")).Accepted().Body);
    }

    private async Task<string> AnyAsync(string kind) =>
        (await market.Database.ValueAsync<string>("SELECT max(key) FROM register.entry WHERE kind = $1 AND membership_id = 'hkscc-b09001' AND valid_to IS NULL", kind))!;
}
