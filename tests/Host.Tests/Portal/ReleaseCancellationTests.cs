using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.EServices.Releases;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>A release whose moment has not come is cancelled, over the designer's pages and without script.</summary>
public sealed class ReleaseCancellationTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Exemption = PortalWithMail.Exemption;
    private const string Page = "/designer/" + Exemption;

    [Fact]
    public async Task An_analyst_says_why_and_what_was_scheduled_is_a_draft_again_with_the_same_editors()
    {
        var (one, other) = (await market.As(Cast.Analyst), await market.As(Cast.Analyst2));
        var proposal = await Scheduled("Scheduled and cancelled", "09:30");
        Assert.Contains($"href=\"{proposal}/cancellation\"", (await one.GetAsync(proposal)).Body, StringComparison.Ordinal);
        var asked = (await one.GetAsync(proposal + "/cancellation")).Accepted();

        var cancelled = await Cancels(one, proposal, "The market's notice was postponed.");

        Assert.Contains("Mon 5 Jan 2099, 09:30 HKT", asked.Words(), StringComparison.Ordinal);
        Assert.Contains("Nothing is lost", asked.Words(), StringComparison.Ordinal);
        Assert.True((int)cancelled.Status == 303, cancelled.ToString());
        Assert.DoesNotContain("5 Jan 2099, 09:30", (await one.GetAsync(Page)).Words(), StringComparison.Ordinal);
        Assert.Contains("Release cancelled before its moment", (await one.GetAsync(Page)).Words(), StringComparison.Ordinal);
        Assert.Contains("The market's notice was postponed.", (await other.GetAsync(proposal)).Words(), StringComparison.Ordinal);
        Assert.Contains("Scheduled and cancelled", (await one.GetAsync(Page + "/draft")).Accepted().Words(), StringComparison.Ordinal);
        Assert.Contains("Nobody edits this draft", (await one.GetAsync(Page)).Words(), StringComparison.Ordinal);
        Assert.Null(await market.Portal.Services.GetRequiredService<ReleaseRecord>().FirstBadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            "The market's notice was postponed.",
            await market.Database.ValueAsync<string>("SELECT data ->> 'words' FROM eservices.release_event WHERE type = 'cancelled' ORDER BY sequence DESC LIMIT 1"));

        // Whoever proposes it again, the one who made it does not release it.
        await other.Edits(Exemption);
        Assert.Equal(403, (int)(await one.Releases(await other.Proposes(Exemption))).Status);
    }

    [Fact]
    public async Task The_moment_of_what_was_cancelled_is_free_for_what_is_released_instead()
    {
        var (one, other) = (await market.As(Cast.Analyst), await market.As(Cast.Analyst2));
        Assert.Equal(303, (int)(await Cancels(other, await Scheduled("First thought", "10:30"), "A better one follows.")).Status);

        await one.Edits(Exemption);
        (await one.Renames(Exemption, "start", "Second thought")).Accepted();

        Assert.Equal(303, (int)(await other.Releases(await one.Proposes(Exemption), "2099-01-05", "10:30")).Status);
    }

    public static TheoryData<string, string> Reasons => new() { { "", "Fill in" }, { " \r\n", "Fill in" }, { new string('x', 501), "too many characters" } };

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Without_a_reason_of_at_most_500_characters_it_stays_scheduled(string reason, string said)
    {
        var one = await market.As(Cast.Analyst);
        var proposal = await Scheduled($"Stays {Guid.NewGuid()}", "11:30");

        var refused = await Cancels(one, proposal, reason);

        Assert.Equal(422, (int)refused.Status);
        Assert.Contains(said, refused.Words(), StringComparison.Ordinal);
        Assert.Contains("Mon 5 Jan 2099, 11:30 HKT", refused.Words(), StringComparison.Ordinal);
        Assert.Equal("Released", await State(proposal));
        Assert.Equal(303, (int)(await Cancels(one, proposal, new string('x', 500))).Status);
    }

    [Fact]
    public async Task Another_draft_that_was_begun_meanwhile_stays_and_what_was_cancelled_is_brought_back_from_its_proposal()
    {
        var one = await market.As(Cast.Analyst);
        var proposal = await Scheduled("In the way of nobody", "12:30");
        await one.Edits(Exemption);
        (await one.Renames(Exemption, "start", "Begun meanwhile")).Accepted();

        Assert.Equal(303, (int)(await Cancels(one, proposal, "Not now.")).Status);

        Assert.Contains("Begun meanwhile", (await one.GetAsync(Page + "/draft")).Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Bring back as a draft", (await one.GetAsync(proposal)).Words(), StringComparison.Ordinal);
        await one.Presses(Page + "/draft/removal", Page + "/draft");
        var back = System.Text.RegularExpressions.Regex.Match((await one.GetAsync(proposal)).Body, "action=\"(/designer/[^\"]+/releases/[0-9a-f]+/draft)\"").Groups[1].Value;
        Assert.Equal(303, (int)(await one.Presses(back, proposal)).Status);
        Assert.Contains("In the way of nobody", (await one.GetAsync(Page + "/draft")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_force_not_released_or_cancelled_already_is_refused_with_what_to_do_instead_and_only_analysts_cancel()
    {
        var (one, other) = (await market.As(Cast.Analyst), await market.As(Cast.Analyst2));
        var open = await Proposed("Not released");
        Refused(await Cancels(one, open, "Why not."), "there is nothing to cancel");
        Assert.Equal(409, (int)(await one.GetAsync(open + "/cancellation")).Status);

        Assert.Equal(303, (int)(await other.Releases(open)).Status);
        Refused(await Cancels(one, open, "Typed in vain."), "too late to cancel");
        Assert.Contains("Typed in vain.", (await Cancels(one, open, "Typed in vain.")).Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("/cancellation", (await one.GetAsync(open)).Body, StringComparison.Ordinal);

        var scheduled = await Scheduled("Only once", "13:30");
        Assert.Equal(403, (int)(await (await market.As(Cast.Auditor)).GetAsync(scheduled + "/cancellation")).Status);
        Assert.DoesNotContain("/cancellation", (await (await market.As(Cast.Auditor)).GetAsync(scheduled)).Body, StringComparison.Ordinal);
        Assert.Equal(303, (int)(await Cancels(one, scheduled, "Once.")).Status);
        Refused(await Cancels(other, scheduled, "Twice."), "closed already");
        Assert.Equal(404, (int)(await one.GetAsync($"/designer/proposals/{Guid.NewGuid()}/cancellation")).Status);
        Assert.Equal("Once.", await market.Database.ValueAsync<string>("SELECT remark FROM eservices.release_proposal WHERE id = $1", Guid.Parse(scheduled.Split('/')[^1])));
    }

    private static void Refused(Answer answer, string words)
    {
        Assert.Equal(409, (int)answer.Status);
        Assert.Contains(words, answer.Words(), StringComparison.Ordinal);
    }

    private static Task<Answer> Cancels(Person analyst, string proposal, string reason) => analyst.Presses(proposal + "/cancellation", proposal + "/cancellation", ("reason", reason));

    private async Task<string> Proposed(string name)
    {
        await market.Database.OwnerRunsAsync("DELETE FROM eservices.release_draft");
        await market.Database.OwnerRunsAsync("DELETE FROM eservices.release_proposal WHERE state = 'Open'");
        var one = await market.As(Cast.Analyst);
        Assert.Equal(303, (int)(await one.Edits(Exemption)).Status);
        (await one.Renames(Exemption, "start", name)).Accepted();
        return await one.Proposes(Exemption);
    }

    // The proposal's address; released by the second analyst for a moment that is long to come.
    private async Task<string> Scheduled(string name, string time)
    {
        var proposal = await Proposed(name);
        var released = await (await market.As(Cast.Analyst2)).Releases(proposal, "2099-01-05", time);
        Assert.True((int)released.Status == 303, released.ToString());
        return proposal;
    }

    private Task<string?> State(string proposal) => market.Database.ValueAsync<string>("SELECT state FROM eservices.release_proposal WHERE id = $1", Guid.Parse(proposal.Split('/')[^1]));
}
