using System.Security.Cryptography;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>A file that comes with a message.</summary>
/// <param name="Name">As the browser sent it.</param>
/// <param name="Content">Read once, and no further than a file may be long.</param>
public sealed record FileOfMessage(string Name, Stream Content);

/// <summary>A file that is accepted by name and by content, and not stored yet.</summary>
public sealed class TakenFile
{
    internal TakenFile(Attachment file, byte[] bytes) => (File, Bytes) = (file, bytes);

    internal Attachment File { get; }

    internal byte[] Bytes { get; }
}

/// <summary>
/// Files that come with a message on a request: checked as every upload is, stored in the message's own transaction, bound to it and to
/// its request from then on, and scanned by the sweep before anybody on either side can fetch them. None is ever removed or changed.
/// </summary>
public sealed class MessageFiles(IVirusScanner scanner, BusinessClock clock, FileLimits limits)
{
    /// <summary>What they are for, as <c>purpose</c> says it: no field of a form has it.</summary>
    public const string Purpose = "message";

    public async Task<Result<IReadOnlyList<TakenFile>>> TakeAsync(Viewer viewer, RequestId request, Guid message, IReadOnlyList<FileOfMessage> files, CancellationToken ct)
    {
        if (files.Count > limits.FilesPerMessage) return new TooManyFiles(limits.FilesPerMessage);
        var taken = new List<TakenFile>();
        // Read back by their ids: made within one millisecond they are in no order of their own.
        var ids = files.Select(_ => Guid.CreateVersion7()).Order().ToList();
        foreach (var (i, file) in files.Index())
        {
            var name = FileNames.Clean(file.Name);
            if (name.IsRefused) return name.Refusal;
            var content = await FileContents.ReadAsync(file.Content, limits.LargestFile, ct);
            if (content.IsRefused) return content.Refusal;
            var type = FileTypes.Recognise(name.Value, content.Value, limits, FileKind.Attachment);
            if (type.IsRefused) return type.Refusal;
            taken.Add(new TakenFile(NewAttachment(ids[i], viewer, request, message, name.Value, type.Value, content.Value), content.Value));
        }

        return taken;
    }

    /// <summary>Adds them to what is about to be saved. A refusal where they are more than the firm may keep; the clearing house has no such bound.</summary>
    public async Task<Refusal?> AddAsync(PortalDb db, Viewer viewer, IReadOnlyList<TakenFile> files, CancellationToken ct)
    {
        if (files.Count == 0) return null;
        if (!viewer.IsClearingHouse)
        {
            await Quotas.LockAsync(db, viewer.Firm, ct);
            if (await Quotas.AreTooManyAsync(db, viewer.Firm, files.Sum(f => f.File.Size), limits, ct)) return new QuotaIsUsedUp();
        }

        foreach (var file in files)
        {
            db.Add(file.File);
            db.Add(new Content { AttachmentId = file.File.Id, Bytes = file.Bytes });
        }

        return null;
    }

    /// <summary>The files of a request's messages, by message. A system read for who keeps the messages, and asks who may read them.</summary>
    public static async Task<IReadOnlyList<(Guid Message, AttachmentInList File)>> ReadAsync(PortalDb db, RequestId request, CancellationToken ct)
    {
        var files = await db.Set<Attachment>().AsNoTracking().Where(a => a.RequestId == request && a.MessageId != null).OrderBy(a => a.Id).ToListAsync(ct);
        return files.ConvertAll(f => (f.MessageId!.Value, AttachmentInList.Of(f)));
    }

    private Attachment NewAttachment(Guid id, Viewer viewer, RequestId request, Guid message, string name, string type, byte[] content) => new()
    {
        Id = new AttachmentId(id),
        FirmId = viewer.Firm,
        RequestId = request,
        MessageId = message,
        Purpose = Purpose,
        UploadedBy = viewer.User,
        UploadedAt = clock.GetUtcNow(),
        Name = name,
        ContentType = type,
        Size = content.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        Scan = scanner.IsConfigured ? ScanState.Waiting : ScanState.NotScanned,
    };
}
