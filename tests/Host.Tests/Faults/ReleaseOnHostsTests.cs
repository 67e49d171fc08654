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
        var follower = new ReleaseStore(market.Database.Contexts, away, clock);
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
        Assert.Equal(released.Hash, await fresh.SeededAsync(seed, clock));
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

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A database that has seen nothing yet.</summary>
    private sealed class DemonstrationStart : IAsyncDisposable
    {
        private readonly ClientConnect.Testing.Database.TestDatabase database = new();

        public async Task<string?> SeededAsync(EServiceBundle bundle, Workflows.Kernel.BusinessClock clock)
        {
            await database.InitializeAsync();
            Assert.Equal(SeedOutcome.InForce, await new ReleaseStore(database.Contexts, new Catalogue(), clock).SeedAsync(bundle, isDevelopment: true, Ct));
            return await database.ValueAsync<string>("SELECT hash FROM eservices.effective");
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
