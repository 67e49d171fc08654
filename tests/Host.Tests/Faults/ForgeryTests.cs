using System.Text;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.Access;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>
/// What another site, or a page of another session, makes a signed-in person's browser send: every address that changes something
/// refuses it, from the very list of addresses, and nothing has changed.
/// </summary>
public sealed class ForgeryTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    // Development's own doors have no person whose name could be abused; signing in begins with nobody.
    private static readonly string[] WithoutPerson = ["/dev/", "/api/{**rest}", "/elsa/api/{**rest}"];

    private static bool IsApi(MappedRoute route) => route.Pattern.StartsWith("/api", StringComparison.Ordinal) || route.Pattern.StartsWith("/elsa/api", StringComparison.Ordinal);

    [Fact]
    public async Task No_page_is_posted_to_without_a_token_or_with_that_of_another_session()
    {
        var request = await market.Sent();
        var before = await market.Stored(request);
        var foreign = await TokenAsync(await market.As(Cast.B09002.Maker));
        foreach (var route in Unsafe().Where(r => !IsApi(r)))
        {
            var person = await market.As(WhoMay(route));
            foreach (var fields in new[] { new Dictionary<string, string>(), new() { ["__RequestVerificationToken"] = foreign }, new() { ["__RequestVerificationToken"] = "CfDJ8" + new string('A', 150) } })
            {
                using var content = new FormUrlEncodedContent(fields);
                var answer = await person.SendAsync(new HttpRequestMessage(HttpMethod.Post, Address(route, request)) { Content = content });
                Assert.True((int)answer.Status == 400, $"{route.Verb} {route.Pattern} answered {(int)answer.Status} to a form with {fields.Count} fields.");
            }
        }

        Assert.Equal(before, await market.Stored(request));
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example", "application/json", 403)]
    [InlineData("Origin", "null", "application/json", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", "application/json", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", "application/json", 403)]
    [InlineData("Sec-Fetch-Site", "none", "application/json", 403)]
    [InlineData("Accept", "*/*", "text/plain", 415)]
    [InlineData("Accept", "*/*", "application/x-www-form-urlencoded", 415)]
    public async Task No_call_of_the_API_is_taken_from_elsewhere_or_as_a_form(string header, string value, string type, int status)
    {
        var request = await market.Sent();
        var before = await market.Stored(request);
        foreach (var route in Unsafe().Where(IsApi))
        {
            using var content = new StringContent("{}", Encoding.UTF8, type);
            var call = new HttpRequestMessage(new HttpMethod(route.Verb), Address(route, request)) { Content = content };
            call.Headers.TryAddWithoutValidation(header, value);

            var answer = await (await market.As(WhoMay(route))).SendAsync(call);

            Assert.True((int)answer.Status == status, $"{route.Verb} {route.Pattern} answered {(int)answer.Status} to {header}: {value}, {type}.");
        }

        Assert.Equal(before, await market.Stored(request));
    }

    [Fact]
    public async Task Nothing_changes_by_a_link_that_is_followed()
    {
        var request = await market.Sent();
        var before = await market.Stored(request);
        foreach (var route in Unsafe())
        {
            var answer = await (await market.As(WhoMay(route))).GetAsync(Address(route, request));
            Assert.True((int)answer.Status < 500, $"GET {route.Pattern} answered {(int)answer.Status}.");
        }

        Assert.Equal(before, await market.Stored(request));
    }

    private IEnumerable<MappedRoute> Unsafe() => RouteTable.Of(market.Portal.Services)
        .Where(r => r.Verb is not ("GET" or "HEAD") && !WithoutPerson.Any(p => r.Pattern.StartsWith(p, StringComparison.Ordinal)))
        .Select(r => r.Verb == "*" ? r with { Verb = "POST" } : r);

    private static Account WhoMay(MappedRoute route) => route.Needs switch
    {
        Permission.DecideTasks or Permission.ViewInbox or Permission.PublishFiles or Permission.ViewPublications => Cast.Reviewer,
        Permission.Reassign or Permission.RunActivities or Permission.ImportRegister => Cast.Supervisor,
        Permission.Operate or Permission.ViewOperations => Cast.Administrator,
        Permission.EditEServices or Permission.ViewEServices => Cast.Analyst,
        _ => Cast.Maker,
    };

    private static string Address(MappedRoute route, string request) => route.Pattern
        .Replace("{id:guid}", request, StringComparison.Ordinal).Replace("{id}", request, StringComparison.Ordinal).Replace("{**path}", "recurring/trigger", StringComparison.Ordinal)
        .Replace("{key}", PortalWithMail.Exemption, StringComparison.Ordinal).Replace("{hash}", new string('a', 64), StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal).Replace("{number}", "EV2026-0001", StringComparison.Ordinal);

    private static async Task<string> TokenAsync(Person person)
    {
        var page = await person.GetAsync("/account");
        const string mark = "name=\"__RequestVerificationToken\" value=\"";
        var from = page.Body.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        return page.Body[from..page.Body.IndexOf('"', from)];
    }
}
