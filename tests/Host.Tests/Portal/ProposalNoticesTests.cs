using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Analysts read what becomes of release proposals: on screen, over the API and by mail.</summary>
public sealed partial class ProposalNoticesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Exemption = PortalWithMail.Exemption;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proposal_that_waits_and_its_return_stand_among_the_notices_with_the_way_to_its_page()
    {
        var (one, other) = (await market.As(Cast.Analyst), await market.As(Cast.Analyst2));
        var unread = await Unread(other);
        await one.Edits(Exemption);
        (await one.Renames(Exemption, "start", $"Told {Guid.NewGuid()}")).Accepted();
        var proposal = await one.Proposes(Exemption, "Please look at the reminder.");

        Assert.Equal(unread + 1, await Unread(other));
        Assert.Contains($"href=\"{proposal}\"", Line(await other.GetAsync("/notices"), "a release waits for a second analyst"), StringComparison.Ordinal);
        Assert.Equal(proposal, $"/designer/proposals/{(await other.SeesNotices()).Json["items"]![0].Text("proposalId")}");
        var mail = await market.Mail.FirstAsync(m => m.To.Contains(Cast.Analyst2.Email) && m.Text.Contains(proposal, StringComparison.Ordinal), Ct);
        Assert.Contains("waits for a second analyst", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("Please look at the reminder.", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(proposal, (await one.GetAsync("/notices")).Body, StringComparison.Ordinal);

        await other.GetAsync(proposal);
        Assert.Equal(unread, await Unread(other));

        // The same press, sent twice: one deed, told once.
        var form = new Dictionary<string, string> { ["remark"] = "The reminder is missing.", ["operation"] = Guid.NewGuid().ToString() };
        for (var press = 0; press < 2; press++) Assert.Equal(303, (int)(await other.PostFormAsync(proposal + "/return", form, proposal)).Status);

        Assert.Contains($"href=\"{proposal}\"", Line(await one.GetAsync("/notices"), "your proposal was returned"), StringComparison.Ordinal);
        Assert.Contains($"href=\"/designer/{Exemption}/draft\">Go on with the draft</a>", (await one.GetAsync(proposal)).Body, StringComparison.Ordinal);
        Assert.Equal(2L, await market.Database.ValueAsync<long>("SELECT count(*) FROM notices.notice WHERE proposal_id = $1", Guid.Parse(proposal.Split('/')[^1])));
        await market.Mail.FirstAsync(m => m.To.Contains(Cast.Analyst.Email) && m.Subject.Contains("was returned", StringComparison.Ordinal) && m.Text.Contains("The reminder is missing.", StringComparison.Ordinal), Ct);
    }

    private static async Task<int> Unread(Person person) => (await person.SeesNotices()).Accepted().Json["unread"]!.GetValue<int>();

    // The notice that says so.
    private static string Line(Answer page, string words) => Item().Matches(page.Accepted().Body).Select(m => m.Value).First(l => l.Contains(words, StringComparison.Ordinal));

    [GeneratedRegex("<li.*?</li>", RegexOptions.Singleline)]
    private static partial Regex Item();
}
