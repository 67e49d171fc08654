using System.Security.Cryptography;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>A file of the demonstration market: a firm has it before it has made any request.</summary>
/// <param name="Purpose">The name of the field that it is meant for.</param>
public sealed record AttachmentImport(FirmId Firm, UserId UploadedBy, string Purpose, string Name, byte[] Content);

/// <summary>
/// Takes in the demonstration market's files where they are missing; by the same checks of name and content as an upload. System
/// use case.
/// </summary>
public sealed class ImportAttachments(IDbContextFactory<PortalDb> database, IVirusScanner scanner, FileLimits limits)
{
    /// <param name="uploadedAt">Business time.</param>
    /// <returns>How many were new.</returns>
    public async Task<Result<int>> HandleAsync(IReadOnlyList<AttachmentImport> files, DateTimeOffset uploadedAt, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("LOCK TABLE files.attachment IN SHARE ROW EXCLUSIVE MODE", ct);
        var known = await db.Set<Attachment>().Where(a => a.Demonstration).Select(a => a.Id).ToHashSetAsync(ct);
        var added = 0;
        foreach (var file in files.Where(f => known.Add(IdOf(f))))
        {
            var type = FileTypes.Recognise(file.Name, file.Content, limits);
            if (type.IsRefused)
            {
                return type.Refusal;
            }

            db.Add(Row(file, type.Value, uploadedAt));
            db.Add(new Content { AttachmentId = IdOf(file), Bytes = file.Content });
            added++;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return added;
    }

    private static AttachmentId IdOf(AttachmentImport file) => new(StableId.Of(file.Firm.Value, $"file:{file.Purpose}:{file.Name}"));

    private Attachment Row(AttachmentImport file, string type, DateTimeOffset at) => new()
    {
        Id = IdOf(file),
        FirmId = file.Firm,
        Purpose = file.Purpose,
        UploadedBy = file.UploadedBy,
        UploadedAt = at,
        Name = file.Name,
        ContentType = type,
        Size = file.Content.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Content)),
        Scan = scanner.IsConfigured ? ScanState.Waiting : ScanState.NotScanned,
        Demonstration = true,
    };
}
