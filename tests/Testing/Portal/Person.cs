using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClientConnect.Testing.Portal;

/// <summary>
/// One person with one browser session: cookies, the antiforgery token of pages, JSON for the API. What the person does in
/// the portal's own words stands in the other part of this class.
/// </summary>
public sealed partial class Person
{
    private readonly PortalUnderTest portal;
    private readonly HttpClient client;

    internal Person(PortalUnderTest portal, Account account)
    {
        this.portal = portal;
        Account = account;
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false })
        {
            BaseAddress = portal.Address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public Account Account { get; }

    /// <summary>The session, for a browser that is to go on where this person is.</summary>
    public CookieContainer Cookies { get; } = new();

    internal async Task SignInAsync()
    {
        var answer = await PostFormAsync("/dev/sign-in", new() { ["account"] = Account.Email });
        if (Cookies.GetCookies(portal.Address).Count == 0 || (int)answer.Status >= 400)
        {
            throw new InvalidOperationException($"{Account} could not sign in: {answer}");
        }
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Opens a page and what it redirects to.</summary>
    public async Task<Answer> OpensAsync(string path)
    {
        var answer = await GetAsync(path);
        for (var hops = 0; (int)answer.Status is >= 300 and < 400 && hops < 5; hops++)
        {
            answer = await GetAsync(new Uri(portal.Address, answer.Location!).PathAndQuery);
        }

        return answer;
    }

    /// <summary>Posts a form as its page would, without script; <paramref name="page"/> is where its token comes from.</summary>
    public async Task<Answer> PostFormAsync(string path, Dictionary<string, string> fields, string? page = null)
    {
        if (page is not null)
        {
            fields["__RequestVerificationToken"] = TokenOn(await GetAsync(page));
        }

        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });
    }

    private static string TokenOn(Answer page) => AntiforgeryToken().Match(page.Body) is { Success: true } token
        ? WebUtility.HtmlDecode(token.Groups["token"].Value)
        : throw new InvalidOperationException($"The page has no form with a token: {page}");

    /// <summary>Sends JSON to the API. Every click carries an operation key; give one to send the same click twice.</summary>
    public async Task<Answer> SendsJsonAsync(HttpMethod method, string path, JsonNode? body = null, string? key = null, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        request.Headers.TryAddWithoutValidation("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await SendAsync(request);
    }

    /// <summary>A file as it comes; throws where none does.</summary>
    public async Task<byte[]> DownloadsAsync(string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await client.SendAsync(request);
            var answer = await Answer.ReadAsync(response, request.RequestUri!.OriginalString);
            return request.RequestUri.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) && answer.Status != HttpStatusCode.InternalServerError ? await AsDescribedAsync(answer) : answer;
        }
    }

    private async Task<Answer> AsDescribedAsync(Answer answer)
    {
        if (await portal.ContractAsync(client) is not { } contract || contract.Differences(answer) is not { Count: > 0 } differences) return answer;
        throw new InvalidOperationException($"Not as /openapi/v1.json has it: {string.Join("; ", differences)}\n{answer}");
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)"|value="(?<token>[^"]+)"[^>]*name="__RequestVerificationToken""")]
    private static partial Regex AntiforgeryToken();
}
