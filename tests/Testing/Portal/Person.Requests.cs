using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ClientConnect.Testing.Portal;

/// <summary>What people do with requests and tasks, over the JSON API. Each returns the answer as it came.</summary>
public sealed partial class Person
{
    public Task<Answer> SeesEServices() => GetAsync("/api/eservices");

    public Task<Answer> SeesEService(string key) => GetAsync($"/api/eservices/{key}");

    /// <summary>Answers that pass every rule of the eService today.</summary>
    /// <param name="membership">Null for the first that may make it.</param>
    public async Task<JsonObject> SampleOf(string key, string? membership = null)
    {
        var sample = (await GetAsync($"/api/eservices/{key}/sample{(membership is null ? "" : $"?membership={membership}")}")).Accepted().Json.AsObject();
        return (sample["answers"] as JsonObject ?? sample).DeepClone().AsObject();
    }

    /// <param name="membership">Null for the account's usual one or, where the eService is not for that, the first that it is for.</param>
    public async Task<Answer> StartsDraft(string eService, JsonObject? answers = null, string? membership = null, string? key = null) =>
        await SendsJsonAsync(
            HttpMethod.Post,
            "/api/requests",
            new JsonObject { ["eService"] = eService, ["membership"] = membership ?? await MembershipFor(eService), ["answers"] = answers?.DeepClone() },
            key);

    /// <summary>For which membership this person asks where nothing else is said.</summary>
    public async Task<string> MembershipFor(string eService)
    {
        if (!memberships.TryGetValue(eService, out var membership))
        {
            var all = (await SeesEService(eService)) is { IsSuccess: true } seen ? seen.Json["eService"]!["memberships"]!.AsArray().Select(m => m!.GetValue<string>()).ToList() : [];
            memberships[eService] = membership = all.Contains(Account.Membership) || all.Count == 0 ? Account.Membership : all[0];
        }

        return membership;
    }

    private readonly ConcurrentDictionary<string, string> memberships = new(StringComparer.Ordinal);

    /// <param name="ifMatch">The revision that was seen; null asks for the one that is current.</param>
    public async Task<Answer> SavesAnswers(string request, JsonObject answers, string? ifMatch = null) =>
        await SendsJsonAsync(HttpMethod.Put, $"/api/requests/{request}/answers", new JsonObject { ["answers"] = answers.DeepClone() }, ifMatch: ifMatch ?? (await SeesRequest(request)).ETag);

    /// <summary>Sends a draft, or a correction, to the firm's checkers.</summary>
    public Task<Answer> SubmitsRequest(string request, string? key = null, string? ifMatch = null) =>
        SendsJsonAsync(HttpMethod.Post, $"/api/requests/{request}/submission", key: key, ifMatch: ifMatch);

    public Task<Answer> WithdrawsRequest(string request, string? reason = null, string? key = null, string? ifMatch = null) =>
        SendsJsonAsync(HttpMethod.Delete, $"/api/requests/{request}/submission", new JsonObject { ["reason"] = reason }, key, ifMatch);

    /// <summary>Writes to the other side of a request.</summary>
    public Task<Answer> WritesMessage(string request, string text, string? key = null) =>
        SendsJsonAsync(HttpMethod.Post, $"/api/requests/{request}/messages", new JsonObject { ["text"] = text }, key);

    /// <summary>A draft of the sample's answers, sent to the checker; returns the request's id.</summary>
    public async Task<string> Sends(string eService, JsonObject? answers = null)
    {
        var draft = (await StartsDraft(eService, answers ?? await SampleOf(eService))).Accepted();
        var id = draft.Json["id"]!.GetValue<string>();
        (await SubmitsRequest(id)).Accepted();
        return id;
    }

    public Task<Answer> SeesRequests(string query = "") => GetAsync($"/api/requests{query}");

    public Task<Answer> SeesRequest(string request) => GetAsync($"/api/requests/{request}");

    public Task<Answer> SeesTimeline(string request) => GetAsync($"/api/requests/{request}/timeline");

    public Task<Answer> SeesNotices() => GetAsync("/api/notices");

    public async Task<string> StatusOf(string request) => (await SeesRequest(request)).Accepted().Json["status"]!.GetValue<string>();

    public async Task<Answer> AttachesFile(string request, string field, string name, byte[] content, string type = "application/octet-stream")
    {
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var form = new MultipartFormDataContent { { new StringContent(field), "purpose" }, { file, "file", name } };
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/requests/{request}/attachments") { Content = form });
    }

    /// <param name="membership">Null for all participants of the clearing house.</param>
    public async Task<Answer> PublishesFile(string name, byte[] content, string? membership = null, int? keepDays = null, string? key = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Publishing.EService), "eService" }, { new StringContent(Publishing.Types[0]), "type" }, { new StringContent("HKSCC"), "clearingHouse" }, { new StringContent(membership ?? ""), "membership" },
            { new StringContent(keepDays?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""), "keepDays" }, { new ByteArrayContent(content), "file", name },
        };
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/publications") { Content = form };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await SendAsync(request);
    }

    /// <summary>Uploads a file of register entries to be looked at; where it is accepted, the answer leads to its page.</summary>
    public async Task<Answer> OffersImport(string kind, string content, string name = "entries.csv")
    {
        const string Page = "/register/imports/new";
        using var form = new MultipartFormDataContent
        {
            { new StringContent(TokenOn(await GetAsync(Page))), "__RequestVerificationToken" }, { new StringContent(kind), "kind" }, { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(content)), "file", name },
        };
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, "/register/imports") { Content = form });
    }

    /// <summary>The same through the API.</summary>
    public async Task<Answer> OffersFile(string kind, string content, string? key = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(kind), "kind" }, { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(content)), "file", "entries.csv" } };
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/register/imports") { Content = form };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await SendAsync(request);
    }

    /// <summary>The open tasks that this person may see, of one request or of all.</summary>
    public Task<Answer> SeesInbox(string? request = null) => GetAsync(request is null ? "/api/inbox" : $"/api/inbox?request={request}");

    public Task<Answer> SeesTask(string task) => GetAsync($"/api/tasks/{task}");

    public Task<Answer> ClaimsTask(string task, string? key = null) => SendsJsonAsync(HttpMethod.Post, $"/api/tasks/{task}/claim", key: key);

    public Task<Answer> ReleasesTask(string task, string? key = null) => SendsJsonAsync(HttpMethod.Delete, $"/api/tasks/{task}/claim", key: key);

    /// <param name="contentHash">What was seen; null looks now.</param>
    public async Task<Answer> DecidesTask(string task, string outcome, string? reason = null, JsonArray? lines = null, string? contentHash = null, string? key = null)
    {
        var seen = contentHash ?? (await SeesTask(task)).Accepted().Json["contentHash"]!.GetValue<string>();
        var decision = new JsonObject { ["outcome"] = outcome, ["reason"] = reason, ["contentHash"] = seen };
        if (lines is not null)
        {
            decision["lines"] = lines.DeepClone();
        }

        return await SendsJsonAsync(HttpMethod.Post, $"/api/tasks/{task}/decision", decision, key);
    }

    /// <param name="said">What is reported once.</param>
    /// <param name="lines">What is reported per line: <c>line</c>, <c>milestone</c>.</param>
    public async Task<Answer> ReportsMilestone(string task, JsonObject said, JsonArray lines)
    {
        var seen = (await SeesTask(task)).Accepted().Json["contentHash"]!.GetValue<string>();
        return await SendsJsonAsync(HttpMethod.Post, $"/api/tasks/{task}/decision", new JsonObject { ["outcome"] = "done", ["milestone"] = said.DeepClone(), ["lines"] = lines.DeepClone(), ["contentHash"] = seen }, null);
    }

    /// <summary>The id of the one open task of a request that this person may see.</summary>
    public async Task<string> TaskOf(string request)
    {
        var inbox = (await SeesInbox(request)).Accepted().Json;
        var tasks = inbox as JsonArray ?? inbox["items"]?.AsArray() ?? inbox["tasks"]!.AsArray();
        return tasks.Count == 1
            ? tasks[0]!["id"]!.GetValue<string>()
            : throw new InvalidOperationException($"{Account} sees {tasks.Count} open tasks of {request}: {inbox.ToJsonString()}");
    }

    public async Task<Answer> Approves(string request) => await ClaimAndDecide(request, "approve", null);

    public async Task<Answer> Returns(string request, string reason) => await ClaimAndDecide(request, "return", reason);

    public async Task<Answer> Rejects(string request, string reason) => await ClaimAndDecide(request, "reject", reason);

    private async Task<Answer> ClaimAndDecide(string request, string outcome, string? reason)
    {
        var task = await TaskOf(request);
        var step = (await SeesTask(task)).Accepted().Json["step"]!.GetValue<string>();
        if (step is "review" or "approval")
        {
            (await ClaimsTask(task)).Accepted();
        }

        return await DecidesTask(task, outcome, reason);
    }
}
