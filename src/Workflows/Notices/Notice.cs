using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// One thing told to one person, as of the commit that caused it: the template, the release that words it, and what it says are
/// fixed; it is rendered when it is sent or read. The click writes the row with its own SQL; this module sends it.
/// </summary>
internal sealed class Notice
{
    public Guid Id { get; init; }

    /// <summary>Null for what is about no request: release proposals, calendars, published files, and the portal's own mails (passwords, invitations).</summary>
    public RequestId? RequestId { get; init; }

    /// <summary>The release proposal that it is about; null for all others.</summary>
    public Guid? ProposalId { get; init; }

    /// <summary>The message on its request that it tells of; null for all others.</summary>
    public Guid? RequestMessageId { get; init; }

    /// <summary>The published file that it tells of; null for all others.</summary>
    public AttachmentId? PublicationId { get; init; }

    /// <summary>The calendar's file that it is about, while that is there; null for all others.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>The event that caused it, of the request or of the record of releases: notices of one request leave in this order.</summary>
    public int? Sequence { get; init; }

    public required string Template { get; init; }

    /// <summary>The release that words it; null where a shared mail of the portal does.</summary>
    public string? BundleHash { get; init; }

    /// <summary>The recipient's language at the commit.</summary>
    public required string Language { get; init; }

    /// <summary>Null for a contact person who has no account: told by mail only.</summary>
    public UserId? RecipientId { get; init; }

    public required string RecipientName { get; init; }

    public required string Email { get; init; }

    /// <summary>What the template may say, as JSON; no sensitive values.</summary>
    public required string Model { get; init; }

    /// <summary>Business clock.</summary>
    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>Machine clock: when it may be tried, or until when a sender has it.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Machine clock: the first try of this life; null before it. It is given up so long after this.</summary>
    public DateTimeOffset? FirstAttemptAt { get; set; }

    public NoticeState State { get; set; }

    /// <summary>How often a sender took it: the number that a sender must still find when it reports back.</summary>
    public int Attempts { get; set; }

    /// <summary>The recipient's mailbox said "not now": others' later notices of the request no longer wait for this one.</summary>
    public bool IsDeferred { get; set; }

    public string? LastError { get; set; }

    /// <summary>Machine clock.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>The subject as sent; null before.</summary>
    public string? Subject { get; set; }

    /// <summary>Business clock: when the recipient read it on screen; null before.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>As sent; the same for every try.</summary>
    public string? MessageId { get; set; }
}

internal sealed class NoticeMap : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> notice)
    {
        notice.ToTable("notice", "notices");
        notice.HasKey(n => n.Id);
        notice.Property(n => n.Model).HasColumnType("jsonb");
        notice.Property(n => n.State).HasDefaultValue(NoticeState.Pending).HasSentinel(NoticeState.Pending);
        notice.Property(n => n.Attempts).HasDefaultValue(0);
        notice.Property(n => n.IsDeferred).HasDefaultValue(false);

        notice.HasIndex(n => n.NextAttemptAt).HasDatabaseName("ix_notice_due").HasFilter("state = 'Pending'");
        notice.HasIndex(n => new { n.RequestId, n.Sequence }).HasDatabaseName("ix_notice_order").HasFilter("state = 'Pending'");
        notice.HasIndex(n => new { n.ProposalId, n.Sequence, n.RecipientId }).HasDatabaseName("ix_notice_proposal").IsUnique().HasFilter("proposal_id is not null");
        notice.HasIndex(n => new { n.RequestMessageId, n.RecipientId }).HasDatabaseName("ix_notice_message").IsUnique().HasFilter("request_message_id is not null");
        notice.HasIndex(n => new { n.PublicationId, n.RecipientId }).HasDatabaseName("ix_notice_publication").IsUnique().HasFilter("publication_id is not null");
        notice.HasIndex(n => new { n.ImportId, n.Template, n.RecipientId }).HasDatabaseName("ix_notice_import").IsUnique().HasFilter("import_id is not null");
        notice.HasIndex(n => new { n.RecipientId, n.QueuedAt }).HasDatabaseName("ix_notice_on_screen");
        notice.HasIndex(n => n.RecipientId).HasDatabaseName("ix_notice_unread").HasFilter("read_at is null");
        notice.HasIndex(n => n.QueuedAt).HasDatabaseName("ix_notice_dead").HasFilter("state in ('Dead', 'Held')");
    }
}
