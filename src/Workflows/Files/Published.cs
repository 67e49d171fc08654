using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>Where a published file stands.</summary>
public enum PublicationState
{
    /// <summary>It can be downloaded, once the scan lets it.</summary>
    Offered,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>The clearing house took it back.</summary>
    Withdrawn,
}

/// <summary>A published file as lists show it.</summary>
/// <param name="Membership">Null where it is for all participants of the clearing house.</param>
public sealed record PublishedFile(
    AttachmentId Id, string EService, string Type, ClearingHouse ClearingHouse, MembershipId? Membership, string Name, long Size, string Sha256, ScanState Scan,
    DateTimeOffset PublishedAt, UserId PublishedBy, DateTimeOffset KeptUntil, PublicationState State)
{
    /// <summary>It is handed out to who may have it.</summary>
    public bool IsReady => State == PublicationState.Offered && Scan is ScanState.Clean or ScanState.NotScanned;

    internal static PublishedFile Of(Publication p, Attachment file, DateTimeOffset now) => new(
        p.Id, p.EService, p.Type, p.ClearingHouse, p.MembershipId, file.Name, file.Size, file.Sha256, file.Scan, p.PublishedAt, p.PublishedBy, p.KeptUntil,
        p.WithdrawnAt is not null ? PublicationState.Withdrawn : p.KeptUntil <= now || p.ClearedAt is not null ? PublicationState.Expired : PublicationState.Offered);
}

/// <summary>One line of the log as it is read.</summary>
public sealed record PublicationLine(AttachmentId Publication, PublicationEventKind Kind, DateTimeOffset At, UserId? By, FirmId? Firm, MembershipId? Membership, string? Reason)
{
    internal static PublicationLine Of(PublicationEvent e) => new(e.PublicationId, e.Kind, e.At, e.UserId, e.FirmId, e.MembershipId, e.Reason);
}

/// <summary>Which memberships of a viewer open which published files.</summary>
internal static class Opening
{
    /// <summary>The membership for which a viewer may have the file; null where there is none: then it does not exist.</summary>
    public static HeldMembership? For(Viewer viewer, Publication p, IDownloadFolders folders) =>
        viewer.IsClearingHouse ? null : viewer.Memberships.FirstOrDefault(m => Opens(viewer, m, p, folders));

    public static bool Opens(Viewer viewer, HeldMembership m, Publication p, IDownloadFolders folders) =>
        m.ClearingHouse == p.ClearingHouse && (p.MembershipId is null || p.MembershipId == m.Id) && viewer.MayView(p.EService, m.Id) && folders.IsFor(p.EService, m);

    /// <summary>Publications with what they are of.</summary>
    public static IQueryable<Joined> Joined(DbContext db) =>
        from p in db.Set<Publication>().AsNoTracking()
        join a in db.Set<Attachment>().AsNoTracking() on p.Id equals a.Id
        select new Joined { Publication = p, File = a };
}

internal sealed class Joined
{
    public required Publication Publication { get; init; }

    public required Attachment File { get; init; }
}
