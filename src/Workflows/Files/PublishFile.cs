using System.Security.Cryptography;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <param name="EService">The eService whose right opens the file.</param>
/// <param name="Membership">Null for all participants of the clearing house.</param>
/// <param name="KeepDays">Null for as long as the eService says.</param>
/// <param name="Name">As the browser sent it.</param>
/// <param name="Operation">The same key publishes once; null where each call stands for itself.</param>
public sealed record FileToPublish(string EService, string Type, ClearingHouse ClearingHouse, MembershipId? Membership, int? KeepDays, string Name, Stream Content, string? Operation = null);

/// <summary>
/// The clearing house publishes a file to one participant or to all of a clearing house. It goes through the same checks of name and
/// content as an upload, is scanned by the sweep, and is offered from then on until its time is over.
/// </summary>
public sealed class PublishFile(IDbContextFactory<PortalDb> database, FirmDirectory firms, IDownloadFolders folders, IVirusScanner scanner, BusinessClock clock, FileLimits limits)
{
    /// <summary>The longest that a file may be kept.</summary>
    public const int MostDays = 3_650;

    public async Task<Result<PublishedFile>> HandleAsync(Viewer viewer, FileToPublish file, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.PublishFiles)) return new NothingHere();
        if (folders.All().FirstOrDefault(f => f.EService == file.EService) is not { } folder) return Wrong("eService", "not-an-option");
        if (await FaultsAsync(viewer, folder, file, ct) is { Count: > 0 } faults) return new AnswersAreIncomplete(faults);

        var name = FileNames.Clean(file.Name);
        if (name.IsRefused) return name.Refusal;
        var content = await FileContents.ReadAsync(file.Content, limits.LargestTransmission, ct);
        if (content.IsRefused) return content.Refusal;
        var type = FileTypes.Recognise(name.Value, content.Value, limits, FileKind.Transmission);
        if (type.IsRefused) return type.Refusal;

        var now = clock.GetUtcNow();
        var attachment = NewAttachment(viewer, file, name.Value, type.Value, content.Value, now);
        var publication = new Publication
        {
            Id = attachment.Id,
            EService = file.EService,
            Type = file.Type,
            ClearingHouse = file.ClearingHouse,
            MembershipId = file.Membership,
            PublishedBy = viewer.User,
            PublishedAt = now,
            KeptUntil = now.AddDays(file.KeepDays ?? folder.KeepDays),
        };
        return await StoreAsync(viewer, publication, attachment, content.Value, ct);
    }

    private async Task<IReadOnlyList<FieldFault>> FaultsAsync(Viewer viewer, DownloadFolder folder, FileToPublish file, CancellationToken ct)
    {
        var faults = new List<FieldFault>();
        if (!folder.Types.ContainsKey(file.Type)) faults.Add(new FieldFault("type", "not-an-option"));
        if (!folder.ClearingHouses.Contains(file.ClearingHouse)) faults.Add(new FieldFault("to", "not-an-option"));
        if (file.KeepDays is < 1 or > MostDays) faults.Add(new FieldFault("keepDays", "too-large", null, new Dictionary<string, string> { ["limit"] = "3650" }));
        if (file.Membership is { } membership && !await IsThereAsync(viewer, file, membership, ct)) faults.Add(new FieldFault("to", "not-an-option"));
        return faults;
    }

    private async Task<bool> IsThereAsync(Viewer viewer, FileToPublish file, MembershipId membership, CancellationToken ct) =>
        (await firms.FirmsAsync(viewer, ct)).SelectMany(f => f.Memberships).Any(m => m.Id == membership && m.ClearingHouse == file.ClearingHouse && folders.IsFor(file.EService, m));

    // The same operation, and the same file to the same people, are there once.
    private async Task<Result<PublishedFile>> StoreAsync(Viewer viewer, Publication publication, Attachment file, byte[] content, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({"publication:" + file.Sha256}))", ct);
        var twin = await Opening.Joined(db).FirstOrDefaultAsync(
            j => j.Publication.Id == publication.Id
                || (j.File.Sha256 == file.Sha256 && j.File.Name == file.Name && j.Publication.EService == publication.EService && j.Publication.Type == publication.Type
                    && j.Publication.ClearingHouse == publication.ClearingHouse && j.Publication.MembershipId == publication.MembershipId
                    && j.Publication.WithdrawnAt == null && j.Publication.ClearedAt == null && j.Publication.KeptUntil > publication.PublishedAt), ct);
        if (twin is not null) return PublishedFile.Of(twin.Publication, twin.File, publication.PublishedAt);

        db.Add(file);
        db.Add(new Content { AttachmentId = file.Id, Bytes = content });
        db.Add(publication);
        db.Add(new PublicationEvent { PublicationId = publication.Id, Kind = PublicationEventKind.Published, At = publication.PublishedAt, UserId = viewer.User, FirmId = viewer.Firm });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return PublishedFile.Of(publication, file, publication.PublishedAt);
    }

    private Attachment NewAttachment(Viewer viewer, FileToPublish file, string name, string type, byte[] content, DateTimeOffset now) => new()
    {
        Id = file.Operation is { Length: > 0 } key ? new AttachmentId(StableId.Of(viewer.User.Value, "publication:" + key)) : AttachmentId.New(),
        FirmId = viewer.Firm,
        Purpose = Purpose,
        UploadedBy = viewer.User,
        UploadedAt = now,
        Name = name,
        ContentType = type,
        Size = content.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        Scan = scanner.IsConfigured ? ScanState.Waiting : ScanState.NotScanned,
    };

    private const string Purpose = "publication";

    private static AnswersAreIncomplete Wrong(string path, string code) => new([new FieldFault(path, code)]);
}
