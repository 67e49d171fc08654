using System.Security.Cryptography;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>
/// A file to hand out, always as an attachment (<c>Content-Disposition: attachment</c>, <c>nosniff</c>, a sandbox policy): never
/// shown inside a page of ours.
/// </summary>
public sealed record AttachmentToSave(string Name, string ContentType, byte[] Bytes, string Sha256, ScanState Scan);

/// <summary>Hands a file to who may see it; for anybody else it does not exist. What waits for the scan or was infected stays here.</summary>
public sealed class ReadAttachment(IDbContextFactory<PortalDb> database, IAttachmentAccess access)
{
    public async Task<Result<AttachmentToSave>> HandleAsync(Viewer viewer, AttachmentId id, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        var file = await db.Set<Attachment>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, ct);
        if (file is null || !await IsSeenByAsync(viewer, file, ct))
        {
            return new NothingHere();
        }

        if (file.Scan is ScanState.Waiting or ScanState.Infected)
        {
            return file.Scan == ScanState.Waiting ? new FileIsWaitingForTheScan() : new FileWasInfected();
        }

        var content = await db.Set<Content>().AsNoTracking().FirstOrDefaultAsync(c => c.AttachmentId == id, ct);
        if (content is null)
        {
            // Removed between the two reads.
            return new NothingHere();
        }

        // Decisions rest on the digest: other bytes under the same name must never be handed out.
        return Convert.ToHexStringLower(SHA256.HashData(content.Bytes)) == file.Sha256
            ? new AttachmentToSave(file.Name, file.ContentType, content.Bytes, file.Sha256, file.Scan)
            : throw new InvalidDataException($"Attachment {id} no longer has the digest that it was stored with.");
    }

    private async Task<bool> IsSeenByAsync(Viewer viewer, Attachment file, CancellationToken ct) => file.RequestId is { } request
        ? await access.OfAsync(viewer, request, ct) != AttachmentAccess.None
        : file.FirmId == viewer.Firm && !viewer.IsClearingHouse;
}
