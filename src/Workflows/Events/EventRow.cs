using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Events;

/// <summary>One event of one request as it stands in the append-only table.</summary>
internal sealed class EventRow
{
    public required RequestId RequestId { get; init; }

    /// <summary>1..n without a gap; 1 is the first send to the checker.</summary>
    public required int Sequence { get; init; }

    public required string Type { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it; null where a deadline did.</summary>
    public UserId? UserId { get; init; }

    public required string Data { get; init; }

    /// <summary>What the person had on the screen; null where nothing was decided on.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Hash of the event before; 32 zero bytes for the first.</summary>
    public required byte[] Previous { get; init; }

    public required byte[] Hash { get; init; }
}

internal sealed class EventRowMap : IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<EventRow> builder)
    {
        builder.ToTable("event", "events");
        builder.HasKey(e => new { e.RequestId, e.Sequence }).HasName("event_key");
        builder.Property(e => e.Data).HasColumnType("jsonb");
    }
}
