using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>What the designer's pages call a proposal and a draft follows what became of them.</summary>
public sealed class ReleaseStatesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Exemption = PortalWithMail.Exemption;
    private const string Page = "/designer/" + Exemption;

    [Fact]
    public async Task A_scheduled_release_is_told_in_the_list_and_on_the_flows_page_with_when_who_and_how_to_cancel_it()
    {
        var (one, proposal) = await Scheduled("Told everywhere", "2098-01-06");

        foreach (var page in new[] { await one.GetAsync("/designer"), await one.GetAsync(Page) })
        {
            Assert.Matches(@"Scheduled release\s+[0-9a-f]{12}\s*: in force from\s+Mon 6 Jan 2098, 09:00 HKT", page.Accepted().Words());
            Assert.Matches(@"proposed by Shum Wing Sze\s*, released by Law Hok Man", page.Words());
            Assert.Contains($"href=\"{proposal}/cancellation\"", page.Body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("/cancellation\"", (await (await market.As(Cast.Auditor)).GetAsync("/designer")).Accepted().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposals_page_says_what_became_of_it_and_what_it_is_compared_with()
    {
        var (one, proposal) = await Scheduled("Followed", "2098-02-03");
        var scheduled = (await one.GetAsync(proposal)).Accepted().Words();
        Assert.Equal(303, (int)(await one.Presses(proposal + "/cancellation", proposal + "/cancellation", ("reason", "The notice was postponed."))).Status);
        var cancelled = (await one.GetAsync(proposal)).Accepted().Words();

        Assert.Contains("Scheduled release", scheduled, StringComparison.Ordinal);
        Assert.DoesNotContain("In force now", scheduled, StringComparison.Ordinal);
        Assert.Matches(@"Released by Law Hok Man,.*HKT\s*\. In force from\s+Mon 3 Feb 2098, 09:00 HKT", scheduled.ReplaceLineEndings(" "));
        Assert.Contains("Cancelled release", cancelled, StringComparison.Ordinal);
        Assert.Contains("Its release was cancelled by Shum Wing Sze,", cancelled, StringComparison.Ordinal);
        Assert.Contains("The notice was postponed.", cancelled, StringComparison.Ordinal);
        Assert.Contains("What would have changed", cancelled, StringComparison.Ordinal);
        Assert.DoesNotContain("In force now", cancelled, StringComparison.Ordinal);
        Assert.Matches(@"release \d+, which it was made from", cancelled);
    }

    [Fact]
    public async Task What_is_in_force_is_said_to_be_and_stands_beside_what_it_took_the_place_of()
    {
        var one = await Drafts($"In force at once {Guid.NewGuid()}");
        var proposal = await one.Proposes(Exemption);
        Assert.Equal(303, (int)(await (await market.As(Cast.Analyst2)).Releases(proposal)).Status);
        await market.Until(async () => (await one.GetAsync(proposal)).Words().Contains("In force since", StringComparison.Ordinal));

        var page = (await one.GetAsync(proposal)).Words();

        Assert.Contains("Released proposal", page, StringComparison.Ordinal);
        Assert.Contains("What changed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("In force now", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_released_at_once_is_never_called_scheduled()
    {
        var one = await Drafts($"At once {Guid.NewGuid()}");
        var proposal = await one.Proposes(Exemption);
        Assert.Equal(303, (int)(await (await market.As(Cast.Analyst2)).Releases(proposal)).Status);

        for (var words = ""; !words.Contains("Released proposal", StringComparison.Ordinal);)
        {
            words = (await one.GetAsync(proposal)).Accepted().Words();
            Assert.Matches("Release that takes effect now.*Takes effect now|Released proposal", words.ReplaceLineEndings(" "));
            Assert.DoesNotContain("Scheduled", words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_draft_that_a_cancellation_left_was_saved_by_nobody_and_its_proposal_is_linked()
    {
        var (one, proposal) = await Scheduled("Left behind", "2098-03-03");
        Assert.Equal(303, (int)(await one.Presses(proposal + "/cancellation", proposal + "/cancellation", ("reason", "Not yet."))).Status);

        var draft = (await one.GetAsync(Page + "/draft")).Accepted().Words();
        var flow = (await one.GetAsync(Page)).Accepted();

        Assert.DoesNotContain("Last saved by", draft, StringComparison.Ordinal);
        Assert.Contains("Begun by Shum Wing Sze,", draft, StringComparison.Ordinal);
        Assert.Contains($"href=\"{proposal}\"", flow.Body, StringComparison.Ordinal);
        Assert.Contains("Its release was cancelled by Shum Wing Sze,", flow.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_proposed_it_on_the_drafts_page_edits_it_no_longer()
    {
        var one = await Drafts("Proposed and left");
        await one.Proposes(Exemption);

        Assert.Contains("Nobody edits this draft just now.", (await one.GetAsync(Page)).Words(), StringComparison.Ordinal);
    }

    private async Task<(Person Analyst, string Proposal)> Scheduled(string name, string day)
    {
        var one = await Drafts($"{name} {Guid.NewGuid()}");
        var proposal = await one.Proposes(Exemption);
        Assert.Equal(303, (int)(await (await market.As(Cast.Analyst2)).Releases(proposal, day, "09:00")).Status);
        return (one, proposal);
    }

    // No draft but a fresh one of the first analyst's, no proposal that waits.
    private async Task<Person> Drafts(string name)
    {
        await market.Database.OwnerRunsAsync("DELETE FROM eservices.release_draft");
        await market.Database.OwnerRunsAsync("DELETE FROM eservices.release_proposal WHERE state = 'Open'");
        var analyst = await market.As(Cast.Analyst);
        Assert.Equal(303, (int)(await analyst.Edits(Exemption)).Status);
        (await analyst.Renames(Exemption, "start", name)).Accepted();
        return analyst;
    }
}
