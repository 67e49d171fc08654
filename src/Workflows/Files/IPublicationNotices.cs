using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Files;

/// <summary>That a file lies ready, for those to be told who may download it.</summary>
/// <param name="Type">What its folder is called.</param>
/// <param name="Memberships">For whom it is.</param>
public sealed record PublicationNotice(AttachmentId Publication, string EService, string Name, LocalText Type, IReadOnlyList<MembershipId> Memberships, DateTimeOffset KeptUntil, DateTimeOffset At);

/// <summary>Tells firms of a file; the notices' own module does.</summary>
public interface IPublicationNotices
{
    /// <summary>Adds a notice for each person to what is about to be saved, so that each is told once.</summary>
    Task AddAsync(PortalDb db, PublicationNotice notice, CancellationToken ct);
}
