using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>An old release that a build can't read stops the requests that stand on it, in words, and nobody else's.</summary>
public sealed class UnreadableReleaseTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Exemption = PortalWithMail.Exemption;

    [Fact]
    public async Task Who_stands_on_it_is_told_so_and_all_others_go_on()
    {
        await market.ReleasesAnother(Exemption, "start", "To be poisoned");
        var poisoned = await (await market.As(Cast.Maker)).Sends(Exemption);
        var task = await (await market.As(Cast.Checker)).TaskOf(poisoned);
        await market.ReleasesAnother(Exemption, "start", "Sound again");
        var sound = await (await market.As(Cast.Maker)).Sends(Exemption);
        await market.Database.OwnerRunsAsync(
            $"UPDATE eservices.release SET document = jsonb_set(document, '{{files,workflow.json}}', '{{\"root\": 1}}') WHERE hash = (SELECT bundle_hash FROM requests.service_request WHERE id = '{poisoned}')");

        await using var fresh = await PortalProcess.StartAsync(market.Database, PortalUnderTest.MailTo(market.Mail));
        var (maker, checker, stranger) = (await fresh.As(Cast.Maker), await fresh.As(Cast.Checker), await fresh.As(Cast.B09002.Maker));

        foreach (var page in new[] { $"/requests/{poisoned}", $"/tasks/{task}" })
        {
            var told = await checker.GetAsync(page);
            Assert.Equal(409, (int)told.Status);
            Assert.Contains("nothing of it is lost", told.Words(), StringComparison.Ordinal);
        }

        (await maker.WithdrawsRequest(poisoned)).Refused("release-is-unreadable");
        (await maker.SeesRequest(poisoned)).Refused("release-is-unreadable");
        (await stranger.SeesRequest(poisoned)).Refused("nothing-here");
        Assert.Equal(200, (int)(await maker.GetAsync("/requests")).Status);
        Assert.Equal(200, (int)(await checker.SeesInbox()).Status);
        (await checker.Approves(sound)).Accepted();
        Assert.Contains("can't read the release", fresh.Log, StringComparison.Ordinal);
    }
}
