using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>A file as lists show it.</summary>
/// <param name="Firm">The uploader's.</param>
/// <param name="Sha256">What reviewers saw and decided on: part of a request's content hash.</param>
public sealed record AttachmentInList(
    AttachmentId Id, FirmId Firm, string Purpose, UserId UploadedBy, DateTimeOffset UploadedAt, string Name, string ContentType, long Size, string Sha256, ScanState Scan)
{
    internal static AttachmentInList Of(Attachment a) =>
        new(a.Id, a.FirmId, a.Purpose, a.UploadedBy, a.UploadedAt, a.Name, a.ContentType, a.Size, a.Sha256, a.Scan);
}

/// <summary>The files of a request but those of its messages, in the order in which they were uploaded; those that were infected among them, by name.</summary>
public sealed class AttachmentsOf(IDbContextFactory<PortalDb> database, IAttachmentAccess access)
{
    public async Task<Result<IReadOnlyList<AttachmentInList>>> ReadAsync(Viewer viewer, RequestId request, CancellationToken ct)
    {
        if (await access.OfAsync(viewer, request, ct) == AttachmentAccess.None)
        {
            return new NothingHere();
        }

        await using var db = await database.CreateDbContextAsync(ct);
        return await ReadAsync(db, request, ct);
    }

    /// <summary>A system read for who keeps the request: its digests and scan states, in the caller's transaction.</summary>
    public static async Task<List<AttachmentInList>> ReadAsync(PortalDb db, RequestId request, CancellationToken ct)
    {
        var files = await db.Set<Attachment>().AsNoTracking().Where(a => a.RequestId == request && a.MessageId == null).OrderBy(a => a.UploadedAt).ThenBy(a => a.Id).ToListAsync(ct);
        return files.ConvertAll(AttachmentInList.Of);
    }
}
