using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Mail;
using MimeKit;

namespace ClientConnect.Host.Tests.Api;

/// <summary>A request's whole way through the API, and the mails that it leaves at a real mail server.</summary>
public sealed class JourneyTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_goes_from_its_maker_to_the_register_and_everyone_concerned_gets_a_mail()
    {
        var maker = await market.As(Cast.Maker);
        var answers = await maker.SampleOf(PortalWithMail.Exemption);
        answers["contactEmail"] = "desk@b09001.example";

        var draft = (await maker.StartsDraft(PortalWithMail.Exemption, answers)).Accepted();
        var id = draft.Id();
        Assert.Equal("draft", await maker.StatusOf(id));
        var sent = (await maker.SubmitsRequest(id, ifMatch: draft.ETag)).Accepted();
        var number = sent.Json.Text("number");
        Assert.Equal("pendingChecker", await maker.StatusOf(id));
        await Told(number, "is waiting for you", Cast.Checker, Cast.B09001.Checker2);

        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();
        Assert.Equal("submitted", await maker.StatusOf(id));
        await Told(number, "was sent", Cast.Maker, Cast.Checker);

        var reviewer = await market.As(Cast.Reviewer);
        var task = await reviewer.TaskOf(id);
        (await reviewer.ClaimsTask(task)).Accepted();
        Assert.Equal("processing", await maker.StatusOf(id));
        (await reviewer.DecidesTask(task, "approve", lines: [new JsonObject { ["line"] = 2, ["outcome"] = "reject", ["reason"] = "NO_GROUND" }])).Accepted();
        Assert.Equal("pendingHkexApproval", await maker.StatusOf(id));
        (await (await market.As(Cast.Approver)).Approves(id)).Accepted();

        var decided = (await maker.SeesRequest(id)).Accepted().Json;
        Assert.Equal("partiallyApproved", decided.Text("status"));
        Assert.Equal(["approve", "reject", "approve"], decided["lines"]!.AsArray().Select(line => line.Text("outcome")));
        await Told(number, "2 of 3 positions exempted from buy-in", Cast.Maker, Cast.Checker, new Account("desk@b09001.example"));
        Assert.Equal(2, await market.Database.ValueAsync<long>("SELECT count(*) FROM register.entry WHERE kind = 'buy-in-exemption' AND request_id = $1", Guid.Parse(id)));
        Golden.Matches(string.Join('\n', await Way(id)), "Golden/way-for-participants.txt");
    }

    [Fact]
    public async Task What_is_to_be_corrected_is_mailed_and_the_corrected_request_goes_on_under_its_number()
    {
        var maker = await market.As(Cast.Maker);
        var checker = await market.As(Cast.Checker);
        var id = await market.Sent();
        var number = (await maker.SeesRequest(id)).Json.Text("number");

        (await checker.Returns(id, "Ask for half of it only.")).Accepted();
        await Told(number, "was returned for correction", Cast.Maker);
        var returned = (await maker.SeesRequest(id)).Accepted();
        Assert.Contains("half of it", returned.Json["remarks"]!.ToJsonString(), StringComparison.Ordinal);
        var answers = returned.Json["answers"]!.DeepClone().AsObject();
        answers["lines"]![0]!["exemptQty"] = answers["lines"]![0]!["exemptQty"]!.GetValue<long>() / 2;
        (await maker.SavesAnswers(id, answers, returned.ETag)).Accepted();
        (await maker.SubmitsRequest(id)).Accepted();
        (await checker.Approves(id)).Accepted();

        var after = (await maker.SeesRequest(id)).Json;
        Assert.Equal(("submitted", number, 2), (after.Text("status"), after.Text("number"), after["revision"]!.GetValue<int>()));
        var correction = (await maker.SeesTimeline(id)).Json.AsArray().Single(e => e.Text("what") == "correctionSentToChecker");
        Assert.Contains("lines[0].exemptQty", correction!["changes"]!.AsArray().Select(c => c!.GetValue<string>()));
    }

    [Fact]
    public async Task A_mail_has_both_parts_and_says_nothing_of_the_answers()
    {
        var id = await market.Sent();
        var request = (await (await market.As(Cast.Maker)).SeesRequest(id)).Json;

        var mail = await Mail(request.Text("number"), "is waiting for you", Cast.Checker);

        var parts = Assert.IsAssignableFrom<Multipart>(mail.Message.Body);
        Assert.Equal("alternative", parts.ContentType.MediaSubtype);
        Assert.Equal(["text/plain", "text/html"], parts.Select(p => p.ContentType.MimeType));
        Assert.All(parts.OfType<TextPart>(), p => Assert.Equal("utf-8", p.ContentType.Charset));
        Assert.Equal("auto-generated", mail.Message.Headers["Auto-Submitted"]);
        Assert.Contains($"/requests/{id}", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"/requests/{id}", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(request["answers"]!["lines"]![0]!.Text("positionNo"), mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("23456789", mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_notice_has_a_Message_ID_of_its_own()
    {
        await market.Reviewed();
        await market.Mail.FirstAsync(m => m.Subject.Contains("was sent", StringComparison.Ordinal), Ct);

        var ids = market.Mail.Messages.Select(m => m.Message.MessageId).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(market.Mail.Messages, m => Assert.Single(m.To));
    }

    [Fact]
    public async Task Withdrawing_tells_those_who_knew_of_it()
    {
        var maker = await market.As(Cast.Maker);
        var id = await market.Sent();

        (await maker.WithdrawsRequest(id, "Delivered this morning.")).Accepted();

        Assert.Equal("withdrawn", await maker.StatusOf(id));
        await Told((await maker.SeesRequest(id)).Json.Text("number"), "withdrawn", Cast.Maker);
        Assert.Equal(0, (await (await market.As(Cast.Checker)).SeesInbox(id)).Json["total"]!.GetValue<int>());
    }

    private async Task<IEnumerable<string>> Way(string request) =>
        (await (await market.As(Cast.Maker)).SeesTimeline(request)).Accepted().Json.AsArray().Reverse()
            .Select(e => $"{e!["sequence"]} {e.Text("what")} {e["by"].Text("role")} {e.Text("status")}");

    private async Task Told(string number, string subject, params Account[] whom)
    {
        foreach (var account in whom)
        {
            await Mail(number, subject, account);
        }
    }

    private Task<SunkMessage> Mail(string number, string subject, Account to) => market.Mail.FirstAsync(
        m => m.To.Contains(to.Email) && m.Subject.Contains(number, StringComparison.Ordinal) && m.Subject.Contains(subject, StringComparison.Ordinal), Ct);
}
