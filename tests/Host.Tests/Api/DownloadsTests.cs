using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>What the clearing house publishes, over HTTP: to one participant or to all, and to nobody else.</summary>
public sealed class DownloadsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private static readonly byte[] Report = Encoding.UTF8.GetBytes("account,amount\n01,1500\n");

    [Fact]
    public async Task A_file_for_one_participant_is_there_for_its_people_and_for_nobody_else()
    {
        var published = (await (await market.As(Cast.Reviewer)).PublishesFile("report-b09001.csv", Report, membership: Cast.Maker.Membership)).Accepted();
        var id = published.Id();
        Assert.Equal(HttpStatusCode.Created, published.Status);
        var (maker, other) = (await market.As(Cast.Maker), await market.As(Cast.B09002.Maker));

        var listed = Find(await maker.GetAsync("/api/downloads"), id)!;
        Assert.True(listed["isNew"]!.GetValue<bool>());
        Assert.Equal(SHA256.HashData(Report), SHA256.HashData(await maker.DownloadsAsync($"/api/downloads/{id}")));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Report)), listed.Text("sha256"));

        Assert.Null(Find(await other.GetAsync("/api/downloads"), id));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/api/downloads/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/downloads/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/requests/{Guid.NewGuid()}/attachments/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/api/downloads/archive?file={id}")).Status);

        var log = (await (await market.As(Cast.Auditor)).GetAsync($"/api/publications/{id}")).Accepted().Json;
        Assert.Equal(["downloaded", "published"], log["log"]!.AsArray().Select(l => l!.Text("what")));
        Assert.Equal(("Chan Wing Yan", Cast.Maker.Membership), (log["log"]![0]!.Text("by"), log["log"]![0]!.Text("membership")));
    }

    [Fact]
    public async Task A_file_for_all_comes_to_each_firm_which_sees_only_its_own_downloads()
    {
        var id = (await (await market.As(Cast.Approver)).PublishesFile("circular.txt", Report)).Accepted().Id();
        var (maker, other) = (await market.As(Cast.Maker), await market.As(Cast.B09002.Maker));
        await other.DownloadsAsync($"/api/downloads/{id}");

        Assert.True(Find(await maker.GetAsync("/api/downloads"), id)!["isNew"]!.GetValue<bool>());
        Assert.False(Find(await other.GetAsync("/api/downloads"), id)!["isNew"]!.GetValue<bool>());
        Assert.Empty(Find(await maker.GetAsync("/api/downloads"), id)!["downloads"]!.AsArray());
    }

    [Fact]
    public async Task A_download_is_only_ever_an_attachment_and_so_is_an_archive()
    {
        var reviewer = await market.As(Cast.Reviewer);
        var (first, second) = ((await reviewer.PublishesFile("一.csv", Report)).Id(), (await reviewer.PublishesFile("二.csv", [.. Report, 10])).Id());
        var maker = await market.As(Cast.Maker);
        using var browser = new HttpClient { BaseAddress = market.Portal.Address };
        browser.DefaultRequestHeaders.Add("Cookie", maker.Cookies.GetCookieHeader(market.Portal.Address));
        foreach (var address in new[] { $"/downloads/{first}", $"/api/downloads/{first}", $"/api/downloads/archive?file={first}&file={second}" })
        {
            using var answer = await browser.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(("attachment", "application/octet-stream"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentType!.MediaType));
            Assert.Contains("sandbox", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        using var zip = new ZipArchive(new MemoryStream(await maker.DownloadsAsync($"/api/downloads/archive?file={first}&file={second}")));
        Assert.Equal(["一.csv", "二.csv"], zip.Entries.Select(e => e.Name));
    }

    [Fact]
    public async Task Participants_publish_nothing_and_see_no_list_of_it()
    {
        var maker = await market.As(Cast.Maker);

        Assert.Equal(HttpStatusCode.Forbidden, (await maker.PublishesFile("a.csv", Report)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await maker.GetAsync("/api/publications")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await market.As(Cast.Supervisor)).PublishesFile("a.csv", Report)).Status);
    }

    [Fact]
    public async Task What_can_not_be_published_is_refused_at_its_field_and_a_bad_file_like_an_upload()
    {
        var reviewer = await market.As(Cast.Reviewer);

        (await reviewer.PublishesFile("a.csv", Report, membership: "hkcc-czza")).Refused("answers-are-incomplete");
        (await reviewer.PublishesFile("a.csv", Report, keepDays: 4_000)).Refused("answers-are-incomplete");
        (await reviewer.PublishesFile("a.exe", Report)).Refused("file-type-is-not-accepted");
        (await reviewer.PublishesFile("a.csv", [])).Refused("file-is-empty");
        (await reviewer.PublishesFile("../a.csv", Report)).Refused("file-name-is-not-accepted");
    }

    [Fact]
    public async Task An_upload_that_breaks_off_publishes_nothing()
    {
        var reviewer = await market.As(Cast.Reviewer);
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"broken-off.csv\"\r\n\r\na,b"));
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        var answer = await reviewer.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/publications") { Content = content });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain("broken-off", (await reviewer.GetAsync("/api/publications")).Body, StringComparison.Ordinal);
    }

    private static JsonObject? Find(Answer list, string id) => list.Accepted().Json.AsArray().OfType<JsonObject>().FirstOrDefault(f => f.Text("id") == id);
}
