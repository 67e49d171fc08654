using System.Net;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>The designer's pages and Studio's files over HTTP: what they say, and under which policy.</summary>
public sealed class DesignerTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Studio = "/designer/studio/";
    private const string Exemption = PortalWithMail.Exemption;

    [Fact]
    public async Task The_list_shows_the_release_in_force_and_how_many_requests_go_by_it()
    {
        var analyst = await market.As(Cast.Analyst);
        var before = await analyst.GetAsync("/designer");
        await market.Sent();
        var after = await analyst.GetAsync("/designer");

        Assert.Contains("Set 1", before.Body, StringComparison.Ordinal);
        Assert.Contains("from the beginning", before.Body, StringComparison.Ordinal);
        Assert.Equal(Running(before.Body) + 1, Running(after.Body));
    }

    [Fact]
    public async Task A_flow_is_told_in_words_step_by_step()
    {
        var page = (await (await market.As(Cast.Auditor)).GetAsync("/designer/" + Exemption)).Accepted();
        var outline = await File.ReadAllLinesAsync(Path.Combine(Repository.Workflows, Exemption, "outline.txt"), TestContext.Current.CancellationToken);
        var told = WebUtility.HtmlDecode(page.Body);

        Assert.All(outline, line => Assert.Contains(">" + line.Trim().TrimEnd(':') + "</li>", told, StringComparison.Ordinal));
        Assert.DoesNotContain(Studio, page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/designer/no-such-eservice")]
    [InlineData("/designer/studio/no-such-eservice")]
    [InlineData("/designer/studio/requests/no-id")]
    [InlineData("/designer/studio/_framework/no-such-file.js")]
    [InlineData("/designer/studio/_content/../../package.json")]
    [InlineData("/designer/studio/_content/%2e%2e/package.json")]
    [InlineData("/designer/set-1-buy-in-exemption?release=2")]
    [InlineData("/designer/set-1-buy-in-exemption?release=none")]
    public async Task What_is_not_there_is_not_found(string path) => Assert.Equal(404, (int)(await (await market.As(Cast.Analyst)).GetAsync(path)).Status);

    [Theory]
    [InlineData("/designer", false)]
    [InlineData("/designer/" + Exemption, false)]
    [InlineData("/", false)]
    [InlineData(Studio + "_framework/blazor.webassembly.js", false)]
    [InlineData(Studio + Exemption, true)]
    public async Task Only_the_page_that_holds_Studio_has_its_policy(string path, bool isStudio)
    {
        using var answer = await AskAsync(path);
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(isStudio, policy.Contains("script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; font-src 'self' data:; img-src 'self' data:", StringComparison.Ordinal));
        Assert.Equal(isStudio, policy.Contains("unsafe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_that_holds_Studio_loads_nothing_from_elsewhere_and_says_what_to_do_without_script()
    {
        var page = (await (await market.As(Cast.Analyst)).GetAsync(Studio + Exemption)).Accepted();
        var own = market.Portal.Address.ToString();

        Assert.DoesNotContain("http", page.Body.Replace(own, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<noscript>", page.Body, StringComparison.Ordinal);
        Assert.Contains($"remote-endpoint=\"{own}elsa/api\"", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_that_holds_Studios_viewer_has_its_policy_and_marks_where_the_request_waits()
    {
        var request = await market.Submitted();
        using var answer = await AskAsync(Studio + "requests/" + request);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Contains("'wasm-unsafe-eval'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains($"<elsa-workflow-instance-viewer class=\"studio-canvas\" instance-id=\"{request}\" remote-endpoint=\"{market.Portal.Address}elsa/api\"", page, StringComparison.Ordinal);
        Assert.Contains("waits at: Review", page, StringComparison.Ordinal);
        Assert.Matches("cc-outline-marked\">\\s*<span class=\"visually-hidden\">It waits here:\\s*</span>\\s*Review", page);
        Assert.Equal(2, page.Split("cc-outline-marked").Length);
    }

    [Fact]
    public async Task The_page_of_a_flow_leads_an_analyst_to_its_running_requests_and_nobody_else()
    {
        var (sent, checking) = (await market.Submitted(), await market.Sent());
        var page = (await (await market.As(Cast.Analyst)).GetAsync("/designer/" + Exemption)).Accepted().Body;

        Assert.Contains($"href=\"{Studio}requests/{sent}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(checking, page, StringComparison.Ordinal);
        Assert.Matches("(?s)Still with the participant.*>Participant&#x27;s check<.*data-label=\"Running requests\"[^>]*>[1-9]", page);
        Assert.DoesNotContain(sent, (await (await market.As(Cast.Auditor)).GetAsync("/designer/" + Exemption)).Accepted().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Studios_files_come_compressed_and_are_fetched_once()
    {
        using var first = await AskAsync(Studio + "_content/MudBlazor/MudBlazor.min.css", ("Accept-Encoding", "gzip, br"));
        var tag = first.Headers.ETag!.ToString();
        using var again = await AskAsync(Studio + "_content/MudBlazor/MudBlazor.min.css", ("Accept-Encoding", "gzip, br"), ("If-None-Match", tag));
        using var plain = await AskAsync(Studio + "_content/MudBlazor/MudBlazor.min.css");

        Assert.Equal("br", Assert.Single(first.Content.Headers.ContentEncoding));
        Assert.Equal("text/css", first.Content.Headers.ContentType!.MediaType);
        Assert.True(first.Headers.CacheControl is { Private: true, NoCache: true, NoStore: false });
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.NotEqual(tag, plain.Headers.ETag!.ToString());
    }

    private async Task<HttpResponseMessage> AskAsync(string path, params (string Name, string Value)[] headers)
    {
        var analyst = await market.As(Cast.Analyst);
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = analyst.Cookies, AllowAutoRedirect = false }) { BaseAddress = market.Portal.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    private static int Running(string page)
    {
        const string Cell = "data-label=\"Running requests\"";
        var row = page[page.IndexOf($"/designer/{Exemption}\"", StringComparison.Ordinal)..];
        var after = row[(row.IndexOf(Cell, StringComparison.Ordinal) + Cell.Length)..];
        return int.Parse(after[(after.IndexOf('>', StringComparison.Ordinal) + 1)..after.IndexOf('<', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
