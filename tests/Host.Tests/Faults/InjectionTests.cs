using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>
/// Text that is code somewhere (HTML, SQL, templates, spreadsheets, headers) is put wherever a person may write; every page and mail
/// that shows it shows it as text, and it is stored as it was typed.
/// </summary>
public sealed class InjectionTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const int AtOnce = 12;

    private static readonly string[] Scripts =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "\"><script>alert(1)</script>", "' onmouseover='alert(1)", "\" autofocus onfocus=\"alert(1)",
        "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>", "<!--<script>alert(1)//-->", "<iframe src=javascript:alert(1)>", "<a href=javascript:alert(1)>x</a>", "<base href=//elsewhere.example>",
        "<style>*{display:none}</style>", "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">", "<form action=//elsewhere.example><input name=x>", "]]><script>alert(1)</script>", "<x onclick=alert(1)>", "\u003cscript\u003e",
    ];

    private static readonly string[] Sql =
    [
        "' OR '1'='1", "'; DROP TABLE requests.service_request; --", "1); DELETE FROM events.event; --", "$1", "$$; SELECT pg_sleep(5); $$", "' UNION SELECT password_hash FROM access.user_account --", "%", "_", "\\", "E'\\x41'", "{1,2}", "::int", "/* */", "';SELECT pg_sleep(5)--",
    ];

    private static readonly string[] Templates =
    [
        "{{7*7}}", "{{ 7 | times: 7 }}", "{% include 'x' %}", "{% for i in (1..1000000000) %}x{% endfor %}", "@(1+1)", "@{1+1}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{constructor.constructor('alert(1)')()}}", "{0}", "{Status}", "%s%s%n", "{% raw %}",
    ];

    private static readonly string[] Cells = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"//elsewhere.example\")", "=cmd|'/c calc'!A0", ";=1", "\"=1\"", "=1,\"\n", "\t=1"];

    private static readonly string[] Headers = ["x\r\nBcc: all@elsewhere.example", "x\nSubject: other", "x\r\n\r\n<b>body</b>", "x%0d%0aSet-Cookie: a=b", "x\u2028y", "\u202Ecod.exe", "RCPT TO:<all@elsewhere.example>", "\r\n.\r\nMAIL FROM:<x>", "=?utf-8?Q?x?=", "a\u0085b"];

    // Each alone, quoted, in a tag, in words and after a line break: some two hundred and more.
    public static IReadOnlyList<string> Corpus { get; } =
        [.. Scripts.Concat(Sql).Concat(Templates).Concat(Cells).Concat(Headers).SelectMany(s => new[] { s, $"\"{s}\"", $"ok {s} ok" })];

    [Fact]
    public void The_corpus_is_large_enough() => Assert.True(Corpus.Count >= 190, $"{Corpus.Count}");

    [Fact]
    public async Task What_is_typed_is_text_on_every_page_and_is_kept_as_it_was_typed()
    {
        var maker = await market.As(Cast.B09003.Maker);
        var answers = await maker.SampleOf(PortalWithMail.Exemption);
        var id = (await maker.StartsDraft(PortalWithMail.Exemption, answers)).Id();
        foreach (var texts in Corpus.Chunk(AtOnce))
        {
            var typed = string.Join(" ~ ", texts.Select(t => t.Replace("\r\n", "\n", StringComparison.Ordinal)));
            answers["remarks"] = typed[..Math.Min(typed.Length, 900)];
            answers["clientReference"] = texts[0].ReplaceLineEndings(" ")[..Math.Min(texts[0].Length, 20)];
            var saved = await maker.SavesAnswers(id, answers);

            // What a field can't hold is refused in words; never a fault of ours, never half taken.
            if (!saved.IsSuccess)
            {
                Assert.True((int)saved.Status is 400 or 422, saved.ToString());
                continue;
            }

            foreach (var page in new[] { $"/requests/{id}/form", $"/requests/{id}/check", "/requests" }) AssertText(await maker.OpensAsync(page), texts);
            Assert.Equal(((string?)answers["remarks"])!.ReplaceLineEndings("\n"), (await maker.SeesRequest(id)).Json["answers"]!["remarks"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task What_is_searched_for_or_said_by_a_browser_finds_nothing_and_breaks_nothing()
    {
        var (maker, reviewer) = (await market.As(Cast.Maker), await market.As(Cast.Reviewer));
        foreach (var text in Corpus.Where((_, n) => n % 3 == 0))
        {
            foreach (var (person, path) in new[] { (maker, "/requests?search="), (maker, "/api/requests?search="), (reviewer, "/inbox?q="), (maker, "/requests/"), (maker, "/catalogue/") })
            {
                var call = new HttpRequestMessage(HttpMethod.Get, path + Uri.EscapeDataString(text));
                call.Headers.TryAddWithoutValidation("User-Agent", string.Concat(text.ReplaceLineEndings(" ").Where(char.IsAscii)));
                var answer = await person.SendAsync(call);
                Assert.True((int)answer.Status < 500, answer.ToString());
                AssertText(answer, [text]);
            }
        }
    }

    [Fact]
    public async Task What_a_maker_writes_reaches_no_header_and_no_markup_of_a_mail()
    {
        var maker = await market.As(Cast.Maker);
        var before = market.Mail.Messages.Count;
        foreach (var text in new[] { "<script>alert(1)</script>", "{{7*7}} {% include 'x' %}", "x Bcc: all@elsewhere.example", "=1+1" })
        {
            var answers = await maker.SampleOf(PortalWithMail.Exemption);
            (answers["contactName"], answers["clientReference"], answers["remarks"]) = (text, text[..Math.Min(20, text.Length)], text);
            var draft = await maker.StartsDraft(PortalWithMail.Exemption, answers);
            if (!draft.IsSuccess) continue;
            var sent = await maker.SubmitsRequest(draft.Id());
            if (sent.IsSuccess) (await maker.WithdrawsRequest(draft.Id(), text)).Accepted();
        }

        while (await market.Database.ValueAsync<long>("SELECT count(*) FROM notices.notice WHERE state = 'Pending'") > 0) await Task.Delay(50, TestContext.Current.CancellationToken);
        var mails = market.Mail.Messages.Skip(before).ToList();
        Assert.NotEmpty(mails);
        Assert.All(mails, m =>
        {
            Assert.DoesNotContain("<script>", m.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("49", m.Text.Split('\n').FirstOrDefault(l => l.Contains("include", StringComparison.Ordinal)) ?? "", StringComparison.Ordinal);
            Assert.Single(m.To);
            Assert.False(m.Message.Headers.Contains("Bcc"));
        });
    }

    [Theory]
    [InlineData("""{"eService":"set-1-buy-in-exemption","eService":"x","membership":"hkscc-b09001"}""", 400)]
    [InlineData("""{"eService":"set-1-buy-in-exemption\u0000","membership":"hkscc-b09001"}""", 400)]
    [InlineData("""{"eService":"\ud800","membership":"hkscc-b09001"}""", 400)]
    [InlineData("""{"$type":"System.Object","eService":"set-1-buy-in-exemption","membership":"hkscc-b09001"}""", 422)]
    [InlineData("""{"eService":1e999,"membership":"hkscc-b09001"}""", 422)]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    public async Task A_body_that_is_no_plain_JSON_is_refused_in_words(string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await (await market.As(Cast.Maker)).SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/requests") { Content = content });

        Assert.Equal(status, (int)answer.Status);
        Assert.NotEmpty(answer.Problem!.Title);
    }

    [Theory]
    [InlineData("reason=%00")]
    [InlineData("%00=x")]
    public async Task A_form_that_holds_what_no_text_can_is_refused_in_words(string form)
    {
        var maker = await market.As(Cast.Maker);

        var answer = await maker.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") });

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("<h1", answer.Body, StringComparison.Ordinal);
        (await maker.SeesRequests()).Accepted();
    }

    [Fact]
    public async Task A_body_too_large_too_deep_or_too_many_is_refused_and_the_host_goes_on()
    {
        var maker = await market.As(Cast.Maker);
        var deep = new string('[', 10_000) + new string(']', 10_000);
        var many = "{" + string.Join(',', Enumerable.Range(0, 50_000).Select(n => $"\"k{n}\":1")) + "}";
        foreach (var (body, statuses) in new (string, int[])[]
        {
            ($$"""{"answers":{{deep}}}""", [400]), (many, [400, 422]), ($$"""{"answers":"{{new string('x', 10_000_000)}}"}""", [413]), ("{\"answers\":\"" + new string('x', 1_100_000) + "\"}", [413]),
        })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            var answer = await maker.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/requests") { Content = content });
            Assert.Contains((int)answer.Status, statuses);
        }

        (await maker.SeesRequests()).Accepted();
    }

    // Markup that was typed must not be markup: where it could be, its brackets and quotes are written as entities.
    internal static void AssertText(Answer answer, IReadOnlyList<string> texts)
    {
        if (answer.MediaType != "text/html") return;
        foreach (var text in texts.Where(t => t.Contains('<', StringComparison.Ordinal) || t.Contains("on", StringComparison.Ordinal) && t.Contains('"', StringComparison.Ordinal)))
        {
            Assert.False(answer.Body.Contains(text, StringComparison.Ordinal), $"{answer.Path} shows {text} as it was typed.");
        }
    }
}
