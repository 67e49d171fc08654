using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Files that were chosen in a form: whatever the button, they are taken with it. Nobody sends a form without the file they chose.</summary>
internal sealed class Uploading(UploadAttachment upload)
{
    private const string Box = "upload.";

    /// <summary>Keeps the files and puts them into what was typed; says of each that is refused why.</summary>
    public async Task<IReadOnlyList<FieldFault>> TakeAsync(Viewer viewer, LoadedRequest request, IFormCollection form, System.Text.Json.Nodes.JsonObject typed, CancellationToken ct)
    {
        var faults = new List<FieldFault>();
        foreach (var file in form.Files.Where(f => f.Name.StartsWith(Box, StringComparison.Ordinal)))
        {
            var path = file.Name[Box.Length..];
            if (FieldWords.Find(request.Bundle.Form, path) is not { Type: FieldType.Files }) continue;
            await using var content = file.OpenReadStream();
            var stored = await upload.HandleAsync(viewer, new Upload(request.Id, path, file.FileName, content), ct);
            if (stored.IsRefused) faults.Add(new FieldFault(path, stored.Refusal.Code, PortalCalls.Texts(l => $"{file.FileName}: {Words.Of(stored.Refusal, l)} {Words.NextAfter(stored.Refusal, l)}")));
            else FormDesk.Put(typed, path, stored.Value.Id);
        }

        return faults;
    }
}
