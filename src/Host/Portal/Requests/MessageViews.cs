using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>The messages on a request, and what the viewer may write them with.</summary>
/// <param name="WhyNot">What keeps the viewer from writing, in words; null where they may.</param>
public sealed record MessagesView(IReadOnlyList<MessageView> Messages, LocalText? WhyNot)
{
    /// <summary>Where a message is posted.</summary>
    public string Action { get; init; } = "";

    /// <summary>Who reads what is written here.</summary>
    public LocalText Reader { get; init; } = new("");

    /// <summary>What was typed and could not be sent.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    public int New => Messages.Count(m => m.IsNew);

    public IReadOnlyList<SummarisedFault> Summary(string language) =>
        [.. Faults.Select(f => new SummarisedFault(f.Path, FaultWords.Of(f, Words.Text("messages.text"), language)))];
}

/// <summary>One message.</summary>
/// <param name="IsOwnSide">Of the viewer's own side.</param>
/// <param name="IsNew">Of the other side, and on this screen for the first time.</param>
public sealed record MessageView(LocalText By, Moment At, string Text, IReadOnlyList<FileView> Files, bool IsOwnSide, bool IsNew);

/// <summary>Makes the messages' part of a page. To show it is to have looked: what comes later is new.</summary>
internal sealed class MessageBoxes(MessagesOf messages, LookAtMessages look)
{
    /// <summary>Null where there is nobody to write to: the clearing house has not had the request.</summary>
    /// <param name="page">The page that it stands on: a request's or a task's.</param>
    public async Task<MessagesView?> OfAsync(Viewer viewer, LoadedRequest request, string page, CancellationToken ct)
    {
        if (request.SubmittedAt is null) return null;
        var said = await messages.ReadAsync(viewer, request, ct);
        await look.HandleAsync(viewer, request.Id, said, ct);
        return new MessagesView(
            [.. said.Select(m => new MessageView(TimelineViews.By(m.By, viewer), m.At, m.Text, [.. m.Files.Select(f => FileViews.Of(request, f))], m.IsFromHouse == viewer.IsClearingHouse, m.IsNew))],
            RequestAccess.WhyNotWrite(viewer, request) is { } no ? PortalCalls.WordsOf(no) : null)
        {
            Action = page + "/messages",
            Reader = viewer.IsClearingHouse ? PortalCalls.Texts(l => Words.Of("messages.to-firm", l, ("firm", request.FirmName.In(l)))) : Words.Text("messages.to-house"),
        };
    }
}

/// <summary>A message as a page's form sent it.</summary>
internal static class PostedMessage
{
    /// <summary>The box of the text, and its place in the error summary.</summary>
    public const string Text = "message";

    /// <summary>The box of the files.</summary>
    public const string Files = "messageFiles";

    public static async Task<Result<SentMessage>> SendAsync(HttpContext http, SendMessage send, RequestId request, IFormCollection form, CancellationToken ct)
    {
        var chosen = form.Files.GetFiles(Files).Where(f => f.Length > 0 || f.FileName.Length > 0).ToList();
        var said = new JsonArray(form[Text].ToString());
        foreach (var file in chosen)
        {
            await using var content = file.OpenReadStream();
            said.Add(new JsonArray(file.FileName, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct))));
        }

        var streams = chosen.ConvertAll(f => f.OpenReadStream());
        try
        {
            // A form that also decides has one key for both.
            var key = form["operation"].ToString() is { Length: > 0 and < 100 } given && !given.Any(char.IsControl) ? given + ":message" : null;
            var message = new MessageToSend(request, form[Text].ToString(), [.. chosen.Zip(streams, (f, s) => new FileOfMessage(f.FileName, s))]);
            return await send.HandleAsync(http.GetViewer(), message, OperationKey.Of(key, $"POST /requests/{request}/messages", said), ct);
        }
        finally
        {
            foreach (var stream in streams) await stream.DisposeAsync();
        }
    }

    /// <summary>What was typed and not sent, where another button of its form was pressed; null where nothing was.</summary>
    public static FieldFault? Unsent(IFormCollection form) => string.IsNullOrWhiteSpace(form[Text]) && !form.Files.GetFiles(Files).Any(f => f.Length > 0) ? null
        : new FieldFault(Text, "message-unsent", Words.Text("messages.unsent"));

    /// <summary>What is wrong, at its box; null where the page can't be shown with it.</summary>
    public static IReadOnlyList<FieldFault>? Faults(Refusal refusal) => refusal switch
    {
        AnswersAreIncomplete wrong => [.. wrong.Fields.Select(f => f with { Path = Text })],
        NothingHere or NotYoursToDo or NotWithTheClearingHouseYet or SessionHasEnded or OperationKeyWasUsedForSomethingElse => null,
        _ => [new FieldFault(Files, refusal.Code, PortalCalls.Texts(l => $"{Words.Of(refusal, l)} {Words.NextAfter(refusal, l)}"))],
    };
}
