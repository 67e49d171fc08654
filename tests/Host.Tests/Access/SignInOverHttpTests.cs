using System.Net;
using ClientConnect.Host.Demonstration;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace ClientConnect.Host.Tests.Access;

public sealed class SignInOverHttpTests(DemonstrationDatabase database) : IClassFixture<DemonstrationDatabase>, IAsyncLifetime
{
    private PortalHost portal = null!;

    public async ValueTask InitializeAsync() => portal = await PortalHost.StartAsync(database);

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_person_signs_in_with_password_and_code_and_comes_where_they_wanted()
    {
        var account = AccountOf(Cast.B09002.Maker);
        var person = portal.Stranger();

        var password = await person.PostFormAsync("/sign-in", new() { ["email"] = account.Email, ["password"] = account.Password, ["return"] = "/requests?late=1" }, "/sign-in");
        Assert.Equal("/sign-in/totp?return=%2Frequests%3Flate%3D1", password.Location!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.GetAsync("/api/requests")).Status);
        var code = await person.PostFormAsync("/sign-in/totp", new() { ["code"] = CodeOf(account), ["return"] = "/requests?late=1" }, "/sign-in/totp");

        Assert.Equal("/requests?late=1", code.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/api/requests")).Status);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_show_the_same_page()
    {
        var wrong = await Tries(Cast.Auditor.Email);
        var unknown = await Tries("nobody@clearing.example");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(wrong.Status, unknown.Status);
        Assert.Equal(wrong.Body.Length, unknown.Body.Length + Cast.Auditor.Email.Length - "nobody@clearing.example".Length);
    }

    [Fact]
    public async Task The_eleventh_wrong_password_in_a_row_is_told_to_wait()
    {
        var answers = new List<Answer>();
        for (var n = 0; n < 11; n++) answers.Add(await Tries(Cast.C09001.Checker2.Email));

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].Status);
        Assert.All(answers.SkipLast(1), a => Assert.Equal(HttpStatusCode.UnprocessableEntity, a.Status));
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    public async Task Nobody_is_sent_to_another_site_after_signing_in(string wanted)
    {
        var person = await portal.NewSessionAsync(Cast.Maker);

        Assert.Equal("/", (await person.GetAsync($"/sign-in?return={Uri.EscapeDataString(wanted)}")).Location!.ToString());
    }

    [Fact]
    public async Task Signing_out_is_known_to_every_host_at_once()
    {
        await using var other = await PortalProcess.StartAsync(database);
        var person = await portal.NewSessionAsync(Cast.Checker);
        var cookie = person.Cookies.GetCookieHeader(portal.Address);
        Assert.Equal(HttpStatusCode.OK, (await WithCookie(other, cookie)).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther, (await person.PostFormAsync("/sign-out", [], "/dev")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await WithCookie(other, cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await WithCookie(portal, cookie)).StatusCode);
    }

    [Fact]
    public async Task A_form_without_our_token_is_refused()
    {
        var person = await portal.NewSessionAsync(Cast.Maker);

        Assert.Equal(HttpStatusCode.BadRequest, (await person.PostFormAsync("/sign-out", [])).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/api/requests")).Status);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    public async Task The_API_answers_our_own_pages_and_no_other_sites(string header, string value, HttpStatusCode expected)
    {
        var person = await portal.As(Cast.Maker);
        var call = new HttpRequestMessage(HttpMethod.Get, "/api/requests");
        call.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(expected, (await person.SendAsync(call)).Status);
    }

    [Fact]
    public async Task The_API_takes_no_form_that_a_foreign_page_could_send()
    {
        var person = await portal.As(Cast.Maker);

        var answer = await person.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/requests") { Content = new StringContent("{}", System.Text.Encoding.UTF8, "text/plain") });

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
    }

    [Fact]
    public async Task A_page_asks_a_stranger_to_sign_in_and_the_API_says_so()
    {
        var stranger = portal.Stranger();

        Assert.Equal("sign-in-required", (await stranger.GetAsync("/api/requests")).Problem!.Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/requests")).Status);
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_and_no_page_of_a_person_is_kept()
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        var person = await portal.As(Cast.Maker);
        client.DefaultRequestHeaders.Add("Cookie", person.Cookies.GetCookieHeader(portal.Address));

        foreach (var path in new[] { "/healthz", "/sign-in", "/api/requests", "/nowhere" })
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.False(answer.Headers.Contains("Server"));
        }

        using var requests = await client.GetAsync("/api/requests", TestContext.Current.CancellationToken);
        Assert.Equal("no-store", Header(requests, "Cache-Control"));
    }

    private async Task<Answer> Tries(string email) =>
        await portal.Stranger().PostFormAsync("/sign-in", new() { ["email"] = email, ["password"] = "certainly not it" }, "/sign-in");

    private DemonstrationAccount AccountOf(Account account) => portal.Services.GetRequiredService<DemonstrationMarket>().Accounts.Single(a => a.Email == account.Email);

    private static string CodeOf(DemonstrationAccount account) =>
        new Totp(Base32Encoding.ToBytes(account.TotpSecret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static async Task<HttpResponseMessage> WithCookie(PortalUnderTest host, string cookie)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return await client.GetAsync("/api/requests", TestContext.Current.CancellationToken);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : string.Empty;
}
