using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Requests;

/// <summary>A message between a request's firm and the clearing house; written once, never changed (decision 0016).</summary>
internal sealed class MessageRow
{
    public required Guid Id { get; init; }

    public required RequestId RequestId { get; init; }

    /// <summary>From 1 without a gap in each request, in the order of writing.</summary>
    public required int Number { get; init; }

    /// <summary>Of the clearing house; else of the request's firm.</summary>
    public required bool IsFromHouse { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>What the writer was in this request then: <c>maker</c>, <c>checker</c>, <c>reviewer</c>, <c>approver</c>, <c>supervisor</c>.</summary>
    public required string Part { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Text { get; init; }
}

/// <summary>How far somebody has read the messages on a request.</summary>
internal sealed class MessageReadingRow
{
    public required RequestId RequestId { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>The last message that was on the screen.</summary>
    public required int Number { get; init; }
}

internal sealed class MessageMaps : IEntityTypeConfiguration<MessageRow>, IEntityTypeConfiguration<MessageReadingRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> builder)
    {
        builder.ToTable("message", "requests");
        builder.HasKey(m => m.Id).HasName("message_key");
        builder.HasIndex(m => new { m.RequestId, m.Number }).IsUnique().HasDatabaseName("message_number");
    }

    public void Configure(EntityTypeBuilder<MessageReadingRow> builder)
    {
        builder.ToTable("message_reading", "requests");
        builder.HasKey(r => new { r.RequestId, r.UserId }).HasName("message_reading_key");
    }
}
