using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Host.Tests.Api;

/// <summary>Examples are for whoever tries the portal, by the dozen: each can be sent as it is, whichever came before.</summary>
public sealed class SamplesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_hundred_samples_in_a_row_can_all_be_sent_to_the_checker()
    {
        const int Hundred = 100;
        var maker = await market.As(Cast.Maker);
        foreach (var key in (await maker.SeesEServices()).Json.AsArray().Select(e => e.Text("key")))
        {
            var samples = new List<JsonObject>();
            for (var i = 0; i < Hundred; i++) samples.Add((await maker.GetAsync($"/api/eservices/{key}/sample")).Accepted().Json.AsObject());

            foreach (var sample in samples)
            {
                var draft = (await maker.SendsJsonAsync(HttpMethod.Post, "/api/requests", sample)).Accepted();
                Assert.Equal("pendingChecker", (await maker.SubmitsRequest(draft.Id())).Accepted().Json.Text("status"));
            }

            Assert.Equal(Hundred, samples.Select(s => s.ToJsonString()).Distinct().Count());
        }
    }
}
