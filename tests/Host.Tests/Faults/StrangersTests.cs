using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>
/// A competitor who knows every id asks for all of it, by every address and verb: the answer is that of an id that never was, and no
/// byte of the other firm is in it.
/// </summary>
public sealed partial class StrangersTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Secret = "Between us and nobody else";

    [Fact]
    public async Task Another_firms_request_task_and_file_are_as_if_they_were_not()
    {
        var (request, task, file) = await OursAsync();
        var before = await market.Stored(request);
        var asked = 0;
        foreach (var account in new[] { Cast.B09002.Maker, Cast.B09002.Checker, Cast.B09002.DelegatedAdministrator })
        {
            var stranger = await market.As(account);
            foreach (var route in RouteTable.Of(market.Portal.Services).Where(SpeaksOfOne))
            {
                string Id(bool real) => real ? route.Pattern.StartsWith("/tasks", StringComparison.Ordinal) || route.Pattern.StartsWith("/api/tasks", StringComparison.Ordinal) ? task : request : Guid.CreateVersion7().ToString();
                var (theirs, nobodys) = (await AsksAsync(stranger, route, Id(true), file), await AsksAsync(stranger, route, Id(false), Guid.CreateVersion7().ToString()));

                Assert.True(theirs.Status == nobodys.Status && (int)theirs.Status is 403 or 404, $"{account}: {route.Verb} {route.Pattern} answered {(int)theirs.Status}, for nothing {(int)nobodys.Status}.");
                Assert.Equal(Plain(nobodys.Body), Plain(theirs.Body));
                Assert.DoesNotContain(Secret, theirs.Body, StringComparison.Ordinal);
                asked++;
            }
        }

        Assert.True(asked > 50, $"Only {asked} addresses speak of a request or task.");
        Assert.Equal(before, await market.Stored(request));
    }

    [Fact]
    public async Task No_list_search_count_or_notice_of_another_firm_speaks_of_it()
    {
        var (request, task, _) = await OursAsync();
        var number = (await (await market.As(Cast.Maker)).SeesRequest(request)).Json.Text("number");
        foreach (var account in new[] { Cast.B09002.Maker, Cast.B09002.Checker })
        {
            var stranger = await market.As(account);
            foreach (var path in new[]
            {
                "/", "/requests", $"/requests?search={number}", "/inbox", "/notices", "/catalogue", "/api/requests", $"/api/requests?search={number}", $"/api/requests?search={Uri.EscapeDataString(Secret)}",
                "/api/inbox", $"/api/inbox?request={request}", "/api/inbox/views", "/api/notices", "/api/eservices", $"/api/eservices/{PortalWithMail.Exemption}/sample",
            })
            {
                var answer = await stranger.GetAsync(path);
                Assert.DoesNotContain(request, answer.Body.Replace(path, "", StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.DoesNotContain(task, answer.Body, StringComparison.Ordinal);
                Assert.DoesNotContain(Secret, Echo(answer.Body), StringComparison.Ordinal);
            }

            Assert.Equal(0, (await stranger.GetAsync($"/api/requests?search={number}")).Accepted().Json["total"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task Nobody_takes_a_step_that_is_not_theirs_or_not_yet_due()
    {
        var (request, check, _) = await OursAsync();
        var before = await market.Stored(request);
        var checker = await market.As(Cast.Checker);
        var hash = (await checker.SeesTask(check)).Accepted().Json.Text("contentHash");
        foreach (var who in new[] { Cast.Maker, Cast.Reviewer, Cast.Approver, Cast.Supervisor, Cast.Analyst, Cast.Auditor, Cast.Administrator, Cast.B09001.DelegatedAdministrator })
        {
            var answer = await (await market.As(who)).DecidesTask(check, "approve", contentHash: hash);
            Assert.True((int)answer.Status is 403 or 404 or 409, $"{who} decided the checker's task: {answer}");
        }

        foreach (var forged in new[] { "status", "state", "participantId", "firmId", "version", "approvedBy", "sequence" })
        {
            var body = new JsonObject { ["outcome"] = "approve", ["contentHash"] = hash, [forged] = "approved" };
            var answer = await checker.SendsJsonAsync(HttpMethod.Post, $"/api/tasks/{check}/decision", body);
            Assert.True((int)answer.Status is 400 or 422, $"The field {forged} was taken: {answer}");
        }

        Assert.Equal(before, await market.Stored(request));
    }

    private async Task<(string Request, string Task, string File)> OursAsync()
    {
        var maker = await market.As(Cast.Maker);
        var answers = await maker.SampleOf(PortalWithMail.Exemption);
        answers["remarks"] = Secret;
        var request = (await maker.StartsDraft(PortalWithMail.Exemption, answers)).Id();
        var file = (await maker.AttachesFile(request, "attachments", "ours.csv", Encoding.UTF8.GetBytes($"{Secret},1\n"), "text/csv")).Id();
        (await maker.SubmitsRequest(request)).Accepted();
        return (request, await (await market.As(Cast.Checker)).TaskOf(request), file);
    }

    private static bool SpeaksOfOne(MappedRoute route) => route.Pattern.Contains("{id}", StringComparison.Ordinal)
        && (route.Pattern.Contains("/requests/", StringComparison.Ordinal) || route.Pattern.Contains("/tasks/", StringComparison.Ordinal));

    private static async Task<Answer> AsksAsync(Person stranger, MappedRoute route, string id, string file)
    {
        var path = route.Pattern.Replace("{id}", id, StringComparison.Ordinal).Replace("{attachment}", file, StringComparison.Ordinal);
        if (route.Verb == "GET") return await stranger.GetAsync(path);
        if (path.EndsWith("/attachments", StringComparison.Ordinal) && path.StartsWith("/api", StringComparison.Ordinal)) return await stranger.AttachesFile(id, "attachments", "mine.csv", "mine,1\n"u8.ToArray(), "text/csv");
        if (!path.StartsWith("/api", StringComparison.Ordinal)) return await stranger.PostFormAsync(path, new() { ["outcome"] = "approve", ["reason"] = "Because.", ["text"] = "Note." }, "/account");
        var body = new JsonObject();
        if (path.EndsWith("/answers", StringComparison.Ordinal)) body["answers"] = new JsonObject();
        if (path.EndsWith("/messages", StringComparison.Ordinal)) body["text"] = "Mine.";
        if (path.EndsWith("/decision", StringComparison.Ordinal)) (body["outcome"], body["contentHash"]) = ("approve", "never seen");
        if (path.EndsWith("/claim", StringComparison.Ordinal) && route.Verb == "PUT") body["to"] = Cast.Reviewer.Email;
        return await stranger.SendsJsonAsync(new HttpMethod(route.Verb), path, body.Count == 0 && route.Verb != "POST" ? null : body, ifMatch: "\"1.1\"");
    }

    // Ids that were asked for, tokens, references and times differ from answer to answer.
    private static string Plain(string body) => Varying().Replace(body, "*");

    private static string Echo(string body) => InputValue().Replace(body, "");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|CfDJ8[A-Za-z0-9_-]+|[0-9]{2}:[0-9]{2}(:[0-9]{2})?|[0-9a-f]{32}-[0-9a-f]{16}")]
    private static partial Regex Varying();

    [GeneratedRegex("<input[^>]*>|\"[^\"]*search=[^\"]*\"")]
    private static partial Regex InputValue();
}
