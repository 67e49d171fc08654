using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/requests/{id}/messages</c>: what a firm and the clearing house write to each other about a request.</summary>
internal static class MessagesApi
{
    public static void MapMessages(this RouteGroupBuilder api)
    {
        api.MapGet("/requests/{id}/messages", List).Needs(Permission.ViewRequests).WithSummary("The messages on the request, oldest first. Reading them is having looked: isNew is said once.").Produces<MessagesModel>();
        api.MapPost("/requests/{id}/messages", Send).Needs(Permission.WriteMessages).Accepts<NewMessageModel>("application/json", "multipart/form-data").TakesFiles()
            .WithSummary("Writes to the other side: {text}, up to 4,000 characters; with up to three files as multipart (text, file, file …). Nobody changes or removes what was sent.").Produces<SentMessageModel>(201);
    }

    /// <summary>The messages on a request.</summary>
    /// <param name="New">How many of the other side you had not seen.</param>
    public sealed record MessagesModel(IReadOnlyList<MessageModel> Items, int New, bool MayWrite);

    /// <summary>A message.</summary>
    /// <param name="Number">From 1 in each request.</param>
    /// <param name="From"><c>participant</c> or <c>clearingHouse</c>.</param>
    public sealed record MessageModel(string Id, int Number, DateTimeOffset At, string From, Doer By, string Text, IReadOnlyList<FileModel> Files, bool IsNew)
    {
        public static MessageModel Of(SaidMessage m) => new(
            m.Id.ToString(), m.Number, m.At.ToHongKong(), m.IsFromHouse ? "clearingHouse" : "participant", m.By, m.Text,
            [.. m.Files.Select(f => new FileModel(f.Id.ToString(), f.Purpose, f.Name, f.Size, f.Sha256, PublicationsApi.Camel(f.Scan)))], m.IsNew);
    }

    /// <summary>The body of a message without files.</summary>
    public sealed record NewMessageModel(string Text);

    /// <summary>A message that was sent.</summary>
    public sealed record SentMessageModel(string Id, int Number, DateTimeOffset At);

    private static async Task<IResult> List(HttpContext http, RequestReader requests, MessagesOf messages, LookAtMessages look, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is not { } key || await requests.FindAsync(viewer, key, ct) is not { } request) return Problems.Of(new NothingHere(), viewer.Language);
        var said = await messages.ReadAsync(viewer, request, ct);
        await look.HandleAsync(viewer, key, said, ct);
        return Results.Json(new MessagesModel([.. said.Select(MessageModel.Of)], said.Count(m => m.IsNew), RequestAccess.WhyNotWrite(viewer, request) is null));
    }

    private static async Task<IResult> Send(HttpContext http, SendMessage send, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is not { } key) return Problems.Of(new NothingHere(), viewer.Language);
        return http.Request.HasFormContentType ? await SendWithFilesAsync(http, send, key, ct) : await SendTextAsync(http, send, key, ct);
    }

    private static async Task<IResult> SendTextAsync(HttpContext http, SendMessage send, RequestId request, CancellationToken ct)
    {
        var (body, problem) = await JsonBody.ReadAsync<NewMessageModel>(http, ct);
        if (body is null) return problem!;
        var (operation, unusable) = ApiCalls.Operation(http, body);
        return unusable ?? Answer(http, await send.HandleAsync(http.GetViewer(), new MessageToSend(request, body.Text("text") ?? "", []), operation, ct));
    }

    private static async Task<IResult> SendWithFilesAsync(HttpContext http, SendMessage send, RequestId request, CancellationToken ct)
    {
        var (form, problem) = await Uploads.ReadFormAsync(http, ct);
        if (form is null) return problem!;
        var text = form["text"].ToString();
        var said = new JsonArray(text);
        foreach (var file in form.Files)
        {
            await using var content = file.OpenReadStream();
            said.Add(new JsonArray(file.FileName, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct))));
        }

        var (operation, unusable) = ApiCalls.Operation(http, said);
        if (unusable is not null) return unusable;
        var streams = form.Files.Select(f => f.OpenReadStream()).ToList();
        try
        {
            return Answer(http, await send.HandleAsync(http.GetViewer(), new MessageToSend(request, text, [.. form.Files.Zip(streams, (f, s) => new FileOfMessage(f.FileName, s))]), operation, ct));
        }
        finally
        {
            foreach (var stream in streams) await stream.DisposeAsync();
        }
    }

    private static IResult Answer(HttpContext http, Result<SentMessage> sent) => sent.Match(
        m => Results.Json(new SentMessageModel(m.Id.ToString(), m.Number, m.At.ToHongKong()), statusCode: StatusCodes.Status201Created),
        refusal => Problems.Of(refusal, http.GetViewer().Language));
}
