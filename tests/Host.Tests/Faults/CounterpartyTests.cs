using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>
/// B09001 asks for something that concerns B09002, whose people are asked. They see their task and what it shows them; the request, its
/// record, files and words do not exist for them, and their task exists for nobody else's firm.
/// </summary>
public sealed class CounterpartyTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Isolated = "set-4-isolated-trades", Secret = "Between us and the clearing house", Said = "Queued behind another delivery";

    // What form.json shows, of the request and of each line; with the whole of it a leak would be seen whatever it is called.
    private static readonly string[] Shown = ["requestedBuyInDate", "lines"];
    private static readonly string[] ShownOfLines = ["positionNo", "tradeDate", "settlementDate", "stockCode", "stockName", "counterpartyBrokerNo", "tradeQty", "outstandingQty", "tradePrice", "buyInQty"];

    [Fact]
    public async Task Who_is_asked_reads_what_is_shown_and_nothing_else()
    {
        var (request, number, file) = await AskedAsync(0);
        var seller = await market.As(Cast.B09002.Checker);
        var task = await seller.TaskOf(request);

        var seen = (await seller.SeesTask(task)).Accepted();
        Assert.Equal(Shown.Order(StringComparer.Ordinal), Names(seen.Json["answers"]!));
        Assert.All(seen.Json["answers"]!["lines"]!.AsArray(), line => Assert.Equal(ShownOfLines.Order(StringComparer.Ordinal), Names(line!)));
        foreach (var kept in new[] { "status", "proposal" }) Assert.Null(seen.Json[kept]);
        foreach (var empty in new[] { "register", "files", "grants", "reasons" }) Assert.Empty(seen.Json[empty]!.AsArray());

        var page = (await seller.GetAsync($"/tasks/{task}")).Accepted();
        foreach (var body in new[] { seen.Body, WebUtility.HtmlDecode(page.Body), (await seller.SeesInbox()).Body, (await seller.GetAsync("/inbox")).Body, (await seller.GetAsync("/")).Body, (await seller.GetAsync("/notices")).Body })
        {
            foreach (var word in new[] { Secret, file, "Chan Wing Yan", "Wong Mei Ling", "ours.csv", "/requests/" + request }) Assert.DoesNotContain(word, body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("id=\"messages\"", page.Body, StringComparison.Ordinal);
        Assert.Contains(number, page.Body, StringComparison.Ordinal);
        Assert.Contains("Lantau Harbour Securities Limited", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_else_of_the_request_is_as_if_it_were_not()
    {
        var (request, number, file) = await AskedAsync(1);
        var task = await (await market.As(Cast.B09002.Checker)).TaskOf(request);
        var before = await market.Stored(request);
        var asked = 0;
        foreach (var account in new[] { Cast.B09002.Maker, Cast.B09002.Checker })
        {
            var seller = await market.As(account);
            foreach (var route in RouteTable.Of(market.Portal.Services).Where(r => r.Verb == "GET" && r.Pattern.Contains("/requests/{id}", StringComparison.Ordinal)))
            {
                string Path(string id) => route.Pattern.Replace("{id}", id, StringComparison.Ordinal).Replace("{attachment}", file, StringComparison.Ordinal);
                var (theirs, nobodys) = (await seller.GetAsync(Path(request)), await seller.GetAsync(Path(Guid.CreateVersion7().ToString())));

                Assert.True(theirs.Status == nobodys.Status && (int)theirs.Status is 403 or 404, $"{account}: {route.Pattern} answered {(int)theirs.Status}, for nothing {(int)nobodys.Status}.");
                asked++;
            }

            Assert.Equal(0, (await seller.SeesRequests($"?search={number}")).Accepted().Json["total"]!.GetValue<int>());
            Assert.Equal(404, (int)(await seller.WithdrawsRequest(request)).Status);
            Assert.Equal(404, (int)(await seller.SendsJsonAsync(HttpMethod.Post, $"/api/requests/{request}/messages", new JsonObject { ["text"] = "A word between us." })).Status);
            Assert.Equal(404, (int)(await seller.PostFormAsync($"/tasks/{task}/messages", new() { ["message"] = "A word between us." }, "/account")).Status);
        }

        Assert.True(asked > 8, $"Only {asked} addresses speak of a request.");
        Assert.Equal(before, await market.Stored(request));
    }

    [Fact]
    public async Task The_task_is_there_for_those_who_are_asked_and_for_no_other_firm()
    {
        var (request, _, _) = await AskedAsync(2);
        var task = await (await market.As(Cast.B09002.Checker)).TaskOf(request);
        foreach (var account in new[] { Cast.Maker, Cast.Checker, Cast.B09003.Checker, Cast.C09001.Checker, Cast.Reviewer, Cast.Supervisor })
        {
            var other = await market.As(account);
            Assert.Equal(404, (int)(await other.SeesTask(task)).Status);
            Assert.Equal(404, (int)(await other.GetAsync($"/tasks/{task}")).Status);
            Assert.DoesNotContain(task, (await other.SeesInbox(request)).Body, StringComparison.Ordinal);
        }

        // A maker of the firm reads it, and leaves the answer to a checker; nothing but an answer is taken.
        var maker = await market.As(Cast.B09002.Maker);
        var hash = (await maker.SeesTask(task)).Accepted().Json.Text("contentHash");
        Assert.Equal(403, (int)(await maker.DecidesTask(task, "done", contentHash: hash)).Status);
        Assert.Equal(422, (int)(await (await market.As(Cast.B09002.Checker)).DecidesTask(task, "approve")).Status);
    }

    [Fact]
    public async Task An_answer_is_read_by_the_buyer_and_the_clearing_house_and_by_the_seller_no_more()
    {
        var (request, number, _) = await AskedAsync(3);
        var seller = await market.As(Cast.B09002.Checker);
        var task = await seller.TaskOf(request);
        var told = (await seller.SeesNotices()).Accepted().Json["items"]!.AsArray().First(n => (string?)n!["taskId"] == task)!;
        Assert.Null(told["requestId"]);
        Assert.Contains($"/tasks/{task}", (await seller.GetAsync("/notices")).Body, StringComparison.Ordinal);

        (await seller.ReportsMilestone(task, [], [new JsonObject { ["line"] = 1, ["milestone"] = new JsonObject { ["answer"] = "INSTRUCTED", ["inputAt"] = "11:20", ["remark"] = Said } }])).Accepted();

        var buyer = await market.As(Cast.Maker);
        var reviewer = await market.As(Cast.Reviewer);
        Assert.Equal("11:20", (await buyer.SeesRequest(request)).Json["milestones"]!["counterparty"]!["lines"]![0]!["values"]!.Text("inputAt"));
        foreach (var page in new[] { await buyer.GetAsync($"/requests/{request}"), await reviewer.GetAsync($"/tasks/{await reviewer.TaskOf(request)}") })
        {
            foreach (var word in new[] { Said, "11:20", "Delivery instruction input", "Counterparty, Nine Dragons" }) Assert.Contains(word, page.Accepted().Body.Replace("Yeung Pui Shan, ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Yeung Pui Shan", (await buyer.GetAsync($"/requests/{request}")).Body + (await buyer.SeesTimeline(request)).Body + (await buyer.SeesRequest(request)).Body, StringComparison.Ordinal);
        Assert.Contains("Yeung Pui Shan", (await reviewer.SeesTimeline(request)).Accepted().Body, StringComparison.Ordinal);

        var closed = (await seller.SeesTask(task)).Accepted();
        Assert.Empty(closed.Json["answers"]!.AsObject());
        Assert.Null(closed.Json["status"]);
        Assert.DoesNotContain(Said, (await seller.GetAsync($"/tasks/{task}")).Accepted().Body, StringComparison.Ordinal);
        Assert.Equal(409, (int)(await seller.ReportsMilestone(task, [], [])).Status);
        Assert.Contains(number, closed.Body, StringComparison.Ordinal);
    }

    // Each test has a trade of its own, in a request whose other answers are nobody else's business.
    private async Task<(string Request, string Number, string File)> AskedAsync(int trade)
    {
        var (maker, checker) = (await market.As(Cast.Maker), await market.As(Cast.Checker));
        var answers = await maker.SampleOf(Isolated);
        var line = answers["lines"]![0]!.DeepClone().AsObject();
        line["positionNo"] = $"I0009900{trade}";
        answers["lines"] = new JsonArray(line);
        answers["remarks"] = Secret;
        answers["clientReference"] = Secret[..30];
        var request = (await maker.StartsDraft(Isolated, answers)).Id();
        var file = (await maker.AttachesFile(request, "attachments", "ours.csv", Encoding.UTF8.GetBytes($"{Secret},1\n"), "text/csv")).Id();
        (await maker.SubmitsRequest(request)).Accepted();
        (await checker.Approves(request)).Accepted();
        return (request, (await maker.SeesRequest(request)).Json.Text("number"), file);
    }

    private static IEnumerable<string> Names(JsonNode of) => of.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal);
}
