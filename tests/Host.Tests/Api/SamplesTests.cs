using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>Examples are for whoever tries the portal, by the dozen: each can be sent as it is, whichever came before.</summary>
public sealed class SamplesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_hundred_samples_in_a_row_can_all_be_sent_to_the_checker()
    {
        const int Hundred = 100;
        var maker = await market.As(Cast.Maker);
        var samples = new List<JsonObject>();
        for (var i = 0; i < Hundred; i++) samples.Add((await maker.GetAsync($"/api/eservices/{PortalWithMail.Exemption}/sample")).Accepted().Json.AsObject());

        foreach (var sample in samples)
        {
            Assert.Equal("pendingChecker", (await maker.SubmitsRequest(await Drafted(maker, sample))).Accepted().Json.Text("status"));
        }

        Assert.Equal(Hundred, samples.Select(s => s.ToJsonString()).Distinct().Count());
    }

    [Fact]
    public async Task Every_eService_has_one_that_can_be_sent_and_a_second_unless_it_is_about_the_same_thing()
    {
        var maker = await market.As(Cast.Maker);
        foreach (var key in (await maker.SeesEServices()).Json.AsArray().Select(e => e.Text("key")).Except([PortalWithMail.Exemption]))
        {
            var sample = (await maker.GetAsync($"/api/eservices/{key}/sample")).Accepted().Json.AsObject();
            // Where no checker is asked it counts at once.
            Assert.Contains((await maker.SubmitsRequest(await Drafted(maker, sample))).Accepted().Json.Text("status"), new[] { "pendingChecker", "approved" });

            var second = await maker.SubmitsRequest(await Drafted(maker, sample));
            Assert.Contains(second.Problem?.Code, new[] { null, "another-request-is-open-for-this", "somebody-is-enrolled-already" });
        }
    }

    private static async Task<string> Drafted(Person maker, JsonObject sample) => (await maker.SendsJsonAsync(HttpMethod.Post, "/api/requests", sample)).Accepted().Id();
}
