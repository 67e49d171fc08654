using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>What people are told of a proposal; the names in the record of releases are these, in small letters, and never change.</summary>
public enum ProposalNews
{
    /// <summary>It waits for a second analyst.</summary>
    Waits,

    /// <summary>A second analyst gave it back.</summary>
    Returned,

    /// <summary>Its author took it back.</summary>
    Withdrawn,

    /// <summary>A later proposal took its place.</summary>
    Overtaken,

    /// <summary>It was released.</summary>
    Released,

    /// <summary>Its release was called off before its moment came.</summary>
    Cancelled,
}

/// <summary>One thing to tell of one proposal, and whom.</summary>
/// <param name="Sequence">The entry of the record of releases that causes it.</param>
/// <param name="At">Business time of the deed.</param>
/// <param name="FormId">What people call the eService: <c>Set 1</c>.</param>
/// <param name="By">Who did it; null where a host's start did.</param>
/// <param name="Words">What was said with it; null where nothing was.</param>
/// <param name="From">Business moment from which it is in force, or was to be; null where none was chosen.</param>
public sealed record ProposalNotice(
    ProposalNews News, Guid Proposal, int Sequence, DateTimeOffset At, string FormId, LocalText EService, string? By, string? Words, DateTimeOffset? From, IReadOnlyList<ContactPerson> To);

/// <summary>Tells people what becomes of proposals; the notices' own module does.</summary>
public interface IProposalNotices
{
    /// <summary>Adds a notice for each person to what is about to be saved, so that deed and notice stand or fall together.</summary>
    void Add(PortalDb db, ProposalNotice notice);
}
