using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>Takes a file out of a draft, for good. What has been sent once stays: decisions rest on it.</summary>
public sealed class RemoveAttachment(IDbContextFactory<PortalDb> database, IAttachmentAccess access)
{
    public async Task<Result<Done>> HandleAsync(Viewer viewer, AttachmentId id, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var file = await db.Set<Attachment>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, ct);
        var held = file switch
        {
            null => AttachmentAccess.None,
            { RequestId: { } request } => await access.HoldAsync(db, viewer, request, ct),
            _ => file.FirmId == viewer.Firm && !viewer.IsClearingHouse ? AttachmentAccess.AddAndRemove : AttachmentAccess.None,
        };
        if (held == AttachmentAccess.None)
        {
            return new NothingHere();
        }

        if (held != AttachmentAccess.AddAndRemove)
        {
            return new FilesAreFixed();
        }

        // Its content goes with it.
        await db.Set<Attachment>().Where(a => a.Id == id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.Value;
    }
}
