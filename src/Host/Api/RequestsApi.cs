using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/requests</c>: from the draft to the outcome.</summary>
internal static class RequestsApi
{
    public static void MapRequests(this RouteGroupBuilder api)
    {
        api.MapGet("/requests", List).Needs(Permission.ViewRequests).WithSummary("The requests that you see, latest change first. Query: status, eService, search, open, page, pageSize.").Produces<ListModel<RequestSummaryModel>>();
        api.MapPost("/requests", Start).Needs(Permission.MakeRequests).AnswersVersion().WithSummary("Begins a draft: {eService, membership, answers}.").Produces<ReceiptModel>(201).Takes<StartModel>();
        api.MapGet("/requests/{id}", Read).Needs(Permission.ViewRequests).AnswersVersion().WithSummary("One request.").Produces<RequestModel>();
        api.MapPut("/requests/{id}/answers", Save).Needs(Permission.MakeRequests).RestsOnVersion(isRequired: true).WithSummary("Replaces the draft's answers: {answers}. If-Match is required.").Produces<ReceiptModel>().Takes<AnswersModel>();
        api.MapPost("/requests/{id}/submission", Submit).Needs(Permission.MakeRequests).IsClick().WithSummary("Sends the draft, or the correction, to the firm's checkers.").Produces<ReceiptModel>();
        api.MapDelete("/requests/{id}/submission", Withdraw).Needs(Permission.WithdrawRequests).IsClick().WithSummary("Takes the request back. Body, if any: {reason}.").Produces<ReceiptModel>().Takes<WithdrawalModel>(isOptional: true);
        api.MapGet("/requests/{id}/timeline", Timeline).Needs(Permission.ViewRequests).WithSummary("What happened, latest first.").Produces<IReadOnlyList<TimelineModel>>();
        api.MapPost("/requests/{id}/attachments", Attach).Needs(Permission.MakeRequests).Accepts<IFormFile>("multipart/form-data").TakesFiles().WithSummary("Uploads a file (multipart: file, purpose).").Produces<FileModel>(201);
        api.MapGet("/requests/{id}/attachments/{attachment}", Download).Needs(Permission.ViewRequests).WithSummary("A file, always as a download.").Produces<Stream>(contentType: "application/octet-stream");
    }

    /// <summary>The body of a new request.</summary>
    public sealed record StartModel(string EService, string Membership, JsonObject? Answers);

    /// <summary>The body of a save.</summary>
    public sealed record AnswersModel(JsonObject Answers);

    /// <summary>The body of a withdrawal, which may be missing.</summary>
    public sealed record WithdrawalModel(string? Reason);

    private static async Task<IResult> List(HttpContext http, RequestsOf requests, string? status, string? eService, string? search, bool? open, int? page, int? pageSize, CancellationToken ct)
    {
        if (status is not null && RequestStatuses.From(status) is null) return Problems.Of(new AnswersAreIncomplete([new FieldFault("status", "not-an-option")]));
        var viewer = http.GetViewer();
        var found = await requests.HandleAsync(viewer, new RequestFilter(RequestStatuses.From(status), eService, search, open ?? false, page ?? 1, pageSize ?? 25), ct);
        return Results.Json(new ListModel<RequestSummaryModel>([.. found.Items.Select(r => RequestSummaryModel.Of(r, viewer.Language))], found.Total, found.Number, found.Size));
    }

    private static async Task<IResult> Start(HttpContext http, StartDraft start, CancellationToken ct)
    {
        var (body, problem) = await JsonBody.ReadAsync<StartModel>(http, ct);
        if (body is null) return problem!;
        var (operation, unusable) = ApiCalls.Operation(http, body);
        if (unusable is not null) return unusable;
        var answers = (JsonObject?)body["answers"]?.DeepClone() ?? [];
        return ApiCalls.Answer(http, await start.HandleAsync(http.GetViewer(), body.Text("eService")!, new MembershipId(body.Text("membership")!), answers, DraftStrictness.Strict, operation, ct), StatusCodes.Status201Created);
    }

    private static async Task<IResult> Read(HttpContext http, RequestReader requests, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is not { } key || await requests.FindAsync(viewer, key, ct) is not { } request) return Problems.Of(new NothingHere(), viewer.Language);
        http.Response.Headers.ETag = $"\"{request.Version}\"";
        return Results.Json(RequestModel.Of(request, viewer));
    }

    private static async Task<IResult> Save(HttpContext http, SaveDraft save, string id, CancellationToken ct)
    {
        if (RequestId.From(id) is not { } key) return Problems.Of(new NothingHere());
        var (body, problem) = await JsonBody.ReadAsync<AnswersModel>(http, ct);
        if (body is null) return problem!;
        var (operation, unusable) = ApiCalls.Operation(http, body);
        return unusable ?? ApiCalls.Answer(http, await save.HandleAsync(http.GetViewer(), key, (JsonObject)body["answers"]!.DeepClone(), ApiCalls.Seen(http), DraftStrictness.Strict, operation, dropsLeft: false, ct));
    }

    private static async Task<IResult> Submit(HttpContext http, SubmitRequest submit, string id, CancellationToken ct)
    {
        if (RequestId.From(id) is not { } key) return Problems.Of(new NothingHere());
        var (operation, problem) = await ApiCalls.OperationAsync(http, ct);
        return problem ?? ApiCalls.Answer(http, await submit.HandleAsync(http.GetViewer(), key, ApiCalls.Seen(http), operation, ct));
    }

    private static async Task<IResult> Withdraw(HttpContext http, WithdrawRequest withdraw, string id, CancellationToken ct)
    {
        if (RequestId.From(id) is not { } key) return Problems.Of(new NothingHere());
        var (body, problem) = await JsonBody.ReadOptionalAsync<WithdrawalModel>(http, ct);
        if (body is null) return problem!;
        var (operation, unusable) = ApiCalls.Operation(http, body);
        return unusable ?? ApiCalls.Answer(http, await withdraw.HandleAsync(http.GetViewer(), key, body.Text("reason"), ApiCalls.Seen(http), operation, ct));
    }

    private static async Task<IResult> Timeline(HttpContext http, RequestReader requests, RequestTimeline timeline, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is not { } key || await requests.FindAsync(viewer, key, ct) is not { } request) return Problems.Of(new NothingHere(), viewer.Language);
        var entries = await timeline.OfAsync(viewer, request, ct);
        return Results.Json(entries.Select(e => new TimelineModel(e.Sequence, e.At.ToHongKong(), e.What, Words.Of($"timeline.{e.What}", viewer.Language), e.By, e.Status, e.Reason, e.Lines, e.Remarks, e.Changes, e.Deadline, e.Revision, e.ContentHash)
        {
            Moved = e.Moved.Count == 0 ? null : [.. e.Moved.Select(m => new MovedModel(m.Deadline, m.Step, m.From.ToHongKong(), m.To.ToHongKong()))],
            Closed = e.Closed.Count == 0 ? null : [.. e.Closed.Select(c => new ClosedModel(c.Path, c.Day))],
        }));
    }

    private static async Task<IResult> Attach(HttpContext http, UploadAttachment upload, KeptAnswers answers, string id, CancellationToken ct)
    {
        if (RequestId.From(id) is not { } key) return Problems.Of(new NothingHere());
        var (file, purpose, problem) = await Uploads.ReadAsync(http, ct);
        if (problem is not null) return problem;
        await using var content = file!.OpenReadStream();
        var said = ApiCalls.HasKey(http) ? new JsonArray(purpose, file.FileName, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct))) : null;
        var (operation, unusable) = ApiCalls.Operation(http, said);
        if (unusable is not null) return unusable;
        content.Position = 0;
        var result = await answers.OnceAsync(http.GetViewer(), operation, () => upload.HandleAsync(http.GetViewer(), new Upload(key, purpose, file.FileName, content), ct), ct);
        return result.Match(
            a => Results.Json(new FileModel(a.Id.ToString(), a.Purpose, a.Name, a.Size, a.Sha256, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(a.Scan.ToString())), statusCode: 201),
            refusal => Problems.Of(refusal, http.GetViewer().Language));
    }

    private static async Task<IResult> Download(HttpContext http, ReadAttachment read, string id, string attachment, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is null || AttachmentId.From(attachment) is not { } key) return Problems.Of(new NothingHere(), viewer.Language);
        return (await read.HandleAsync(viewer, key, ct)).Match(file => Uploads.Download(http, file), refusal => Problems.Of(refusal, viewer.Language));
    }
}
