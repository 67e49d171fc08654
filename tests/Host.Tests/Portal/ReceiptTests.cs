using System.Net;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using UglyToad.PdfPig;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>The receipt as a file: what the tracker says, for those who may see the tracker and nobody else.</summary>
public sealed class ReceiptTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task The_receipt_holds_reference_answers_time_hash_and_the_plan_of_deadlines()
    {
        var request = await market.Submitted();
        var maker = await market.As(Cast.Maker);
        var tracker = (await maker.GetAsync("/requests/" + request)).Body;

        var words = await Receipt(maker, request);

        var number = Between(tracker, "<h1>", "</h1>");
        var hash = Between(tracker, "<code>", "</code>");
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.All(new[] { "Receipt " + number, "Received by the clearing house", hash, "Cut-off", "Decision due", "as configured, not confirmed by the exchange", "Market", "Hong Kong", "Sent to the checker", "HKT", "Page 1 of" },
            expected => Assert.Contains(expected.Replace(" ", "", StringComparison.Ordinal), words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_written_in_the_viewers_language()
    {
        var request = await market.Sent();
        var checker = await market.As(Cast.Checker);
        await checker.PostFormAsync("/language", new() { ["language"] = "zh-Hant", ["back"] = "/" }, "/");
        try
        {
            var words = await Receipt(checker, request);

            Assert.Contains("收據", words, StringComparison.Ordinal);
            Assert.Contains("已送交覆核人；尚未送達結算所", words, StringComparison.Ordinal);
            Assert.Contains("豁免補購申請", words, StringComparison.Ordinal);
        }
        finally
        {
            await checker.PostFormAsync("/language", new() { ["language"] = "en", ["back"] = "/" }, "/");
        }
    }

    [Fact]
    public async Task Another_participant_and_whoever_the_request_has_not_reached_find_nothing()
    {
        var request = await market.Sent();

        Assert.Equal(HttpStatusCode.NotFound, (await (await market.As(Cast.B09002.Maker)).GetAsync($"/requests/{request}/receipt.pdf")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await market.As(Cast.Reviewer)).GetAsync($"/requests/{request}/receipt.pdf")).Status);
    }

    [Fact]
    public async Task A_draft_has_no_receipt()
    {
        var maker = await market.As(Cast.Maker);
        var draft = (await maker.StartsDraft(PortalWithMail.Exemption, null)).Accepted().Json["id"]!.GetValue<string>();

        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync($"/requests/{draft}/receipt.pdf")).Status);
    }

    // Without spaces: how a line is broken is the page's business.
    private static async Task<string> Receipt(Person who, string request)
    {
        using var pdf = PdfDocument.Open(await who.DownloadsAsync($"/requests/{request}/receipt.pdf"));
        return string.Concat(pdf.GetPages().SelectMany(p => p.Letters).Select(l => l.Value)).Replace(" ", "", StringComparison.Ordinal);
    }

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)].Trim();
    }
}
