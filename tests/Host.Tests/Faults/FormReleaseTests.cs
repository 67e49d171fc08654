using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>A release comes into force between a page and what is posted from it.</summary>
public sealed partial class FormReleaseTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task What_was_checked_under_one_release_is_not_sent_under_the_next_unseen_and_nothing_typed_is_lost()
    {
        var (maker, checker) = (await market.As(Cast.Maker), await market.As(Cast.Checker));
        var running = await market.Sent();
        var answers = await maker.SampleOf(PortalWithMail.Exemption);
        answers["remarks"] = "Typed before the release.";
        var draft = (await maker.StartsDraft(PortalWithMail.Exemption, answers)).Id();
        var page = $"/requests/{draft}/check";
        var seen = ContentHash().Match((await maker.GetAsync(page)).Body).Groups[1].Value;
        var before = await market.Stored(draft);
        await ReleasesAnother();

        var stale = await maker.PostFormAsync($"/requests/{draft}/submission", new() { ["contentHash"] = seen, ["key"] = Guid.NewGuid().ToString() }, page);

        Assert.Equal(409, (int)stale.Status);
        Assert.Equal(before, await market.Stored(draft));
        Assert.Contains("Typed before the release.", (await maker.GetAsync($"/requests/{draft}/form")).Body, StringComparison.Ordinal);
        var again = ContentHash().Match((await maker.GetAsync(page)).Body).Groups[1].Value;
        Assert.Equal(303, (int)(await maker.PostFormAsync($"/requests/{draft}/submission", new() { ["contentHash"] = again, ["key"] = Guid.NewGuid().ToString() }, page)).Status);
        Assert.Equal("pendingChecker", await maker.StatusOf(draft));

        // What was under way goes on by the release that it began with.
        (await checker.Approves(running)).Accepted();
        Assert.Equal(2, await market.Database.ValueAsync<long>("SELECT count(DISTINCT bundle_hash) FROM requests.service_request WHERE id IN ($1, $2)", Guid.Parse(running), Guid.Parse(draft)));
    }

    // The same under another hash, as the database says it.
    private async Task ReleasesAnother()
    {
        var hash = new string('b', 64);
        var (catalogue, clock) = (market.Portal.Services.GetRequiredService<Catalogue>(), market.Portal.Services.GetRequiredService<BusinessClock>());
        var now = clock.GetUtcNow().UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var old = catalogue.InForce(PortalWithMail.Exemption, clock.GetUtcNow())!.Hash;
        await market.Database.OwnerRunsAsync($"INSERT INTO eservices.release (hash, eservice, document, stored_at) SELECT '{hash}', eservice, document, '{now}' FROM eservices.release WHERE hash = '{old}'");
        await market.Database.OwnerRunsAsync($"INSERT INTO eservices.effective (eservice, effective_from, hash, by) VALUES ('{PortalWithMail.Exemption}', '{now}', '{hash}', 'seed')");
        await market.Until(() => Task.FromResult(catalogue.InForce(PortalWithMail.Exemption, clock.GetUtcNow())!.Hash == hash));
    }

    [GeneratedRegex("name=\"contentHash\" value=\"([0-9a-f]+)\"")]
    private static partial Regex ContentHash();
}
