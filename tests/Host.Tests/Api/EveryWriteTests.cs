using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>
/// Every address that changes something honours an operation key and, where it rests on what was seen, <c>If-Match</c>. The addresses
/// come from the host; one that has no story here fails, so that a new one is thought about.
/// </summary>
[Collection(nameof(ApiCollection))]
public sealed class EveryWriteTests(PortalWithMail market)
{
    private const string Readings = "/api/notices/readings";

    // Of a kind of which nothing ends where a file does not bring it.
    private const string Prices = "key,amount,currency,per,asOf\nnever-charged,1.5,HKD,year,2026-11-23\n";

    // They rest on nothing that was seen: the first ones make something new, the others mean the same whatever changed.
    private static readonly HashSet<string> RestOnNothing =
    [
        "POST /api/requests", "POST /api/requests/{id}/attachments", "POST /api/requests/{id}/lines/{lines}/trial", "POST /api/requests/{id}/messages", "POST /api/inbox/views", "DELETE /api/inbox/views/{id:guid}", "POST /api/inbox/claim", "POST /api/notices/readings",
        "POST /api/publications", "DELETE /api/publications/{id:guid}",
        "POST /api/activities", "PUT /api/activities/{number}", "PUT /api/occasions/{key}/attendance", "POST /api/occasions/{key}/cancellation",
        // What it rests on the hash in its body stands for.
        "POST /api/register/imports", "POST /api/register/imports/{id:guid}/confirmation", "DELETE /api/register/imports/{id:guid}",
    ];

    private Dictionary<string, Func<Task<Call>>> Stories => new()
    {
        ["POST /api/requests"] = async () => Json(await market.As(Cast.Maker), "POST", "/api/requests", Begin(new JsonObject()), Begin(null)),
        ["PUT /api/requests/{id}/answers"] = async () => Json(await market.As(Cast.Maker), "PUT", $"/api/requests/{await Draft()}/answers", Answers(await Sample()), Answers([]), "\"1.0\""),
        ["POST /api/requests/{id}/attachments"] = async () => File(await market.As(Cast.Maker), $"/api/requests/{await Draft()}/attachments"),
        ["POST /api/requests/{id}/messages"] = async () => Json(await market.As(Cast.Maker), "POST", $"/api/requests/{await market.Submitted()}/messages", Text("One."), Text("Another.")),
        ["POST /api/requests/{id}/lines/{lines}/trial"] = async () => File(await market.As(Cast.Maker), $"/api/requests/{await Draft()}/lines/lines/trial"),
        ["POST /api/requests/{id}/submission"] = async () => Json(await market.As(Cast.Maker), "POST", $"/api/requests/{await Draft()}/submission"),
        ["DELETE /api/requests/{id}/submission"] = async () => Json(await market.As(Cast.Maker), "DELETE", $"/api/requests/{await market.Sent()}/submission", Reason("Delivered."), Reason("Bought.")),
        ["POST /api/tasks/{id}/claim"] = async () => Json(await market.As(Cast.Reviewer), "POST", $"/api/tasks/{await Review()}/claim"),
        ["DELETE /api/tasks/{id}/claim"] = async () => Json(await market.As(Cast.Reviewer), "DELETE", $"/api/tasks/{await Review(claimed: true)}/claim"),
        ["PUT /api/tasks/{id}/claim"] = async () => Json(await market.As(Cast.Supervisor), "PUT", $"/api/tasks/{await Review()}/claim", To(Cast.Reviewer), To(Cast.Reviewer2)),
        ["POST /api/tasks/{id}/decision"] = async () => await Decision(await Review(claimed: true)),
        ["POST /api/inbox/views"] = async () => Json(await market.As(Cast.Reviewer), "POST", "/api/inbox/views", View("late"), View("escalated")),
        ["DELETE /api/inbox/views/{id:guid}"] = async () => Json(await market.As(Cast.Reviewer), "DELETE", $"/api/inbox/views/{await Saved()}"),
        ["POST /api/inbox/claim"] = async () => Json(await market.As(Cast.Reviewer2), "POST", $"/api/inbox/claim?q={await Number(await market.Submitted(), await market.Submitted())}"),
        ["POST /api/publications"] = async () => Publication(await market.As(Cast.Reviewer)),
        ["DELETE /api/publications/{id:guid}"] = async () => Json(await market.As(Cast.Reviewer), "DELETE", $"/api/publications/{await Published()}", Reason("Wrong file."), Reason("Wrong firm.")),
        ["POST /api/activities"] = async () => Json(await market.As(Cast.Supervisor), "POST", "/api/activities", Activity("One"), Activity("Another")),
        ["PUT /api/activities/{number}"] = async () => Json(await market.As(Cast.Supervisor), "PUT", $"/api/activities/{await Announced()}", Activity("One"), Activity("Another")),
        ["PUT /api/occasions/{key}/attendance"] = async () => Json(await market.As(Cast.Supervisor), "PUT", $"/api/occasions/{await Announced()}-1/attendance", Marks(), Marks("absent")),
        ["POST /api/occasions/{key}/cancellation"] = async () => Json(await market.As(Cast.Supervisor), "POST", $"/api/occasions/{await Announced()}-1/cancellation"),
        ["POST /api/register/imports"] = async () => Import(await market.As(Cast.Supervisor)),
        ["POST /api/register/imports/{id:guid}/confirmation"] = async () => await Confirmation(),
        ["DELETE /api/register/imports/{id:guid}"] = async () => Json(await market.As(Cast.Supervisor), "DELETE", $"/api/register/imports/{await Offered()}"),
        ["POST /api/notices/readings"] = async () => Json(await market.As(Cast.Checker), "POST", "/api/notices/readings"),
    };

    [Fact]
    public void Every_write_has_its_story() => Assert.Equal(Writes.Of(market).Select(Name).Order(), Stories.Keys.Order());

    [Fact]
    public async Task The_same_call_under_its_key_is_answered_as_the_first_time_and_another_is_refused()
    {
        foreach (var (name, story) in Stories)
        {
            var call = await story();
            var first = await call.Send("one-key-of " + name, call.Seen);
            var again = await call.Send("one-key-of " + name, call.Seen);
            var other = await call.SendOther("one-key-of " + name);

            Assert.True(first.IsSuccess, first.ToString());
            Assert.True((first.Status, first.Body) == (again.Status, again.Body), $"{first}\n{again}");
            Assert.True(other.Problem?.Code == "operation-key-was-used-for-something-else", $"{name}: {other}");
        }
    }

    [Fact]
    public async Task Nothing_is_done_on_a_version_that_is_no_more()
    {
        foreach (var (name, story) in Stories.Where(s => !RestOnNothing.Contains(s.Key)))
        {
            var call = await story();
            var stale = await call.Send(Guid.NewGuid().ToString(), "\"99.99\"");
            var current = stale.Problem?.Body["current"]?.GetValue<string>();

            Assert.True((int)stale.Status == 412 && stale.Problem?.Code == "somebody-else-has-saved", $"{name}: {stale}");
            (await call.Send(Guid.NewGuid().ToString(), $"\"{current}\"")).Accepted();
        }
    }

    [Fact]
    public async Task Asking_twice_at_once_for_the_next_task_gives_one()
    {
        var first = await market.Submitted();
        var supervisor = await market.As(Cast.Reviewer2);
        var number = await Number(first, await market.Submitted());

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => supervisor.SendsJsonAsync(HttpMethod.Post, $"/api/inbox/claim?q={number}", key: "next-please")));

        Assert.Single(all.Select(a => a.Accepted().Json.Text("taskId")).Distinct());
    }

    [Fact]
    public async Task A_task_is_read_with_the_version_of_its_request()
    {
        var id = await market.Sent();
        var checker = await market.As(Cast.Checker);

        Assert.Equal((await checker.SeesRequest(id)).ETag, (await checker.SeesTask(await checker.TaskOf(id))).ETag);
    }

    // Its day has come: attendance can be marked.
    private static JsonObject Activity(string title) => new()
    {
        ["title"] = new JsonObject { ["en"] = title, ["zh-Hant"] = title, ["zh-Hans"] = title },
        ["type"] = "BRIEFING",
        ["audience"] = new JsonArray("custodian"),
        ["mandatory"] = false,
        ["opens"] = "2026-01-02",
        ["closes"] = "2026-01-05",
        ["cancelBy"] = "2026-01-05",
        ["occasions"] = new JsonArray(new JsonObject { ["date"] = "2026-01-06", ["starts"] = "10:00", ["ends"] = "11:00", ["venue"] = "Room 1", ["capacity"] = 5 }),
    };

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonObject Marks(string? remark = null) =>
        new() { ["marks"] = remark is null ? [] : new JsonArray(new JsonObject { ["requestId"] = Guid.Empty.ToString(), ["number"] = 1, ["attended"] = false, ["remark"] = remark }) };

    private async Task<string> Announced() =>
        (await (await market.As(Cast.Supervisor)).SendsJsonAsync(HttpMethod.Post, "/api/activities", Activity("Announced"))).Accepted().Json["number"]!.GetValue<string>();

    private static string Name(Host.Composition.MappedRoute route) => $"{route.Verb} {route.Pattern}";

    private static Call Json(Person person, string verb, string path, JsonObject? body = null, JsonObject? other = null, string? seen = null) => new(
        (key, ifMatch) => person.SendsJsonAsync(new HttpMethod(verb), path, body, key, ifMatch),
        // A call without a body differs by where it goes.
        key => other is null ? person.SendsJsonAsync(HttpMethod.Post, path == Readings ? $"/api/tasks/{Guid.Empty}/claim" : Readings, null, key) : person.SendsJsonAsync(new HttpMethod(verb), path, other, key, seen),
        seen);

    private static Call File(Person person, string path)
    {
        Task<Answer> Send(string key, string words)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(words)), "file", "notes.csv" } } };
            request.Headers.Add("Idempotency-Key", key);
            return person.SendAsync(request);
        }

        return new Call((key, _) => Send(key, "a,b\n1,2\n"), key => Send(key, "a,b\n1,3\n"), null);
    }

    private static Call Publication(Person person) => new(
        (key, _) => person.PublishesFile("report.csv", "a,b\n1,2\n"u8.ToArray(), key: key), key => person.PublishesFile("report.csv", "a,b\n1,3\n"u8.ToArray(), key: key), null);

    private async Task<string> Published() => (await (await market.As(Cast.Reviewer)).PublishesFile($"{Guid.NewGuid():N}.csv", "a,b\n1,2\n"u8.ToArray())).Accepted().Id();

    private static Call Import(Person person) => new((key, _) => person.OffersFile("price", Prices, key), key => person.OffersFile("price", Prices + "\n", key), null);

    private async Task<string> Offered() => (await (await market.As(Cast.Supervisor)).OffersFile("price", Prices)).Accepted().Json["import"]!["id"]!.GetValue<string>();

    private async Task<Call> Confirmation()
    {
        var supervisor = await market.As(Cast.Supervisor);
        var offered = (await supervisor.OffersFile("price", Prices)).Accepted().Json;
        JsonObject Body(bool without) => new() { ["contentHash"] = offered["contentHash"]!.GetValue<string>(), ["withoutFaulty"] = without };
        return Json(supervisor, "POST", $"/api/register/imports/{offered["import"]!["id"]}/confirmation", Body(false), Body(true));
    }

    private async Task<Call> Decision(string task)
    {
        var reviewer = await market.As(Cast.Reviewer);
        var hash = (await reviewer.SeesTask(task)).Json.Text("contentHash");
        JsonObject Body(string outcome) => new() { ["outcome"] = outcome, ["reason"] = "No ground.", ["contentHash"] = hash };
        return Json(reviewer, "POST", $"/api/tasks/{task}/decision", Body("approve"), Body("reject"));
    }

    private static JsonObject Begin(JsonObject? answers) => new() { ["eService"] = PortalWithMail.Exemption, ["membership"] = Cast.Maker.Membership, ["answers"] = answers };

    private static JsonObject Answers(JsonObject answers) => new() { ["answers"] = answers };

    private static JsonObject Reason(string reason) => new() { ["reason"] = reason };

    private static JsonObject To(Account account) => new() { ["to"] = account.Email };

    private static JsonObject View(string cut) => new() { ["name"] = "Mine", ["filter"] = new JsonObject { [cut] = "true" } };

    private async Task<JsonObject> Sample() => await (await market.As(Cast.Maker)).SampleOf(PortalWithMail.Exemption);

    private async Task<string> Draft() => (await (await market.As(Cast.Maker)).StartsDraft(PortalWithMail.Exemption, await Sample())).Id();

    private async Task<string> Review(bool claimed = false)
    {
        var reviewer = await market.As(Cast.Reviewer);
        var task = await reviewer.TaskOf(await market.Submitted());
        if (claimed) (await reviewer.ClaimsTask(task)).Accepted();
        return task;
    }

    private async Task<string> Saved() => (await (await market.As(Cast.Reviewer)).SendsJsonAsync(HttpMethod.Post, "/api/inbox/views", View("late"))).Id();

    // What the numbers of both have in common: a view that holds at least these two.
    private async Task<string> Number(params string[] ids)
    {
        var reviewer = await market.As(Cast.Reviewer2);
        var numbers = new List<string>();
        foreach (var id in ids) numbers.Add((await reviewer.SeesRequest(id)).Json.Text("number"));
        return numbers[0][..numbers[0].LastIndexOf('-')];
    }

    /// <param name="Send">With that operation key and that <c>If-Match</c>.</param>
    /// <param name="SendOther">Something else under that key.</param>
    /// <param name="Seen">What <c>If-Match</c> must say for the call to be accepted; null where it may say nothing.</param>
    private sealed record Call(Func<string, string?, Task<Answer>> Send, Func<string, Task<Answer>> SendOther, string? Seen);
}
