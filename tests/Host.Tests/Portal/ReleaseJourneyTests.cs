using System.Net;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.EServices.Releases;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>From draft to release over the designer's pages: who may, what is told, and what follows which release.</summary>
public sealed class ReleaseJourneyTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Exemption = PortalWithMail.Exemption;
    private const string Page = "/designer/" + Exemption;

    [Fact]
    public async Task A_second_analyst_releases_and_the_next_request_follows_it_while_those_under_way_finish_by_theirs()
    {
        var (one, other) = (await Fresh(), await market.As(Cast.Analyst2));
        var before = await market.Sent();
        (await one.Renames(Exemption, "pendingChecker", "The firm's second person looks")).Accepted();
        var proposal = await one.Proposes(Exemption, "Clearer words.");

        var seen = await other.GetAsync(proposal);
        var told = seen.Words();
        var own = await one.Releases(proposal);
        var released = await other.Releases(proposal);
        await market.Until(async () => (await other.GetAsync(Page)).Words().Contains("The firm's second person looks", StringComparison.Ordinal));
        var after = await market.Sent();

        Assert.Contains("Clearer words.", told, StringComparison.Ordinal);
        Assert.Matches(@"The flow in words differs at \d places?\.", told);
        Assert.Matches(@"\d+ lines are the same", told);
        Assert.Contains("href=\"#proposal-release\"", seen.Body, StringComparison.Ordinal);
        Assert.Contains("href=\"#first-difference\"", seen.Body, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(seen.Body, "id=\"first-difference\""));
        Assert.Equal(403, (int)own.Status);
        Assert.Contains("another analyst has to release it", own.Words(), StringComparison.Ordinal);
        Assert.Equal(303, (int)released.Status);
        Assert.NotEqual(await Release(before), await Release(after));
        (await (await market.As(Cast.Checker)).Approves(before)).Accepted();
        Assert.NotEqual(await Release(before), await Release(after));
        Assert.Equal(404, (int)(await one.GetAsync(Page + "/draft")).Status);
    }

    [Fact]
    public async Task Nobody_who_edited_it_releases_it_whoever_proposed()
    {
        var (one, other) = (await Fresh(), await market.As(Cast.Analyst2));
        (await one.Renames(Exemption, "start", "Begun by the first")).Accepted();
        await one.Leaves(Exemption);
        await other.Edits(Exemption);
        (await other.Renames(Exemption, "pendingChecker", "And by the second")).Accepted();
        var proposal = await other.Proposes(Exemption);

        Assert.Equal(403, (int)(await one.Releases(proposal)).Status);
        Assert.Equal(403, (int)(await other.Releases(proposal)).Status);
        Assert.Equal("Open", await State(proposal));
    }

    [Fact]
    public async Task It_takes_effect_at_the_moment_that_was_chosen_and_never_in_the_past()
    {
        var (one, other) = (await Fresh(), await market.As(Cast.Analyst2));
        (await one.Renames(Exemption, "start", "From next year on")).Accepted();
        var proposal = await one.Proposes(Exemption);

        Assert.Equal(422, (int)(await other.Releases(proposal, "2020-01-01")).Status);
        Assert.Equal(422, (int)(await other.Releases(proposal, "tomorrow")).Status);
        Assert.Equal(303, (int)(await other.Releases(proposal, "2099-01-02", "09:30")).Status);

        var page = (await other.GetAsync(Page)).Words();
        Assert.Contains("in force from Fri 2 Jan 2099, 09:30 HKT", string.Join(' ', page.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("From next year on", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_is_given_back_with_why_and_the_draft_stays()
    {
        var (one, other) = (await Fresh(), await market.As(Cast.Analyst2));
        (await one.Renames(Exemption, "start", "To be given back")).Accepted();
        var proposal = await one.Proposes(Exemption);

        Assert.Equal(422, (int)(await other.Presses(proposal + "/return", proposal, ("remark", " "))).Status);
        Assert.Equal(303, (int)(await other.Presses(proposal + "/return", proposal, ("remark", "Say which request."))).Status);

        Assert.Contains("Say which request.", (await one.GetAsync(proposal)).Words(), StringComparison.Ordinal);
        Assert.Contains("Say which request.", (await one.GetAsync(Page)).Words(), StringComparison.Ordinal);
        Assert.Equal(200, (int)(await one.GetAsync(Page + "/draft")).Status);
        Assert.Equal(409, (int)(await other.Releases(proposal)).Status);
    }

    [Fact]
    public async Task What_was_edited_after_it_was_proposed_stays_a_draft_and_is_said_to_be_behind()
    {
        var (one, other) = (await Fresh(), await market.As(Cast.Analyst2));
        (await one.Renames(Exemption, "start", "As proposed")).Accepted();
        var proposal = await one.Proposes(Exemption);
        (await one.Renames(Exemption, "start", "And edited after")).Accepted();
        Assert.Equal(303, (int)(await other.Releases(proposal)).Status);
        await market.Until(async () => (await other.GetAsync(Page)).Words().Contains("As proposed", StringComparison.Ordinal));

        var draft = (await one.GetAsync(Page + "/draft")).Words();
        Assert.Contains("And edited after", draft, StringComparison.Ordinal);
        Assert.Contains("would undo what that one changed", draft, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_release_is_compared_exported_and_brought_back_by_somebody_who_then_counts_as_its_editor()
    {
        var one = await Fresh();
        await market.ReleasesAnother(Exemption, "start", $"Release {Guid.NewGuid()}");
        var old = await market.Database.ValueAsync<string>("SELECT hash FROM eservices.effective WHERE eservice = $1 ORDER BY effective_from LIMIT 1", Exemption);

        Assert.Matches($"href=\"{Page}/comparison\\?from=\\d+&amp;to=\\d+\"", (await one.GetAsync(Page)).Body);
        var compared = (await one.GetAsync($"{Page}/comparison?from=1&to=2")).Accepted();
        var drawing = (await one.DownloadsAsync($"{Page}/releases/{old}/definition.json")).Length;
        var bundle = (await one.DownloadsAsync($"{Page}/releases/{old}/bundle.json")).Length;
        var back = await one.Presses($"{Page}/releases/{old}/draft", Page);
        var proposal = await one.Proposes(Exemption);

        Assert.Contains("release 1 → release 2", compared.Words(), StringComparison.Ordinal);
        Assert.True(bundle > drawing && drawing > 1_000);
        Assert.Equal(303, (int)back.Status);
        Assert.Equal(403, (int)(await one.Releases(proposal)).Status);
        Assert.Equal(303, (int)(await (await market.As(Cast.Analyst2)).Releases(proposal)).Status);
        await market.Until(async () => await market.Database.ValueAsync<long>("SELECT count(*) FROM eservices.effective WHERE hash = $1", old!) == 2);
    }

    [Fact]
    public async Task What_was_brought_back_a_moment_ago_is_said_to_be_so_and_not_to_be_behind()
    {
        const string Behind = "would undo what that one changed";
        var one = await Fresh();
        await market.ReleasesAnother(Exemption, "start", $"Release {Guid.NewGuid()}");
        var old = await market.Database.ValueAsync<string>("SELECT hash FROM eservices.effective WHERE eservice = $1 ORDER BY effective_from LIMIT 1", Exemption);

        var back = await one.Presses($"{Page}/releases/{old}/draft", Page);
        var draft = (await one.GetAsync(back.Location!.ToString())).Accepted().Words();
        var removal = (await one.GetAsync(Page + "/draft/removal")).Accepted().Words();
        var proposal = (await one.GetAsync(await one.Proposes(Exemption))).Accepted().Words();

        Assert.Contains("Brought back as a draft.", draft, StringComparison.Ordinal);
        Assert.DoesNotContain(Behind, draft, StringComparison.Ordinal);
        Assert.DoesNotContain(Behind, proposal, StringComparison.Ordinal);
        Assert.Contains("the release or proposal that it came from stays", removal, StringComparison.Ordinal);
        Assert.DoesNotContain("Lost:", removal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_release_is_compared_with_any_other_from_its_page_the_older_one_first()
    {
        var one = await Fresh();
        for (var i = 0; i < 3; i++) await market.ReleasesAnother(Exemption, "start", $"Release {Guid.NewGuid()}");

        var page = (await one.GetAsync(Page + "?release=2")).Accepted().Body;
        var choice = page[page.IndexOf("id=\"compare-with\"", StringComparison.Ordinal)..];
        var compared = (await one.GetAsync($"{Page}/comparison?from=2&to=1")).Accepted().Words();

        Assert.Matches("<input type=\"hidden\" name=\"from\" value=\"2\"", page);
        Assert.Contains("<option value=\"1\">", choice, StringComparison.Ordinal);
        Assert.DoesNotContain("<option value=\"2\">", choice, StringComparison.Ordinal);
        Assert.Contains("<option value=\"3\">", choice, StringComparison.Ordinal);
        Assert.Contains("release 1 → release 2", compared, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lease_is_renewed_by_the_page_and_free_once_it_has_ended()
    {
        var (one, other) = (await Fresh(), await market.As(Cast.Analyst2));
        var canvas = "/designer/studio/" + Exemption;

        Assert.Contains("You edit this draft", (await one.GetAsync(canvas)).Words(), StringComparison.Ordinal);
        Assert.Contains("edits this draft: you can read it", (await other.GetAsync(canvas)).Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await one.Presses(Page + "/draft/lease", canvas)).Status);
        Assert.Equal(409, (int)(await other.Presses(Page + "/draft/lease", Page)).Status);
        Assert.Equal(409, (int)(await other.Edits(Exemption)).Status);

        await market.Database.OwnerRunsAsync("UPDATE eservices.release_draft SET lease_until = lease_until - interval '91 seconds'");
        Assert.Equal(303, (int)(await other.Edits(Exemption)).Status);
        Assert.Equal(409, (int)(await one.Presses(Page + "/draft/lease", Page)).Status);
    }

    [Fact]
    public async Task The_same_form_sent_twice_does_it_once()
    {
        var one = await Fresh();
        (await one.Renames(Exemption, "start", "Sent twice")).Accepted();
        var form = new Dictionary<string, string> { ["note"] = "", ["operation"] = Guid.NewGuid().ToString() };

        var first = await one.PostFormAsync(Page + "/proposals", new(form), Page + "/draft");
        var again = await one.PostFormAsync(Page + "/proposals", new(form), Page + "/draft");

        Assert.Equal(303, (int)first.Status);
        Assert.Equal(first.Location, again.Location);
    }

    [Fact]
    public async Task All_that_was_done_is_in_a_record_that_holds_together_and_nobody_changes()
    {
        var one = await Fresh();
        await market.ReleasesAnother(Exemption, "start", $"For the record {Guid.NewGuid()}");
        var record = market.Portal.Services.GetRequiredService<ReleaseRecord>();

        var page = (await one.GetAsync(Page)).Words();
        foreach (var happened in new[] { "Came with the portal", "Draft begun", "Draft changed", "Release proposed", "Released" }) Assert.Contains(happened, page, StringComparison.Ordinal);
        Assert.Null(await record.FirstBadAsync(TestContext.Current.CancellationToken));
        await market.Database.OwnerRunsAsync("ALTER TABLE eservices.release_event DISABLE TRIGGER append_only");
        await market.Database.OwnerRunsAsync("UPDATE eservices.release_event SET user_id = NULL WHERE type = 'released'");
        await market.Database.OwnerRunsAsync("ALTER TABLE eservices.release_event ENABLE TRIGGER append_only");
        Assert.Contains("(released)", await record.FirstBadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    // No draft but a fresh one of the first analyst's, no proposal that waits.
    private async Task<Person> Fresh()
    {
        await market.Database.OwnerRunsAsync("DELETE FROM eservices.release_draft");
        await market.Database.OwnerRunsAsync("DELETE FROM eservices.release_proposal WHERE state = 'Open'");
        var analyst = await market.As(Cast.Analyst);
        Assert.Equal(303, (int)(await analyst.Edits(Exemption)).Status);
        return analyst;
    }

    private Task<string?> Release(string request) => market.Database.ValueAsync<string>("SELECT bundle_hash FROM requests.service_request WHERE id = $1", Guid.Parse(request));

    private Task<string?> State(string proposal) => market.Database.ValueAsync<string>("SELECT state FROM eservices.release_proposal WHERE id = $1", Guid.Parse(proposal.Split('/')[^1]));
}
