using System.Net;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>An exemption is in force through its last day and not a moment longer, on every page, and with its request.</summary>
public sealed class EntriesThatEndTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Exemptions = "buy-in-exemption";

    [Fact]
    public async Task When_the_business_clock_passes_its_last_day_an_exemption_is_no_longer_in_force_and_says_why()
    {
        var id = await market.Reviewed();
        (await (await market.As(Cast.Approver)).Approves(id)).Accepted();
        var maker = await market.As(Cast.Maker);
        var entries = (await maker.GetAsync($"/api/register/{Exemptions}")).Accepted().Json["items"]!.AsArray().Where(e => e.Text("requestId") == id).ToList();
        var last = entries.Max(e => DateOnly.ParseExact(e!["values"].Text("until"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var address = $"/register/{Exemptions}/{entries[0].Text("key")}";

        await market.Portal.ClockMovesTo($"{last:yyyy-MM-dd} 23:59");
        Assert.Contains(address, (await maker.GetAsync($"/register/{Exemptions}")).Body, StringComparison.Ordinal);
        Assert.NotEqual("completed", (await maker.GetAsync($"/api/requests/{id}")).Json.Text("status"));
        await market.Portal.ClockMovesTo($"{last.AddDays(1):yyyy-MM-dd} 00:00");

        Assert.DoesNotContain(address, (await maker.GetAsync($"/register/{Exemptions}")).Body, StringComparison.Ordinal);
        Assert.Contains(address, (await maker.GetAsync($"/register/{Exemptions}?state=ended")).Body, StringComparison.Ordinal);
        Assert.Equal("completed", (await maker.GetAsync($"/api/requests/{id}")).Json.Text("status"));
        var ended = (await maker.GetAsync($"/api/{address[1..]}")).Json[0];
        Assert.Equal(("ended", $"{last.AddDays(1):yyyy-MM-dd}T00:00:00+08:00", $"{last:yyyy-MM-dd}"), (ended.Text("state"), ended.Text("validTo"), ended.Text("endedAfter")));
        foreach (var (language, words) in new[] { ("zh-Hant", "有效期最後一日已屆滿"), ("zh-Hans", "有效期最后一日已届满"), ("en", "Its last day was over") })
        {
            await maker.PostFormAsync("/language", new() { ["language"] = language, ["back"] = address }, address);
            Assert.Contains(words, WebUtility.HtmlDecode((await maker.GetAsync(address)).Body), StringComparison.Ordinal);
        }

        Assert.Empty((await market.Portal.Services.GetRequiredService<AuditTheWorld>().HandleAsync(AuditEvidence.None, TestContext.Current.CancellationToken)).Differences);
    }
}
