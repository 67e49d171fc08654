using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>Where a release proposal stands.</summary>
public enum ProposalState
{
    /// <summary>Waits for a second analyst.</summary>
    Open,

    /// <summary>In force from its moment on.</summary>
    Released,

    /// <summary>A second analyst gave it back, or its author took it back.</summary>
    Returned,

    /// <summary>A later proposal of the same draft took its place.</summary>
    Replaced,

    /// <summary>It was released for a later moment, and called off before that came.</summary>
    Cancelled,
}

/// <summary>A release that somebody wants in force, with all that the second pair of eyes must know; the bundle itself is stored by its hash.</summary>
internal sealed class ReleaseProposalRow
{
    public required Guid Id { get; init; }

    public required string EService { get; init; }

    public required string Hash { get; init; }

    /// <summary>The release that its draft was made from; null for the folder of a build.</summary>
    public string? BaseHash { get; init; }

    /// <summary>The draft's revision that was proposed; null for the folder of a build.</summary>
    public int? DraftRevision { get; init; }

    /// <summary>Null for the folder of a build.</summary>
    public UserId? ProposedBy { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Whoever gave it what it holds, the author among them.</summary>
    public required Guid[] Editors { get; init; }

    /// <summary>What the author says to the second analyst; empty where nothing.</summary>
    public required string Note { get; init; }

    public required ProposalState State { get; set; }

    public UserId? ClosedBy { get; set; }

    /// <summary>Business time; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Why it was given back or cancelled; null where it was neither.</summary>
    public string? Remark { get; set; }

    /// <summary>Business moment from which it is in force; null where it was not released, or cancelled.</summary>
    public DateTimeOffset? EffectiveFrom { get; set; }
}

internal sealed class ReleaseProposalMap : IEntityTypeConfiguration<ReleaseProposalRow>
{
    public void Configure(EntityTypeBuilder<ReleaseProposalRow> builder)
    {
        builder.ToTable("release_proposal", "eservices");
        builder.HasKey(p => p.Id).HasName("release_proposal_key");
        builder.Property(p => p.State).IsConcurrencyToken();
        builder.HasIndex(p => new { p.EService, p.Hash }).HasDatabaseName("release_proposal_open").IsUnique().HasFilter("state = 'Open'");
        builder.HasIndex(p => new { p.EService, p.ProposedAt }).HasDatabaseName("release_proposal_of");
    }
}
