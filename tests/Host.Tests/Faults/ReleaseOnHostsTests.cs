using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>Several hosts on one database: all follow a release within a second of its moment, also one that was told nothing for a while.</summary>
public sealed class ReleaseOnHostsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Exemption = PortalWithMail.Exemption;
    private const string Page = "/designer/" + Exemption;

    [Fact]
    public async Task Another_host_follows_within_a_second_and_goes_on_with_requests_by_either_release()
    {
        await using var other = await PortalProcess.StartAsync(market.Database, PortalUnderTest.MailTo(market.Mail));
        var there = await other.As(Cast.Auditor);
        var before = await market.Sent();
        var words = $"Seen on every host {Guid.NewGuid()}";

        await market.ReleasesAnother(Exemption, "start", words);
        var from = await market.Database.ValueAsync<DateTime>("SELECT max(effective_from) FROM eservices.effective WHERE eservice = $1", Exemption);
        DateTimeOffset now;
        do now = market.Portal.Services.GetRequiredService<Workflows.Kernel.BusinessClock>().GetUtcNow();
        while (!(await there.GetAsync(Page)).Words().Contains(words, StringComparison.Ordinal) && now < from.AddSeconds(10));

        Assert.True(now - from < TimeSpan.FromSeconds(1), string.Create(CultureInfo.InvariantCulture, $"The other host followed {now - from} after the moment."));
        var after = await (await market.As(Cast.Maker)).Sends(Exemption);
        (await (await other.As(Cast.Checker)).Approves(before)).Accepted();
        (await (await other.As(Cast.Checker)).Approves(after)).Accepted();
    }

    [Fact]
    public async Task A_host_that_missed_all_of_it_learns_of_it_from_its_next_question()
    {
        var services = market.Portal.Services;
        var (loader, clock) = (services.GetRequiredService<BundleLoader>(), services.GetRequiredService<Workflows.Kernel.BusinessClock>());
        var away = new Catalogue();
        var follower = new ReleaseStore(market.Database.Contexts, away, services.GetRequiredService<ReleaseDeeds>(), clock);
        await follower.FollowAsync(loader, market.Database.Source, Ct);
        var known = away.ReleasesOf(Exemption).Count;

        await market.ReleasesAnother(Exemption, "start", $"Missed {Guid.NewGuid()}");
        await market.ReleasesAnother(Exemption, "start", $"And missed again {Guid.NewGuid()}");
        Assert.Equal(known, away.ReleasesOf(Exemption).Count);
        Assert.Empty(await follower.FollowAsync(loader, market.Database.Source, Ct));

        Assert.Equal(known + 2, away.ReleasesOf(Exemption).Count);
        Assert.Equal(services.GetRequiredService<Catalogue>().InForce(Exemption, clock.GetUtcNow())!.Hash, away.InForce(Exemption, clock.GetUtcNow())!.Hash);
    }

    [Fact]
    public async Task What_is_cancelled_on_one_host_is_in_force_on_none_and_of_many_who_cancel_one_does()
    {
        await using var other = await PortalProcess.StartAsync(market.Database, PortalUnderTest.MailTo(market.Mail));
        var (here, there) = (await market.As(Cast.Auditor), await other.As(Cast.Auditor));
        var words = $"Never seen {Guid.NewGuid()}";
        var (proposal, moment) = await Scheduled(words);
        await ClockMovesTo(moment.AddSeconds(-12));

        var analysts = new[] { await market.As(Cast.Analyst), await market.As(Cast.Analyst2), await other.As(Cast.Analyst), await other.As(Cast.Analyst2) };
        var answers = await Task.WhenAll(analysts.Select(a => a.Presses(proposal + "/cancellation", "/account", ("reason", $"{a.Account} cancels"))));
        Assert.Equal([303, 409, 409, 409], answers.Select(a => (int)a.Status).Order());
        Assert.True(Now < moment.AddSeconds(-1), "The moment came before anybody had cancelled.");

        do
        {
            foreach (var host in new[] { here, there }) Assert.DoesNotContain(words, (await host.GetAsync(Page)).Words(), StringComparison.Ordinal);
        }
        while (Now < moment.AddSeconds(2));
        Assert.Equal(1L, await market.Database.ValueAsync<long>("SELECT count(*) FROM eservices.release_event WHERE type = 'cancelled' AND data ->> 'words' LIKE '% cancels'"));
        Assert.Equal(0L, await market.Database.ValueAsync<long>("SELECT count(*) FROM eservices.effective WHERE effective_from = $1", moment.UtcDateTime));
    }

    [Fact]
    public async Task Once_the_moment_is_a_second_away_it_wins_over_who_cancels()
    {
        var words = $"In force all the same {Guid.NewGuid()}";
        var (proposal, moment) = await Scheduled(words);
        var analyst = await market.As(Cast.Analyst);
        await ClockMovesTo(moment.AddSeconds(-3));
        while (Now <= moment.AddSeconds(-1)) await Task.Delay(20, Ct);

        var late = await analyst.Presses(proposal + "/cancellation", "/account", ("reason", "Too late"));

        Assert.Equal(409, (int)late.Status);
        Assert.Contains("too late to cancel", late.Words(), StringComparison.Ordinal);
        await market.Until(async () => (await analyst.GetAsync(Page)).Words().Contains(words, StringComparison.Ordinal));
        Assert.Equal(0L, await market.Database.ValueAsync<long>("SELECT count(*) FROM eservices.release_event WHERE type = 'cancelled' AND data ->> 'words' = 'Too late'"));
    }

    [Fact]
    public async Task A_host_that_missed_a_cancellation_and_what_was_released_instead_learns_of_both_from_its_next_question()
    {
        var services = market.Portal.Services;
        var (loader, clock) = (services.GetRequiredService<BundleLoader>(), services.GetRequiredService<Workflows.Kernel.BusinessClock>());
        var away = new Catalogue();
        var follower = new ReleaseStore(market.Database.Contexts, away, services.GetRequiredService<ReleaseDeeds>(), clock);
        var (proposal, moment) = await Scheduled($"Missed {Guid.NewGuid()}");
        await follower.FollowAsync(loader, market.Database.Source, Ct);
        Assert.Equal(moment, away.ReleasesOf(Exemption)[^1].From);
        var before = away.ReleasesOf(Exemption).Count;

        // One goes and another comes: as many are effective as before.
        var analyst = await market.As(Cast.Analyst);
        Assert.Equal(303, (int)(await analyst.Presses(proposal + "/cancellation", proposal, ("reason", "Another instead"))).Status);
        var old = away.ReleasesOf(Exemption)[0].Bundle.Hash;
        await market.Database.OwnerRunsAsync($"INSERT INTO eservices.effective (eservice, effective_from, hash, by) VALUES ('{Exemption}', '{moment.AddYears(1).UtcDateTime:O}', '{old}', 'seed')");
        await follower.FollowAsync(loader, market.Database.Source, Ct);

        Assert.Equal(before, away.ReleasesOf(Exemption).Count);
        Assert.Equal((moment.AddYears(1), old), (away.ReleasesOf(Exemption)[^1].From, away.ReleasesOf(Exemption)[^1].Bundle.Hash));
        Assert.DoesNotContain(away.ReleasesOf(Exemption), r => r.From == moment);
        await market.Database.OwnerRunsAsync($"DELETE FROM eservices.effective WHERE effective_from = '{moment.AddYears(1).UtcDateTime:O}'");
    }

    [Fact]
    public async Task A_release_that_is_exported_and_read_as_the_seed_is_the_same_release()
    {
        await market.ReleasesAnother(Exemption, "start", $"Exported {Guid.NewGuid()}");
        var services = market.Portal.Services;
        var (loader, clock, folder) = (services.GetRequiredService<BundleLoader>(), services.GetRequiredService<Workflows.Kernel.BusinessClock>(), await WorkflowsFolder.ReadAsync(Repository.Workflows, Ct));
        var released = services.GetRequiredService<Catalogue>().InForce(Exemption, clock.GetUtcNow())!;

        var files = ReleaseFiles.Of(released, folder.Folders[Exemption], folder.Shared);
        var seed = loader.Load(Exemption, files.Write).Bundle!;

        Assert.Equal(released.Hash, seed.Hash);
        Assert.Equal(SeedOutcome.Known, await services.GetRequiredService<ReleaseStore>().SeedAsync(seed, isDevelopment: true, Ct));
        await using var fresh = new DemonstrationStart();
        Assert.Equal(released.Hash, await fresh.SeededAsync(seed, services.GetRequiredService<ReleaseDeeds>(), clock));
    }

    [Fact]
    public async Task A_folder_that_a_build_brings_after_analysts_have_released_waits_for_one_of_them()
    {
        await market.ReleasesAnother(Exemption, "start", $"By analysts {Guid.NewGuid()}");
        var services = market.Portal.Services;
        var (loader, folder) = (services.GetRequiredService<BundleLoader>(), await WorkflowsFolder.ReadAsync(Repository.Workflows, Ct));
        var texts = new Dictionary<string, string>(folder.Folders[Exemption]);
        var drawing = JsonNode.Parse(texts["workflow.json"])!;
        drawing["description"] = $"By a build {Guid.NewGuid()}";
        texts["workflow.json"] = drawing.ToJsonString();
        var store = services.GetRequiredService<ReleaseStore>();

        Assert.Equal(SeedOutcome.Proposed, await store.SeedAsync(loader.Load(Exemption, texts).Bundle!, isDevelopment: true, Ct));
        Assert.Equal(SeedOutcome.Known, await store.SeedAsync(loader.Load(Exemption, texts).Bundle!, isDevelopment: true, Ct));

        var id = await market.Database.ValueAsync<Guid>("SELECT id FROM eservices.release_proposal WHERE state = 'Open' AND proposed_by IS NULL");
        var analyst = await market.As(Cast.Analyst);
        Assert.Contains("this build of the portal", (await analyst.GetAsync($"/designer/proposals/{id}")).Words(), StringComparison.Ordinal);
        Assert.Equal(303, (int)(await analyst.Releases($"/designer/proposals/{id}")).Status);
    }

    private DateTimeOffset Now => market.Portal.Services.GetRequiredService<Workflows.Kernel.BusinessClock>().GetUtcNow();

    private Task ClockMovesTo(DateTimeOffset moment) => market.Portal.ClockMovesTo(moment.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));

    // A proposal's address and the moment for which it is released: within three minutes.
    private async Task<(string Proposal, DateTimeOffset Moment)> Scheduled(string name)
    {
        await market.Database.OwnerRunsAsync("DELETE FROM eservices.release_draft");
        var (one, other) = (await market.As(Cast.Analyst), await market.As(Cast.Analyst2));
        Assert.Equal(303, (int)(await one.Edits(Exemption)).Status);
        (await one.Renames(Exemption, "start", name)).Accepted();
        var proposal = await one.Proposes(Exemption);
        var now = Workflows.Kernel.HongKong.ToHongKong(Now);
        var moment = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(3);
        var released = await other.Releases(proposal, moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), moment.ToString("HH:mm", CultureInfo.InvariantCulture));
        Assert.True((int)released.Status == 303, released.ToString());
        return (proposal, moment.ToUniversalTime());
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A database that has seen nothing yet.</summary>
    private sealed class DemonstrationStart : IAsyncDisposable
    {
        private readonly ClientConnect.Testing.Database.TestDatabase database = new();

        public async Task<string?> SeededAsync(EServiceBundle bundle, ReleaseDeeds deeds, Workflows.Kernel.BusinessClock clock)
        {
            await database.InitializeAsync();
            Assert.Equal(SeedOutcome.InForce, await new ReleaseStore(database.Contexts, new Catalogue(), deeds, clock).SeedAsync(bundle, isDevelopment: true, Ct));
            return await database.ValueAsync<string>("SELECT hash FROM eservices.effective");
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
