using ClientConnect.Host.Composition;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Every address with the permission it asks for, as it was agreed. The browser tests visit the pages of this list as each role.</summary>
public sealed class RoutesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public void The_routes_and_what_they_need_are_as_agreed() => Golden.Matches(RouteTable.AsText(market.Portal.Services), "Golden/routes.txt");
}
