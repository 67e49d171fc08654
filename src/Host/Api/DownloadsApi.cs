using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/downloads</c>: what the clearing house published for the viewer's memberships.</summary>
internal static class DownloadsApi
{
    public static void MapDownloads(this RouteGroupBuilder api)
    {
        api.MapGet("/downloads", List).Needs(Permission.Download).WithSummary("The files that you may download, latest first, each with who of your firm had it when.").Produces<IReadOnlyList<DownloadModel>>();
        api.MapGet("/downloads/{id}", Save).Needs(Permission.Download).WithSummary("One file, always as a download; it is written down. Query: membership.").Produces<Stream>(contentType: "application/octet-stream");
        api.MapGet("/downloads/archive", Together).Needs(Permission.Download).WithMetadata(new QueryParameter("file", "The id of a file; once for each, at most 100.") { IsAnId = true })
            .WithSummary("Several files in one ZIP, all of them or none; each is written down. Query: file (repeated), membership.").Produces<Stream>(contentType: "application/octet-stream");
    }

    /// <summary>A file that you may download.</summary>
    /// <param name="IsNew">Nobody of your firm has downloaded it for this membership.</param>
    public sealed record DownloadModel(
        string Id, string Membership, string EService, string Type, string Name, long Size, string Sha256, string Scan, bool IsForAll, bool IsNew, DateTimeOffset PublishedAt, DateTimeOffset KeptUntil, IReadOnlyList<FetchedModel> Downloads);

    /// <summary>Somebody of your firm downloaded it.</summary>
    public sealed record FetchedModel(string By, DateTimeOffset At);

    private static async Task<IResult> List(HttpContext http, DownloadsFor downloads, FirmDirectory directory, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var files = await downloads.ReadAsync(viewer, ct);
        var people = await directory.PeopleAsync(viewer, files.SelectMany(f => f.Log).Select(l => l.By).OfType<UserId>(), ct);
        return Results.Json(files.Select(f => new DownloadModel(
            f.File.Id.ToString(), f.Membership.Id.Value, f.File.EService, f.File.Type, f.File.Name, f.File.Size, f.File.Sha256, PublicationsApi.Camel(f.File.Scan), f.File.Membership is null, f.IsNew,
            f.File.PublishedAt.ToHongKong(), f.File.KeptUntil.ToHongKong(), [.. f.Log.Select(l => new FetchedModel(l.By is { } by ? people.GetValueOrDefault(by)?.Name ?? "" : "", l.At.ToHongKong()))])));
    }

    private static async Task<IResult> Save(HttpContext http, DownloadFile download, string id, string? membership, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (AttachmentId.From(id) is not { } key) return Problems.Of(new NothingHere(), viewer.Language);
        var file = await download.HandleAsync(viewer, key, membership is { Length: > 0 } ? new MembershipId(membership) : null, ct);
        return file.IsRefused ? Problems.Of(file.Refusal, viewer.Language) : Uploads.Download(http, file.Value);
    }

    private static async Task<IResult> Together(HttpContext http, DownloadTogether download, string? membership, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var ids = http.Request.Query["file"].Select(AttachmentId.From).ToList();
        if (ids.Any(id => id is null)) return Problems.Of(new NothingHere(), viewer.Language);
        MembershipId? named = membership is { Length: > 0 } ? new MembershipId(membership) : null;
        var archive = await download.HandleAsync(viewer, [.. ids.Select(id => new Choice(id!.Value, named))], ct);
        return archive.IsRefused ? Problems.Of(archive.Refusal, viewer.Language) : Uploads.Archive(http, archive.Value);
    }
}
