using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Faults;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using UglyToad.PdfPig;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Messages on a request over HTTP: on the pages without script, through the API, with every right and none.</summary>
public sealed class MessagesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Question = "Which statement do you mean?\nThe one of Monday?";

    private static readonly byte[] Statement = Encoding.UTF8.GetBytes("account,amount\n01,1500\n");

    [Fact]
    public async Task A_firm_asks_with_a_file_and_is_answered_by_forms_alone()
    {
        var (maker, reviewer) = (await market.As(Cast.Maker), await market.As(Cast.Reviewer));
        var request = await market.Submitted();
        var page = $"/requests/{request}";

        var sent = await PageForm.On(await maker.GetAsync(page), page + "/messages").With(("message", Question)).SendAsync(maker, page + "/messages", "messageFiles", "statement.csv", Statement);
        Assert.Equal((303, page + "?done=message-sent#messages"), ((int)sent.Status, sent.Location!.ToString()));
        Assert.Contains("The message is sent.", (await maker.GetAsync(page + "?done=message-sent")).Body, StringComparison.Ordinal);

        var task = $"/tasks/{await reviewer.TaskOf(request)}";
        (await reviewer.ClaimsTask(task.Split('/')[2])).Accepted();
        Assert.Contains("New messages: 1", (await reviewer.GetAsync("/inbox?q=" + await Number(request))).Body, StringComparison.Ordinal);
        var seen = await reviewer.GetAsync(task);
        Assert.Contains("1 new", Box(seen), StringComparison.Ordinal);
        Assert.Contains(Question.Split('\n')[0], Box(seen), StringComparison.Ordinal);
        Assert.Equal(Statement, await reviewer.DownloadsAsync($"{page}/attachments/{Between(Box(seen), page + "/attachments/", "\"")}"));

        // Beside a decision that is half made: all that was typed stays.
        var typed = PageForm.On(seen, task + "/decision").With(("decision", "message"), ("message", "That one."), ("reason", "half a sentence"));
        var answered = await typed.SendAsync(reviewer, task + "/decision", "messageFiles", "marked.csv", Statement);
        Assert.Equal(HttpStatusCode.OK, answered.Status);
        Assert.Contains("The message is sent.", answered.Body, StringComparison.Ordinal);
        var again = PageForm.On(answered, task + "/decision");
        Assert.Equal(("half a sentence", ""), (again["reason"], again["message"]));
        Assert.DoesNotContain("1 new", Box(answered), StringComparison.Ordinal);

        Assert.Contains("New messages: 1", (await maker.GetAsync("/requests")).Body, StringComparison.Ordinal);
        var read = Box(await maker.GetAsync(page));
        Assert.Contains("Clearing house reviewer", read, StringComparison.Ordinal);
        Assert.DoesNotContain(await NameOf(Cast.Reviewer), read, StringComparison.Ordinal);
        Assert.Contains("marked.csv", read, StringComparison.Ordinal);
        Assert.DoesNotContain("1 new", Box(await maker.GetAsync(page)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_not_be_sent_comes_back_as_it_was_typed_with_the_reason_at_its_box()
    {
        var maker = await market.As(Cast.Maker);
        var request = await market.Submitted();
        var page = $"/requests/{request}";
        var form = PageForm.On(await maker.GetAsync(page), page + "/messages");

        var empty = await form.With(("message", "  ")).SendAsync(maker);
        var wrong = await form.With(("message", Question)).SendAsync(maker, page + "/messages", "messageFiles", "run.exe", Statement);

        Assert.Equal((422, 422), ((int)empty.Status, (int)wrong.Status));
        Assert.Contains("href=\"#f-message\"", empty.Body, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-messageFiles\"", wrong.Body, StringComparison.Ordinal);
        Assert.Equal(Question, PageForm.On(wrong, page + "/messages")["message"]!.ReplaceLineEndings("\n"));
        Assert.Empty((await Messages(maker, request))["items"]!.AsArray());
    }

    [Fact]
    public async Task Who_decides_with_a_message_in_the_box_is_told_that_it_is_not_sent()
    {
        var reviewer = await market.As(Cast.Reviewer);
        var task = $"/tasks/{await reviewer.TaskOf(await market.Submitted())}";
        (await reviewer.ClaimsTask(task.Split('/')[2])).Accepted();
        var form = PageForm.On(await reviewer.GetAsync(task), task + "/decision").With(("decision", "return"), ("reason", "The instruction is missing."), ("message", "Half a mess"));

        var kept = await form.SendAsync(reviewer);

        Assert.Equal(422, (int)kept.Status);
        Assert.Contains("Your message is not sent yet.", kept.Body, StringComparison.Ordinal);
        var again = PageForm.On(kept, task + "/decision");
        Assert.Equal(("The instruction is missing.", "Half a mess"), (again["reason"], again["message"]));
        Assert.Equal(303, (int)(await again.With(("decision", "return"), ("message", "")).SendAsync(reviewer)).Status);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_message_and_with_another_file_it_is_refused()
    {
        var maker = await market.As(Cast.Maker);
        var request = await market.Submitted();
        var page = $"/requests/{request}";
        var form = PageForm.On(await maker.GetAsync(page), page + "/messages").With(("message", "Once."));

        var first = await form.SendAsync(maker, page + "/messages", "messageFiles", "a.csv", Statement);
        var again = await form.SendAsync(maker, page + "/messages", "messageFiles", "a.csv", Statement);
        var other = await form.SendAsync(maker, page + "/messages", "messageFiles", "b.csv", [.. Statement, 10]);

        Assert.Equal((303, 303, 422), ((int)first.Status, (int)again.Status, (int)other.Status));
        Assert.Single((await Messages(maker, request))["items"]!.AsArray());
    }

    [Fact]
    public async Task Every_right_reads_and_writes_what_is_its_own_and_for_all_others_there_is_nothing()
    {
        var request = await market.Submitted();
        (await (await market.As(Cast.Maker)).WritesMessage(request, "A question.")).Accepted();
        await market.Database.OwnerRunsAsync(
            "UPDATE access.user_right SET may_make = false, may_check = false, may_view = true WHERE user_id = (SELECT id FROM access.user_account WHERE email = $1)", Cast.B09001.Maker2.Email);
        var nothing = Guid.CreateVersion7().ToString();
        foreach (var (who, reads, writes) in new[]
        {
            (Cast.Maker, 200, 201), (Cast.Checker, 200, 201), (Cast.B09001.Checker2, 200, 201), (Cast.B09001.Maker2, 200, 403), (Cast.B09001.DelegatedAdministrator, 403, 403),
            (Cast.Reviewer, 200, 201), (Cast.Reviewer2, 200, 201), (Cast.Approver, 200, 201), (Cast.Supervisor, 200, 201), (Cast.Auditor, 200, 403), (Cast.Analyst, 403, 403), (Cast.Administrator, 403, 403),
            (Cast.B09002.Maker, 404, 404), (Cast.B09002.Checker, 404, 404), (Cast.B09003.Maker, 404, 404), (Cast.C09001.Maker, 404, 404), (Cast.B09002.DelegatedAdministrator, 403, 403),
        })
        {
            var person = await market.As(who);
            var (list, written) = (await person.GetAsync($"/api/requests/{request}/messages"), await person.WritesMessage(request, "An answer."));
            Assert.True(((int)list.Status, (int)written.Status) == (reads, writes), $"{who}: {list} {written}");
            if (reads != 404) continue;
            Assert.Equal(Plain(await person.WritesMessage(nothing, "An answer."), nothing), Plain(written, request));
            Assert.Equal(404, (int)(await person.PostFormAsync($"/requests/{request}/messages", new() { ["message"] = "An answer." }, "/account")).Status);
        }

        var page = (await (await market.As(Cast.B09001.Maker2)).GetAsync($"/requests/{request}")).Body;
        Assert.Contains("A question.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"message\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"message\"", (await (await market.As(Cast.Auditor)).GetAsync($"/requests/{request}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_clearing_house_has_it_there_is_no_box_and_no_message()
    {
        var maker = await market.As(Cast.Maker);
        var request = await market.Sent();

        Assert.DoesNotContain("id=\"messages\"", (await maker.GetAsync($"/requests/{request}")).Body, StringComparison.Ordinal);
        (await maker.WritesMessage(request, "Anybody?")).Refused("not-with-the-clearing-house-yet");
        Assert.Empty((await Messages(maker, request))["items"]!.AsArray());
    }

    [Fact]
    public async Task Through_the_api_a_message_with_files_goes_once_and_says_who_wrote_it()
    {
        var (maker, reviewer) = (await market.As(Cast.Maker), await market.As(Cast.Reviewer));
        var request = await market.Submitted();

        var first = await WritesWithFiles(maker, request, "See both.", "one-key", ("a.csv", Statement), ("b.csv", [.. Statement, 10]));
        var again = await WritesWithFiles(maker, request, "See both.", "one-key", ("a.csv", Statement), ("b.csv", [.. Statement, 10]));
        (await WritesWithFiles(maker, request, "See both.", "one-key", ("a.csv", Statement))).Refused("operation-key-was-used-for-something-else");
        (await WritesWithFiles(maker, request, "See all.", null, [.. Enumerable.Range(0, 4).Select(n => ($"{n}.csv", Statement))])).Refused("too-many-files");
        (await WritesWithFiles(maker, request, "", null, ("a.csv", Statement))).Refused("answers-are-incomplete");

        Assert.Equal((201, first.Body), ((int)first.Status, again.Body));
        var read = (await Messages(reviewer, request))["items"]!.AsArray().Single()!;
        Assert.Equal(("participant", "maker", await NameOf(Cast.Maker)), (read.Text("from"), read["by"].Text("role"), read["by"].Text("name")));
        Assert.Equal(["a.csv", "b.csv"], read["files"]!.AsArray().Select(f => f.Text("name")));
        Assert.True(read["isNew"]!.GetValue<bool>());
        Assert.Equal(0, (await Messages(reviewer, request))["new"]!.GetValue<int>());
        Assert.Empty((await maker.SeesRequest(request)).Json["files"]!.AsArray());
        Assert.Equal(Statement, await maker.DownloadsAsync($"/api/requests/{request}/attachments/{read["files"]![0].Text("id")}"));
        Assert.Equal(404, (int)(await (await market.As(Cast.B09002.Maker)).GetAsync($"/api/requests/{request}/attachments/{read["files"]![0].Text("id")}")).Status);
    }

    [Fact]
    public async Task The_other_side_has_a_notice_and_a_mail_that_leads_to_it_and_does_not_say_it()
    {
        var (maker, reviewer) = (await market.As(Cast.Maker), await market.As(Cast.Reviewer));
        var request = await market.Submitted();
        var number = await Number(request);
        (await reviewer.ClaimsTask(await reviewer.TaskOf(request))).Accepted();

        (await maker.WritesMessage(request, "Words that stay inside.")).Accepted();
        (await reviewer.WritesMessage(request, "Words that stay inside.")).Accepted();

        foreach (var (who, subject) in new[] { (Cast.Reviewer, $"{number}: a message from Lantau Harbour Securities Limited"), (Cast.Maker, $"{number}: a message from the clearing house"), (Cast.Checker, $"{number}: a message from the clearing house") })
        {
            var mail = await market.Mail.FirstAsync(m => m.To.Contains(who.Email) && m.Subject == subject, TestContext.Current.CancellationToken);
            Assert.Contains($"/requests/{request}#messages", mail.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("stay inside", mail.Text + mail.Html, StringComparison.Ordinal);
            var reader = await market.As(who);
            Assert.Contains(subject, (await reader.GetAsync("/notices")).Words(), StringComparison.Ordinal);
            Assert.False(await IsRead(reader, subject));
            await reader.GetAsync($"/requests/{request}");
            Assert.True(await IsRead(reader, subject));
        }
    }

    private static async Task<bool> IsRead(Person reader, string title) =>
        (await reader.SeesNotices()).Json["items"]!.AsArray().Single(n => n!.Text("title") == title)!["isRead"]!.GetValue<bool>();

    [Fact]
    public async Task The_receipt_holds_no_message_and_reading_it_is_not_reading_them()
    {
        var maker = await market.As(Cast.Maker);
        var request = await market.Submitted();
        (await (await market.As(Cast.Reviewer)).WritesMessage(request, "Marginalia")).Accepted();

        using var receipt = PdfDocument.Open(await maker.DownloadsAsync($"/requests/{request}/receipt.pdf"));

        Assert.DoesNotContain("Marginalia", string.Concat(receipt.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text)), StringComparison.Ordinal);
        Assert.Contains("1 new", Box(await maker.GetAsync($"/requests/{request}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_code_elsewhere_is_text_on_both_sides_pages_and_is_kept_as_it_was_typed()
    {
        var (maker, reviewer) = (await market.As(Cast.Maker), await market.As(Cast.Reviewer));
        var request = await market.Submitted();
        var task = await reviewer.TaskOf(request);
        foreach (var texts in InjectionTests.Corpus.Chunk(40))
        {
            var typed = string.Join(" ~ ", texts).Replace("\u202e", "", StringComparison.Ordinal);
            var written = await maker.WritesMessage(request, typed);
            if (!written.IsSuccess)
            {
                Assert.Equal(422, (int)written.Status);
                continue;
            }

            Assert.Equal(typed.ReplaceLineEndings("\n").Trim(), (await Messages(maker, request))["items"]!.AsArray()[^1].Text("text"));
            foreach (var page in new[] { await maker.GetAsync($"/requests/{request}"), await reviewer.GetAsync($"/tasks/{task}") }) InjectionTests.AssertText(page, texts);
        }

        Assert.NotEmpty((await Messages(maker, request))["items"]!.AsArray());
    }

    private static async Task<Answer> WritesWithFiles(Person person, string request, string text, string? key, params (string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent { { new StringContent(text), "text" } };
        foreach (var (name, content) in files) form.Add(new ByteArrayContent(content), "file", name);
        var call = new HttpRequestMessage(HttpMethod.Post, $"/api/requests/{request}/messages") { Content = form };
        if (key is not null) call.Headers.Add("Idempotency-Key", key);
        return await person.SendAsync(call);
    }

    private static async Task<JsonNode> Messages(Person person, string request) => (await person.GetAsync($"/api/requests/{request}/messages")).Accepted().Json;

    private async Task<string> Number(string request) => (await (await market.As(Cast.Maker)).SeesRequest(request)).Json.Text("number");

    private async Task<string> NameOf(Account who) => (await market.Database.ValueAsync<string>("SELECT name FROM access.user_account WHERE email = $1", who.Email))!;

    private static string Plain(Answer answer, string id) => $"{(int)answer.Status} {answer.Problem?.Code} {answer.Problem?.Title}".Replace(id, "*", StringComparison.Ordinal);

    private static string Box(Answer page) => WebUtility.HtmlDecode(Between(page.Accepted().Body, "id=\"messages\"", "</section>"));

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, $"'{from}' is not there: {text[..Math.Min(text.Length, 2_000)]}");
        start += from.Length;
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
