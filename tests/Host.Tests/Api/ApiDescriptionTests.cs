using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>
/// <c>/openapi/v1.json</c> says what is. That answers are as it has them, the client of all tests checks; here is that it can tell, and
/// what the description holds of each address.
/// </summary>
[Collection(nameof(ApiCollection))]
public sealed class ApiDescriptionTests(PortalWithMail market)
{
    [Fact]
    public async Task What_each_address_takes_and_answers_is_reviewed()
    {
        var lines = (await DescriptionAsync())["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => Line(p.Key, o.Key, o.Value!)));

        Golden.Matches(string.Join('\n', lines), "Golden/api.txt");
    }

    [Fact]
    public async Task Every_address_that_changes_something_is_described_with_its_key()
    {
        var description = await DescriptionAsync();

        Assert.All(Writes.Of(market), w =>
        {
            var operation = description["paths"]?[w.Pattern.Replace(":guid", string.Empty, StringComparison.Ordinal)]?[w.Verb.ToLowerInvariant()];
            Assert.True(operation is not null, $"{w.Verb} {w.Pattern} is not described.");
            Assert.Contains("Idempotency-Key", operation["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()));
        });
    }

    [Fact]
    public async Task An_answer_that_is_not_as_described_is_told()
    {
        var contract = new ApiContract(await DescriptionAsync());
        var id = await market.Sent();
        var answer = (await (await market.As(Cast.Checker)).SeesRequest(id)).Accepted();
        Answer With(Action<JsonObject> change)
        {
            var body = answer.Json.AsObject();
            change(body);
            return answer with { Body = body.ToJsonString() };
        }

        Assert.Empty(contract.Differences(answer));
        Assert.Equal(["$.status is required and missing"], contract.Differences(With(b => b.Remove("status"))));
        Assert.Equal(["$.secret is not described"], contract.Differences(With(b => b["secret"] = 1)));
        Assert.Equal(["$.revision is described as integer and is 1.5"], contract.Differences(With(b => b["revision"] = 1.5)));
        Assert.Equal(["$.may.edit is described as boolean and is \"no\""], contract.Differences(With(b => b["may"]!["edit"] = "no")));
        Assert.Equal(["$.version is described as string and is null"], contract.Differences(With(b => b["version"] = null)));
        Assert.Equal(["418 is not described"], contract.Differences(answer with { Status = (System.Net.HttpStatusCode)418 }));
        Assert.Equal(["ETag is described and did not come"], contract.Differences(answer with { Headers = new HashSet<string>() }));
        Assert.Equal(["text/html is not described, only application/json"], contract.Differences(answer with { MediaType = "text/html" }));
    }

    private async Task<JsonNode> DescriptionAsync() => (await (await market.As(Cast.Maker)).GetAsync("/openapi/v1.json")).Accepted().Json;

    private static string Line(string path, string verb, JsonNode operation)
    {
        var takes = operation["parameters"]?.AsArray().Select(p => $"{p!["name"]}{(p["required"]?.GetValue<bool>() == true ? "!" : "")}").ToList() ?? [];
        if (operation["requestBody"] is { } body) takes.Add($"body {Named(body["content"]!.AsObject().First().Value!["schema"]!)}");
        var yes = operation["responses"]!.AsObject().Where(r => r.Key[0] == '2').Select(r => $"{r.Key} {(r.Value!["content"] is JsonObject content ? Named(content.First().Value!["schema"]!) : "nothing")}");
        var no = operation["responses"]!.AsObject().Where(r => r.Key[0] != '2').Select(r => r.Key);
        return $"{verb.ToUpperInvariant()} {path}\n  takes {(takes.Count == 0 ? "nothing" : string.Join(", ", takes))}\n  answers {string.Join(", ", yes)}; refuses {string.Join(' ', no)}";
    }

    private static string Named(JsonNode schema) =>
        schema["$ref"]?.GetValue<string>().Split('/')[^1] ?? (schema["items"] is { } item ? $"list of {Named(item)}" : schema["type"]?.ToString() ?? "anything");
}
