using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Files;

/// <summary>A file that a firm uploaded: what it is, whose, and for what; its bytes are a row of their own.</summary>
internal sealed class Attachment
{
    public AttachmentId Id { get; init; }

    /// <summary>The uploader's firm.</summary>
    public FirmId FirmId { get; init; }

    /// <summary>Null where it belongs to no request: then only the firm itself sees it.</summary>
    public RequestId? RequestId { get; init; }

    /// <summary>The message on its request that it came with, and stays with; null where it answers a form.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>Path of the form's field that it answers; of a message's file what that is called.</summary>
    public required string Purpose { get; init; }

    public UserId UploadedBy { get; init; }

    /// <summary>Business clock.</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>The uploader's name for it, cleaned; never a path, and never used as one.</summary>
    public required string Name { get; init; }

    /// <summary>From what the content is, not from what the browser said.</summary>
    public required string ContentType { get; init; }

    public long Size { get; init; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What was found in its lines, by the structure that they were held against; null where it was not examined.</summary>
    public string? Examined { get; init; }

    public ScanState Scan { get; set; }

    /// <summary>Machine clock: when the scanner was last asked; null before.</summary>
    public DateTimeOffset? ScannedAt { get; set; }

    /// <summary>Came with the demonstration market.</summary>
    public bool Demonstration { get; init; }
}

/// <summary>A file's bytes; absent where the scanner found something in them.</summary>
internal sealed class Content
{
    public AttachmentId AttachmentId { get; init; }

    public required byte[] Bytes { get; init; }
}

internal sealed class AttachmentMap : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> attachment)
    {
        attachment.ToTable("attachment", "files");
        attachment.HasKey(a => a.Id);
        attachment.Property(a => a.Id).ValueGeneratedNever();
        attachment.Property(a => a.Examined).HasColumnType("jsonb");
        attachment.Property(a => a.Demonstration).HasDefaultValue(false);
        attachment.HasIndex(a => a.RequestId).HasDatabaseName("ix_attachment_request");
        attachment.HasIndex(a => a.MessageId).HasDatabaseName("ix_attachment_message").HasFilter("message_id IS NOT NULL");
        attachment.HasIndex(a => a.FirmId).HasDatabaseName("ix_attachment_firm");
        attachment.HasIndex(a => a.UploadedAt).HasDatabaseName("ix_attachment_waiting").HasFilter("scan = 'Waiting'");
    }
}

internal sealed class ContentMap : IEntityTypeConfiguration<Content>
{
    public void Configure(EntityTypeBuilder<Content> content)
    {
        content.ToTable("content", "files");
        content.HasKey(c => c.AttachmentId);
        content.Property(c => c.AttachmentId).ValueGeneratedNever();
        content.HasOne<Attachment>().WithOne().HasForeignKey<Content>(c => c.AttachmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
