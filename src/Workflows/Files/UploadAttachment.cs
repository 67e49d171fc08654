using System.Security.Cryptography;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <param name="Request">Null where the file belongs to no request.</param>
/// <param name="Purpose">Path of the form's field that it answers.</param>
/// <param name="Name">As the browser sent it.</param>
/// <param name="Content">Read once, and no further than a file may be long.</param>
public sealed record Upload(RequestId? Request, string Purpose, string Name, Stream Content);

/// <summary>
/// Takes a file in: only what is accepted by name and by content is stored, and only where the viewer may add to the request.
/// The same file sent twice for one field is there once, so that a browser may try again. It is scanned later, by the sweep.
/// </summary>
public sealed class UploadAttachment(
    IDbContextFactory<PortalDb> database, IAttachmentAccess access, IVirusScanner scanner, BusinessClock clock, FileLimits limits)
{
    private const int LongestPurpose = 200;

    public async Task<Result<AttachmentInList>> HandleAsync(Viewer viewer, Upload upload, CancellationToken ct)
    {
        // Before all of it is read, and again below where it counts.
        if (upload.Request is { } request && Refusal(await access.OfAsync(viewer, request, ct)) is { } notOpen)
        {
            return notOpen;
        }

        if (upload.Purpose.Length > LongestPurpose)
        {
            return new AnswersAreIncomplete([new FieldFault("purpose", "too-long")]);
        }

        var name = FileNames.Clean(upload.Name);
        if (name.IsRefused)
        {
            return name.Refusal;
        }

        var kind = upload.Request is { } of ? await access.KindOfAsync(viewer, of, upload.Purpose, ct) : FileKind.Attachment;
        var content = await FileContents.ReadAsync(upload.Content, limits.LargestOf(kind), ct);
        if (content.IsRefused)
        {
            return content.Refusal;
        }

        var type = FileTypes.Recognise(name.Value, content.Value, limits, kind);
        if (type.IsRefused)
        {
            return type.Refusal;
        }

        var examined = kind == FileKind.Transmission ? Examination.Of(name.Value, content.Value) : null;
        return await StoreAsync(viewer, NewAttachment(viewer, upload, name.Value, type.Value, content.Value, examined?.ToJsonString()), content.Value, ct);
    }

    private Attachment NewAttachment(Viewer viewer, Upload upload, string name, string type, byte[] content, string? examined) => new()
    {
        Id = AttachmentId.New(),
        FirmId = viewer.Firm,
        RequestId = upload.Request,
        Purpose = upload.Purpose,
        UploadedBy = viewer.User,
        UploadedAt = clock.GetUtcNow(),
        Name = name,
        ContentType = type,
        Size = content.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        Examined = examined,
        Scan = scanner.IsConfigured ? ScanState.Waiting : ScanState.NotScanned,
    };

    private async Task<Result<AttachmentInList>> StoreAsync(Viewer viewer, Attachment file, byte[] content, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (file.RequestId is { } request && Refusal(await access.HoldAsync(db, viewer, request, ct)) is { } notOpen)
        {
            return notOpen;
        }

        await Quotas.LockAsync(db, file.FirmId, ct);
        if (await TwinAsync(db, file, ct) is { } twin)
        {
            return AttachmentInList.Of(twin);
        }

        if (await LimitAsync(db, file, ct) is { } limit)
        {
            return limit;
        }

        db.Add(file);
        db.Add(new Content { AttachmentId = file.Id, Bytes = content });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return AttachmentInList.Of(file);
    }

    private static Task<Attachment?> TwinAsync(PortalDb db, Attachment file, CancellationToken ct) =>
        db.Set<Attachment>().AsNoTracking().FirstOrDefaultAsync(
            a => a.FirmId == file.FirmId && a.RequestId == file.RequestId && a.MessageId == null && a.Purpose == file.Purpose && a.Name == file.Name && a.Sha256 == file.Sha256, ct);

    private async Task<Refusal?> LimitAsync(PortalDb db, Attachment file, CancellationToken ct)
    {
        if (file.RequestId is not null && await db.Set<Attachment>().CountAsync(a => a.RequestId == file.RequestId && a.MessageId == null, ct) >= limits.FilesPerRequest)
        {
            return new TooManyFiles(limits.FilesPerRequest);
        }

        return await Quotas.AreTooManyAsync(db, file.FirmId, file.Size, limits, ct) ? new QuotaIsUsedUp() : null;
    }

    private static Refusal? Refusal(AttachmentAccess held) => held switch
    {
        AttachmentAccess.None => new NothingHere(),
        AttachmentAccess.See => new FilesAreFixed(),
        _ => null,
    };
}
