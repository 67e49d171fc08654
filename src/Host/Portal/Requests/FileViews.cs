using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A request's files as pages show them, with what the virus scan said.</summary>
internal static class FileViews
{
    public static FileView Of(LoadedRequest request, RequestFile file) =>
        new(file.Id.ToString(), file.Name, file.Size, file.Sha256, State(file.Scan), $"/requests/{request.Id}/attachments/{file.Id}");

    public static FileView Of(LoadedRequest request, AttachmentInList file) =>
        new(file.Id.ToString(), file.Name, file.Size, file.Sha256, State(file.Scan.ToString()), $"/requests/{request.Id}/attachments/{file.Id}");

    public static IReadOnlyList<FileView> Of(LoadedRequest request) => [.. request.Files.Select(f => Of(request, f))];

    private static string State(string scan) => scan switch
    {
        "Waiting" => "scanning",
        "Infected" => "infected",
        "NotScanned" => "not-scanned",
        _ => "ready",
    };
}
