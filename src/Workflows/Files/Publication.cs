using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Files;

/// <summary>A file that the clearing house published; its name, content and scan are those of the attachment of the same id.</summary>
internal sealed class Publication
{
    public AttachmentId Id { get; init; }

    /// <summary>The eService whose right opens it.</summary>
    public required string EService { get; init; }

    /// <summary>Kind of file, as the eService says: the folder that it lies in.</summary>
    public required string Type { get; init; }

    public ClearingHouse ClearingHouse { get; init; }

    /// <summary>Null where it is for all participants of the clearing house.</summary>
    public MembershipId? MembershipId { get; init; }

    public UserId PublishedBy { get; init; }

    /// <summary>Business clock.</summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>Business clock: from then on it is not offered, and its content goes.</summary>
    public DateTimeOffset KeptUntil { get; init; }

    /// <summary>Null while it is offered.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>Business clock: when those it is for were told of it; null while it is not ready.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>When the content was deleted; null while it is there.</summary>
    public DateTimeOffset? ClearedAt { get; set; }
}

/// <summary>What happened to a publication. Stored by name; a name never changes.</summary>
public enum PublicationEventKind
{
    Published,

    /// <summary>Handed out by itself.</summary>
    Downloaded,

    /// <summary>Handed out with others, in one archive.</summary>
    DownloadedTogether,

    /// <summary>Taken back by the clearing house, with a reason.</summary>
    Withdrawn,

    /// <summary>Its time was over and its content was deleted.</summary>
    Expired,
}

/// <summary>One line of the log of what was published: who did what when. Rows are added and never changed.</summary>
internal sealed class PublicationEvent
{
    public long Id { get; init; }

    public AttachmentId PublicationId { get; init; }

    public PublicationEventKind Kind { get; init; }

    /// <summary>Business clock.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Null where its time ran out.</summary>
    public UserId? UserId { get; init; }

    public FirmId? FirmId { get; init; }

    /// <summary>For which membership it was downloaded; null for what the clearing house did.</summary>
    public MembershipId? MembershipId { get; init; }

    /// <summary>Why it was taken back; null otherwise.</summary>
    public string? Reason { get; init; }
}

internal sealed class PublicationMap : IEntityTypeConfiguration<Publication>
{
    public void Configure(EntityTypeBuilder<Publication> publication)
    {
        publication.ToTable("publication", "files");
        publication.HasKey(p => p.Id);
        publication.Property(p => p.Id).ValueGeneratedNever();
        publication.HasOne<Attachment>().WithOne().HasForeignKey<Publication>(p => p.Id).OnDelete(DeleteBehavior.Restrict);
        publication.HasIndex(p => new { p.ClearingHouse, p.MembershipId, p.PublishedAt }).HasDatabaseName("ix_publication_audience");
        publication.HasIndex(p => p.PublishedAt).HasDatabaseName("ix_publication_untold").HasFilter("told_at IS NULL");
        publication.HasIndex(p => p.KeptUntil).HasDatabaseName("ix_publication_due").HasFilter("cleared_at IS NULL");
    }
}

internal sealed class PublicationEventMap : IEntityTypeConfiguration<PublicationEvent>
{
    public void Configure(EntityTypeBuilder<PublicationEvent> line)
    {
        line.ToTable("publication_event", "files");
        line.HasKey(e => e.Id);
        line.Property(e => e.Id).UseIdentityAlwaysColumn();
        line.HasOne<Publication>().WithMany().HasForeignKey(e => e.PublicationId).OnDelete(DeleteBehavior.Restrict);
        line.HasIndex(e => new { e.PublicationId, e.At }).HasDatabaseName("ix_publication_event");
    }
}
