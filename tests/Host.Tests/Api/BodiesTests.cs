using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>What a call does not know it refuses, by path and in a sentence; what can't be read is never our fault (decision 0008).</summary>
[Collection(nameof(ApiCollection))]
public sealed class BodiesTests(PortalWithMail market)
{
    private static readonly string[] NotTheirs = ["State", "ParticipantId", "Version", "ApprovedBy", "status", "firmId", "number", "__proto__"];

    public static TheoryData<string, string> Unreadable => new()
    {
        { "no object", "[1]" },
        { "a text", "\"text\"" },
        { "nothing", "null" },
        { "broken off", "{\"answers\": {" },
        { "two roots", "{}{}" },
        { "a comment", "{/* */}" },
        { "a trailing comma", "{\"a\":1,}" },
        { "a name twice", "{\"a\":1,\"a\":2}" },
        { "a name twice, inside", "{\"answers\":{\"a\":1,\"\\u0061\":2}}" },
        { "NUL in a value", "{\"a\":\"\\u0000\"}" },
        { "NUL in a name", "{\"a\\u0000\":1}" },
        { "half a surrogate", "{\"a\":\"\\ud800\"}" },
        { "half a surrogate in a name", "{\"\\udc00\":1}" },
        { "not a number", "{\"a\":NaN}" },
        { "ten thousand deep", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000) },
        { "ten thousand lists deep", "{\"answers\":" + new string('[', 10_000) + new string(']', 10_000) + "}" },
        { "bytes that are no UTF-8", "{\"a\":\"\u00ff\"}" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_is_not_readable_is_refused_everywhere(string what, string body)
    {
        // As one byte a character: that is how broken UTF-8 is written down here.
        var bytes = Encoding.Latin1.GetBytes(body);
        foreach (var route in Writes.OfJson(market))
        {
            var answer = await (await market.As(Writes.Caller(route))).SendsAsync(route.Verb, Writes.Somewhere(route), bytes);

            Assert.True((int)answer.Status == 400 && answer.Problem?.Code == "body-not-readable", $"{what}: {answer}");
        }
    }

    [Fact]
    public async Task What_is_too_large_is_refused_everywhere_by_length_and_without_one()
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["answers"] = new JsonObject { ["a"] = new string('a', 1_048_576) } }.ToJsonString());
        foreach (var route in Writes.OfJson(market))
        {
            var person = await market.As(Writes.Caller(route));
            using var stream = new HttpRequestMessage(new HttpMethod(route.Verb), Writes.Somewhere(route)) { Content = new StreamContent(new MemoryStream(body)) };
            stream.Content.Headers.ContentType = new("application/json");
            stream.Headers.TransferEncodingChunked = true;

            Assert.Equal(413, (await person.SendsAsync(route.Verb, Writes.Somewhere(route), body)).Refused("body-too-large").Status);
            Assert.Equal(413, (await person.SendAsync(stream)).Refused("body-too-large").Status);
        }
    }

    [Fact]
    public async Task A_member_that_a_call_does_not_know_is_refused_by_its_path_everywhere()
    {
        foreach (var route in Writes.OfJson(market))
        {
            foreach (var name in NotTheirs)
            {
                var answer = await (await market.As(Writes.Caller(route))).SendsAsync(route.Verb, Writes.Somewhere(route), new JsonObject { [name] = "approved" });

                Assert.True(answer.Problem is { Status: 422, Code: "answers-are-incomplete" } problem && problem.Faults.GetValueOrDefault(name) == "unknown-field", answer.ToString());
            }
        }

        Assert.True(Writes.OfJson(market).Count >= 12);
    }

    [Theory]
    [InlineData("POST", "/api/requests", """{"eService":"e","membership":"m","answers":5}""", "answers not-an-object")]
    [InlineData("POST", "/api/requests", """{"eService":5,"membership":["m"]}""", "eService not-text, membership not-text")]
    [InlineData("POST", "/api/requests", """{"eService":" ","membership":null}""", "eService required, membership required")]
    [InlineData("PUT", "/api/requests/{id}/answers", """{"answers":"text"}""", "answers not-an-object")]
    [InlineData("PUT", "/api/requests/{id}/answers", """{}""", "answers required")]
    [InlineData("DELETE", "/api/requests/{id}/submission", """{"reason":{"a":1}}""", "reason not-text")]
    [InlineData("POST", "/api/tasks/{id}/decision", """{"outcome":true,"contentHash":1}""", "outcome not-text, contentHash not-text")]
    [InlineData("POST", "/api/tasks/{id}/decision", """{"outcome":"approve","contentHash":"h","lines":{}}""", "lines not-a-list")]
    [InlineData("POST", "/api/tasks/{id}/decision", """{"outcome":"approve","contentHash":"h","lines":[{"line":"1"},5]}""", "lines[0].line not-a-number, lines[1] not-a-line")]
    [InlineData("POST", "/api/tasks/{id}/decision", """{"outcome":"approve","contentHash":"h","lines":[{"line":1,"decision":[]}]}""", "lines[0].decision not-an-object")]
    [InlineData("POST", "/api/tasks/{id}/decision", """{"outcome":"return","contentHash":"h","remarks":[{"path":"a","text":"b","State":1}]}""", "remarks[0].State unknown-field")]
    [InlineData("PUT", "/api/tasks/{id}/claim", """{"to":1}""", "to not-text")]
    [InlineData("POST", "/api/inbox/views", """{"name":"n","filter":{"State":"x"}}""", "filter.State unknown-field")]
    [InlineData("POST", "/api/inbox/views", """{"name":"n","filter":{"step":"nonsense","due":5}}""", "filter.due not-text")]
    [InlineData("POST", "/api/inbox/views", """{"name":"n","filter":{"step":"nonsense"}}""", "filter.step not-an-option")]
    public async Task What_is_wrong_within_is_said_at_its_path(string verb, string pattern, string body, string faults)
    {
        var route = Writes.OfJson(market).Single(r => r.Verb == verb && r.Pattern == pattern);

        var answer = await (await market.As(Writes.Caller(route))).SendsAsync(verb, Writes.Somewhere(route), JsonNode.Parse(body)!);

        Assert.Equal(faults, string.Join(", ", answer.Refused("answers-are-incomplete").Faults.Select(f => $"{f.Key} {f.Value}")));
        Assert.All(answer.Json["fields"]!.AsArray(), f => Assert.EndsWith(".", f.Text("message"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_gives_a_draft_more_than_its_form_has()
    {
        var maker = await market.As(Cast.Maker);
        var answers = await maker.SampleOf(PortalWithMail.Exemption);
        var draft = (await maker.StartsDraft(PortalWithMail.Exemption, answers)).Accepted();
        var lines = Assert.Single(answers, a => a.Value is JsonArray { Count: > 0 } list && list[0] is JsonObject).Key;
        var before = await market.Stored(draft.Id());

        foreach (var name in NotTheirs)
        {
            var above = answers.DeepClone().AsObject();
            above[name] = "approved";
            var within = answers.DeepClone().AsObject();
            within[lines]![0]![name] = "approved";

            Assert.Equal("unknown-field", (await maker.SavesAnswers(draft.Id(), above, draft.ETag)).Refused("answers-are-incomplete").Faults[name]);
            Assert.Equal("unknown-field", (await maker.SavesAnswers(draft.Id(), within, draft.ETag)).Refused("answers-are-incomplete").Faults[$"{lines}[0].{name}"]);
            Assert.Equal("unknown-field", (await maker.StartsDraft(PortalWithMail.Exemption, above)).Refused("answers-are-incomplete").Faults[name]);
        }

        Assert.Equal(before, await market.Stored(draft.Id()));
    }

    [Fact]
    public async Task Nobody_gives_a_decision_more_than_it_has()
    {
        var id = await market.Submitted();
        var reviewer = await market.As(Cast.Reviewer);
        var task = await reviewer.TaskOf(id);
        (await reviewer.ClaimsTask(task)).Accepted();
        var before = await market.Stored(id);

        foreach (var name in NotTheirs)
        {
            Assert.Equal("unknown-field", await Fault(new JsonObject { ["line"] = 1, ["outcome"] = "approve", [name] = "x" }, $"lines[0].{name}"));
            Assert.Equal("unknown-field", await Fault(new JsonObject { ["line"] = 1, ["outcome"] = "reject", ["reason"] = "No ground.", [name] = "x" }, $"lines[0].{name}"));
            Assert.Equal("unknown-field", await Fault(new JsonObject { ["line"] = 1, ["outcome"] = "approve", ["decision"] = new JsonObject { [name] = "x" } }, $"lines[0].decision.{name}"));
        }

        Assert.Equal(before, await market.Stored(id));

        async Task<string> Fault(JsonObject line, string path) => (await reviewer.DecidesTask(task, "approve", lines: [line])).Refused("answers-are-incomplete").Faults[path];
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("99999999999999999999999999999999999999999999")]
    [InlineData("0.00000000000000000000000000000000000000000001")]
    [InlineData("1e-999")]
    public async Task A_number_that_nothing_can_hold_is_refused_or_kept_as_it_stands(string number)
    {
        var maker = await market.As(Cast.Maker);
        var start = new JsonObject { ["eService"] = PortalWithMail.Exemption, ["membership"] = Cast.Maker.Membership, ["answers"] = "HERE" }.ToJsonString();
        var form = (await maker.SeesEService(PortalWithMail.Exemption)).Json["form"]!["sections"]!.AsArray().SelectMany(s => s!["fields"]!.AsArray()).Select(f => f.Text("name"));

        foreach (var name in form)
        {
            foreach (var value in new[] { number, $"[{number}]", "{\"a\":" + number + "}" })
            {
                var answer = await maker.SendsAsync("POST", "/api/requests", Encoding.UTF8.GetBytes(start.Replace("\"HERE\"", $"{{\"{name}\":{value}}}", StringComparison.Ordinal)), key: Guid.NewGuid().ToString());

                Assert.True((int)answer.Status is 201 or 422, answer.ToString());
            }
        }
    }
}
