using System.IO.Compression;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>A published file that was chosen, and for which membership; null for the first that opens it.</summary>
public readonly record struct Choice(AttachmentId Id, MembershipId? Membership);

/// <summary>Writes an archive of the chosen files, one after the other, to wherever it is sent.</summary>
/// <param name="Count">How many files it holds.</param>
public sealed record ArchiveToSave(string Name, int Count, Func<Stream, CancellationToken, Task> WriteAsync);

/// <summary>
/// Hands several published files to a person in one archive. All are the viewer's to have or none is handed out; each is written down in the
/// log before the first byte leaves. The archive is made as it is sent, so that no more than one file is held in memory.
/// </summary>
public sealed class DownloadTogether(IDbContextFactory<PortalDb> database, IDownloadFolders folders, BusinessClock clock)
{
    public const int Most = 100;

    public async Task<Result<ArchiveToSave>> HandleAsync(Viewer viewer, IReadOnlyList<Choice> choices, CancellationToken ct)
    {
        var distinct = choices.DistinctBy(c => c.Id).ToList();
        if (distinct.Count == 0) return new NoFileIsChosen();
        if (distinct.Count > Most) return new TooManyFilesAtOnce(Most);
        var now = clock.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(ct);
        var chosen = new List<ChosenFile>();
        foreach (var choice in distinct)
        {
            var one = await DownloadFile.ChosenAsync(db, viewer, folders, choice.Id, choice.Membership, now, ct);
            if (one.IsRefused) return one.Refusal;
            chosen.Add(one.Value);
        }

        db.AddRange(chosen.Select(c => DownloadFile.Line(viewer, c, PublicationEventKind.DownloadedTogether)));
        await db.SaveChangesAsync(ct);
        var files = chosen.ConvertAll(c => c.File);
        return new ArchiveToSave($"downloads-{HongKong.DateIn(now):yyyyMMdd}.zip", files.Count, (to, token) => WriteAsync(files, to, token));
    }

    private async Task WriteAsync(IReadOnlyList<Attachment> files, Stream to, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        await using var parcel = new Parcel();
        await using (var archive = await ZipArchive.CreateAsync(parcel, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
        {
            var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            foreach (var file in files)
            {
                var content = await DownloadFile.ContentAsync(db, file, ct);
                if (content.IsRefused) throw new IOException($"The published file {file.Id} went away while the archive was sent.");
                var entry = archive.CreateEntry(NameIn(names, file.Name), CompressionLevel.Fastest);
                entry.LastWriteTime = file.UploadedAt.ToHongKong();
                await using (var stream = await entry.OpenAsync(ct))
                {
                    await stream.WriteAsync(content.Value.Bytes, ct);
                }

                await parcel.SendAsync(to, ct);
            }
        }

        await parcel.SendAsync(to, ct);
    }

    // Two files of one name are both in the archive: "report.pdf" and "report (2).pdf".
    private static string NameIn(Dictionary<string, int> names, string name)
    {
        var dot = name.LastIndexOf('.');
        for (var unique = name; ; unique = $"{name[..dot]} ({names[name]}){name[dot..]}")
        {
            if (names.TryAdd(unique, 1)) return unique;
            names[name]++;
        }
    }

    // An archive closes its entries without waiting, which a connection does not allow: each goes through memory, and on from there.
    private sealed class Parcel : MemoryStream
    {
        public override bool CanSeek => false;

        public async Task SendAsync(Stream to, CancellationToken ct)
        {
            await to.WriteAsync(GetBuffer().AsMemory(0, (int)Length), ct);
            SetLength(0);
        }
    }
}
