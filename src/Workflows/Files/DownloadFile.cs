using System.Security.Cryptography;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>
/// Hands one published file to a person of a firm that it is for, and writes down who had it when; for everybody else it does not exist. What
/// is not scanned yet, was infected, taken back or is over stays here.
/// </summary>
public sealed class DownloadFile(IDbContextFactory<PortalDb> database, IDownloadFolders folders, BusinessClock clock)
{
    /// <param name="membership">For which membership; null for the first that opens it.</param>
    public async Task<Result<AttachmentToSave>> HandleAsync(Viewer viewer, AttachmentId id, MembershipId? membership, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        var chosen = await ChosenAsync(db, viewer, folders, id, membership, clock.GetUtcNow(), ct);
        if (chosen.IsRefused) return chosen.Refusal;
        var content = await ContentAsync(db, chosen.Value.File, ct);
        if (content.IsRefused) return content.Refusal;
        db.Add(Line(viewer, chosen.Value, PublicationEventKind.Downloaded));
        await db.SaveChangesAsync(ct);
        return content;
    }

    /// <summary>What may be handed out, for the membership that opens it.</summary>
    internal static async Task<Result<ChosenFile>> ChosenAsync(PortalDb db, Viewer viewer, IDownloadFolders folders, AttachmentId id, MembershipId? membership, DateTimeOffset now, CancellationToken ct)
    {
        if (await Opening.Joined(db).FirstOrDefaultAsync(j => j.Publication.Id == id, ct) is not { } found) return new NothingHere();
        var opening = membership is { } named ? viewer.Memberships.FirstOrDefault(m => m.Id == named && Opening.Opens(viewer, m, found.Publication, folders)) : Opening.For(viewer, found.Publication, folders);
        if (opening is null) return new NothingHere();
        return PublishedFile.Of(found.Publication, found.File, now) switch
        {
            { State: PublicationState.Withdrawn } => new FileWasWithdrawn(),
            { State: PublicationState.Expired } => new NothingHere(),
            { Scan: ScanState.Waiting } => new FileIsWaitingForTheScan(),
            { Scan: ScanState.Infected } => new FileWasInfected(),
            _ => new ChosenFile(found.File, opening.Id, now),
        };
    }

    internal static async Task<Result<AttachmentToSave>> ContentAsync(PortalDb db, Attachment file, CancellationToken ct)
    {
        // Gone between the two reads: its time was over, or it was taken back.
        if (await db.Set<Content>().AsNoTracking().FirstOrDefaultAsync(c => c.AttachmentId == file.Id, ct) is not { } content) return new NothingHere();
        return Convert.ToHexStringLower(SHA256.HashData(content.Bytes)) == file.Sha256
            ? new AttachmentToSave(file.Name, file.ContentType, content.Bytes, file.Sha256, file.Scan)
            : throw new InvalidDataException($"The published file {file.Id} no longer has the digest that it was stored with.");
    }

    internal static PublicationEvent Line(Viewer viewer, ChosenFile chosen, PublicationEventKind kind) =>
        new() { PublicationId = chosen.File.Id, Kind = kind, At = chosen.At, UserId = viewer.User, FirmId = viewer.Firm, MembershipId = chosen.Membership };
}

/// <summary>A file that a viewer may have now.</summary>
internal sealed record ChosenFile(Attachment File, MembershipId Membership, DateTimeOffset At);
