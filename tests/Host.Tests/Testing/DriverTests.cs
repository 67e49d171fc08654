using System.Net;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Testing;

/// <summary>The driver reaches the real portal, in this process and as one of its own.</summary>
public sealed class DriverTests(DemonstrationDatabase database) : IClassFixture<DemonstrationDatabase>
{
    [Fact]
    public async Task A_portal_in_this_process_knows_the_cast()
    {
        await using var portal = await PortalHost.StartAsync(database);

        await KnowsTheCast(portal);
    }

    [Fact]
    public async Task A_portal_of_its_own_comes_back_after_it_was_killed()
    {
        await using var portal = await PortalProcess.StartAsync(database);
        await KnowsTheCast(portal);

        portal.Kill();
        await portal.StartAsync();

        var maker = await portal.As(Cast.Maker);
        Assert.Equal(HttpStatusCode.OK, (await maker.SeesEServices()).Status);
    }

    private static async Task KnowsTheCast(PortalUnderTest portal)
    {
        var stranger = await portal.Stranger().SeesEServices();
        var maker = await portal.As(Cast.Maker);

        Assert.Equal(HttpStatusCode.Unauthorized, stranger.Status);
        Assert.NotEmpty((await maker.SeesEServices()).Accepted().Json.ToJsonString());
    }
}
