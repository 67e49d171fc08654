using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>What an enrolment is chosen from.</summary>
public sealed partial class EnrolmentFormTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task Dates_are_offered_in_their_own_order_and_not_in_that_of_their_numbers()
    {
        var maker = await market.As(Cast.Maker);
        var days = (await (await market.As(Cast.Supervisor)).GetAsync("/api/activities")).Accepted().Json.AsArray().ToDictionary(a => a!.Text("key"), a => a!.Text("date"));
        var draft = (await maker.StartsDraft("event-id-enrolment", membership: Cast.Maker.Membership)).Id();

        var offered = Offered().Matches((await maker.GetAsync($"/requests/{draft}/form")).Accepted().Body).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEqual(offered.Order(StringComparer.Ordinal), offered);
        Assert.Equal(offered.OrderBy(key => days[key], StringComparer.Ordinal), offered);
    }

    [GeneratedRegex("<(?:option|input)[^>]* value=\"(EV[0-9-]+)\"")]
    private static partial Regex Offered();
}
