using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>The tests that hold the API to its word, route by route, share one host.</summary>
[CollectionDefinition(nameof(ApiCollection))]
public sealed class ApiCollection : ICollectionFixture<PortalWithMail>;

/// <summary>All that the API lets somebody change, as the host itself lists it: a new address is met the day it is there.</summary>
internal static class Writes
{
    public static IReadOnlyList<MappedRoute> Of(PortalWithMail market) =>
        [.. RouteTable.Of(market.Portal.Services).Where(r => r.Pattern.StartsWith("/api/", StringComparison.Ordinal) && r.Needs is not null && r.Verb is not ("GET" or "HEAD"))];

    /// <summary>Those that take JSON, or nothing; files go to the others.</summary>
    public static IReadOnlyList<MappedRoute> OfJson(PortalWithMail market) => [.. Of(market).Where(r => !r.Pattern.EndsWith("/attachments", StringComparison.Ordinal) && !r.Pattern.EndsWith("/trial", StringComparison.Ordinal) && r is not { Verb: "POST", Pattern: "/api/publications" or "/api/register/imports" })];

    /// <summary>Somebody whom the address lets in.</summary>
    public static Account Caller(MappedRoute route) => route.Pattern switch
    {
        _ when route.Pattern.StartsWith("/api/requests", StringComparison.Ordinal) => Cast.Maker,
        _ when route.Needs is Workflows.Access.Permission.Reassign or Workflows.Access.Permission.ImportRegister => Cast.Supervisor,
        _ => Cast.Reviewer,
    };

    /// <summary>The address with ids that nothing has.</summary>
    public static string Somewhere(MappedRoute route) => System.Text.RegularExpressions.Regex.Replace(route.Pattern, @"\{[^}]+\}", "00000000-0000-7000-8000-000000000001");

    public static Task<Answer> SendsAsync(this Person person, string verb, string path, byte[] body, string? key = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(verb), path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return person.SendAsync(request);
    }

    public static Task<Answer> SendsAsync(this Person person, string verb, string path, JsonNode body) => person.SendsAsync(verb, path, Encoding.UTF8.GetBytes(body.ToJsonString()));
}
