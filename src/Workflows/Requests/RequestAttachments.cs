using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Requests;

/// <summary>Tells Files what a viewer may do with a request's files: whoever may edit may add, only a draft loses any.</summary>
public sealed class RequestAttachments(RequestReader requests) : IAttachmentAccess
{
    public async Task<AttachmentAccess> OfAsync(Viewer viewer, RequestId request, CancellationToken ct) =>
        await requests.FindAsync(viewer, request, ct) is { } found ? Of(viewer, found) : AttachmentAccess.None;

    public async Task<AttachmentAccess> HoldAsync(PortalDb db, Viewer viewer, RequestId request, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM requests.service_request WHERE id = {request.Value} FOR SHARE", ct);
        return await OfAsync(viewer, request, ct);
    }

    public async Task<FileKind> KindOfAsync(Viewer viewer, RequestId request, string purpose, CancellationToken ct) =>
        await requests.FindAsync(viewer, request, ct) is { } found && FormFiles.Field(found.Bundle.Form, purpose)?.Transmission is not null ? FileKind.Transmission : FileKind.Attachment;

    private static AttachmentAccess Of(Viewer viewer, LoadedRequest request) =>
        RequestAccess.WhyNotEdit(viewer, request) is not null ? AttachmentAccess.See
        : request.IsDraft ? AttachmentAccess.AddAndRemove : AttachmentAccess.Add;
}
