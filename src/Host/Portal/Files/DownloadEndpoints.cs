using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Host.Portal.Files;

/// <summary>A participant's folders: what the clearing house published, one file at a time or several in an archive.</summary>
internal static class DownloadEndpoints
{
    public static void MapDownloads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/downloads", ShowAsync).Needs(Permission.Download).ExcludeFromDescription();
        app.MapGet("/downloads/{id}", SaveAsync).Needs(Permission.Download).ExcludeFromDescription();
        app.MapPost("/downloads/archive", TogetherAsync).Needs(Permission.Download).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, DownloadPages pages, MarkNoticesRead notices, CancellationToken ct)
    {
        await notices.LookedAtFilesAsync(http.GetViewer(), ct);
        return Pages.Downloads(await Frames.ForAsync(http, ct), await pages.ForParticipantAsync(http.GetViewer(), ct));
    }

    private static async Task<IResult> SaveAsync(HttpContext http, DownloadFile download, string id, string? @for, CancellationToken ct)
    {
        if (AttachmentId.From(id) is not { } key) return await PortalCalls.NothingHereAsync(http, ct);
        var file = await download.HandleAsync(http.GetViewer(), key, @for is { Length: > 0 } membership ? new MembershipId(membership) : null, ct);
        return file.IsRefused ? await PortalCalls.RefusedAsync(http, file.Refusal, ct) : Uploads.Download(http, file.Value);
    }

    private static async Task<IResult> TogetherAsync(HttpContext http, DownloadTogether download, DownloadPages pages, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        var choices = FormFields.Values("pick", form).Select(Chosen).ToList();
        if (choices.Any(c => c is null)) return await PortalCalls.NothingHereAsync(http, ct);
        var archive = await download.HandleAsync(viewer, [.. choices.OfType<Choice>()], ct);
        if (!archive.IsRefused) return Uploads.Archive(http, archive.Value);
        if (archive.Refusal is not (NoFileIsChosen or TooManyFilesAtOnce)) return await PortalCalls.RefusedAsync(http, archive.Refusal, ct);
        var fault = new FieldFault("", archive.Refusal.Code, PortalCalls.WordsOf(archive.Refusal));
        return Pages.Downloads(await Frames.ForAsync(http, ct), await pages.ForParticipantAsync(viewer, ct) with { Fault = fault });
    }

    // "id@membership", as the row's checkbox has it.
    private static Choice? Chosen(string text) =>
        text.Split('@', 2) is [var id, var membership] && AttachmentId.From(id) is { } key ? new Choice(key, new MembershipId(membership)) : null;
}
