using System.Net;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>What is asked stands beside what the register holds, and what differs is marked; what a line does not ask for is no difference.</summary>
public sealed class BesideTheRegisterTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Theory]
    [InlineData("""{ "action": "RETURN", "replaces": "103", "returnReason": "LEAVER" }""", false)]
    [InlineData("""{ "action": "REPLACE", "replaces": "102", "cardFor": "DA_MAKER", "holder": "Ng Siu Fong", "replaceReason": "WORN" }""", false)]
    [InlineData("""{ "action": "REPLACE", "replaces": "101", "cardFor": "DA_MAKER", "holder": "Lee Ho Yin", "replaceReason": "OTHER_HOLDER" }""", true)]
    public async Task Only_what_is_asked_otherwise_differs(string card, bool differs)
    {
        var (maker, reviewer) = (await market.As(Cast.Maker), await market.As(Cast.Reviewer));
        var sample = await maker.SampleOf("scard-1-smartcards");
        sample["cards"] = new JsonArray(JsonNode.Parse(card));
        var id = (await maker.StartsDraft("scard-1-smartcards", sample)).Accepted().Id();
        (await maker.SubmitsRequest(id)).Accepted();
        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();
        var task = await reviewer.TaskOf(id);
        (await reviewer.ClaimsTask(task)).Accepted();

        var page = WebUtility.HtmlDecode((await reviewer.GetAsync($"/tasks/{task}")).Accepted().Body);

        Assert.Contains("Card in our records", page, StringComparison.Ordinal);
        Assert.Equal(differs, page.Contains("cc-held-differs", StringComparison.Ordinal));
    }
}
