using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>What can't be undone is asked before, on a page that says what will happen; without script.</summary>
public sealed class ReleaseAskedTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Exemption = PortalWithMail.Exemption;
    private const string Page = "/designer/" + Exemption;

    [Fact]
    public async Task A_draft_is_thrown_away_only_after_a_page_that_says_what_is_lost()
    {
        var one = await Drafts("The draft that goes");

        var draft = (await one.GetAsync(Page + "/draft")).Accepted();
        var asked = (await one.GetAsync(Page + "/draft/removal")).Accepted();

        Assert.DoesNotContain($"action=\"{Page}/draft/removal\"", draft.Body, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Page}/draft/removal\"", draft.Body, StringComparison.Ordinal);
        Assert.Contains("what Shum Wing Sze changed, last saved", asked.Words(), StringComparison.Ordinal);
        Assert.Contains("Lost: The step 'Sent by the maker' is now called 'The draft that goes'.", asked.Words(), StringComparison.Ordinal);
        Assert.Contains("It was not proposed: no copy of it is kept.", asked.Words(), StringComparison.Ordinal);
        Assert.Equal(303, (int)(await one.Presses(Page + "/draft/removal", Page + "/draft/removal")).Status);
        Assert.Equal(404, (int)(await one.GetAsync(Page + "/draft/removal")).Status);
    }

    [Fact]
    public async Task What_was_proposed_of_a_draft_outlives_it_and_the_page_says_so()
    {
        var one = await Drafts("Proposed, then thrown away");
        await one.Proposes(Exemption);

        Assert.Contains("can still be released", (await one.GetAsync(Page + "/draft/removal")).Accepted().Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_at_once_is_asked_with_what_it_replaces_and_which_requests_keep_theirs()
    {
        await market.Sent();
        var proposal = await (await Drafts($"Asked {Guid.NewGuid()}")).Proposes(Exemption);
        var other = await market.As(Cast.Analyst2);

        var page = (await other.GetAsync(proposal)).Accepted();
        var asked = (await other.GetAsync(proposal + "/release?date=&time=")).Accepted();

        Assert.DoesNotContain($"method=\"post\" action=\"{proposal}/release\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("is in force at once, in place of release 1", asked.Words(), StringComparison.Ordinal);
        Assert.Matches(@"Now under way: \d+ by release 1", asked.Words());
        Assert.Contains("It can't be cancelled", asked.Words(), StringComparison.Ordinal);
        Assert.Equal("Open", await State(proposal));
    }

    [Fact]
    public async Task A_release_for_later_is_asked_with_its_moment_which_the_answer_carries_on()
    {
        var proposal = await (await Drafts($"Asked for later {Guid.NewGuid()}")).Proposes(Exemption);
        var other = await market.As(Cast.Analyst2);

        var asked = (await other.GetAsync(proposal + "/release?date=2099-03-02&time=9am")).Accepted();

        Assert.Contains("from Mon 2 Mar 2099, 09:00 HKT", asked.Words(), StringComparison.Ordinal);
        Assert.Contains("Until that moment any analyst can cancel it", asked.Words(), StringComparison.Ordinal);
        Assert.Contains("name=\"date\" value=\"2099-03-02\"", asked.Body, StringComparison.Ordinal);
        Assert.Contains("name=\"time\" value=\"9am\"", asked.Body, StringComparison.Ordinal);
        Assert.Equal(303, (int)(await other.Releases(proposal, "2099-03-02", "9am")).Status);
        Assert.Contains("Mon 2 Mar 2099, 09:00 HKT", (await other.GetAsync(proposal)).Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("date=2099-03-03&time=soon", "“From which time” must be a time of day", "time")]
    [InlineData("date=soon&time=09:00", "“From which day” must be a real date", "date")]
    [InlineData("date=&time=09:00", "Fill in “From which day”", "date")]
    [InlineData("date=2020-01-01&time=", "Choose a later moment", "date")]
    public async Task What_cannot_be_read_is_told_at_its_own_field(string typed, string sentence, string field)
    {
        var proposal = await (await Drafts($"Not read {Guid.NewGuid()}")).Proposes(Exemption);

        var refused = await (await market.As(Cast.Analyst2)).GetAsync($"{proposal}/release?{typed}");

        Assert.Equal(422, (int)refused.Status);
        Assert.Contains(sentence, refused.Words(), StringComparison.Ordinal);
        Assert.Contains($"id=\"f-{field}-fault\"", refused.Body, StringComparison.Ordinal);
        Assert.DoesNotContain($"id=\"f-{(field == "date" ? "time" : "date")}-fault\"", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_made_it_is_refused_before_being_asked()
    {
        var one = await Drafts($"My own {Guid.NewGuid()}");

        Assert.Equal(403, (int)(await one.GetAsync(await one.Proposes(Exemption) + "/release")).Status);
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

    private Task<string?> State(string proposal) => market.Database.ValueAsync<string>("SELECT state FROM eservices.release_proposal WHERE id = $1", Guid.Parse(proposal.Split('/')[^1]));
}
