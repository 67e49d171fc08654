using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>That a row of the ledger moved: from when to when, and by which file of days.</summary>
internal sealed class DeadlineMoveRow
{
    public required Guid DeadlineId { get; init; }

    /// <summary>The import that changed the calendar; it knows who and when.</summary>
    public required Guid ImportId { get; init; }

    public required DateTimeOffset FromAt { get; init; }

    public required DateTimeOffset ToAt { get; init; }

    /// <summary>Business time at which it was moved.</summary>
    public required DateTimeOffset MovedAt { get; init; }
}

internal sealed class DeadlineMoveMap : IEntityTypeConfiguration<DeadlineMoveRow>
{
    public void Configure(EntityTypeBuilder<DeadlineMoveRow> builder)
    {
        builder.ToTable("deadline_move", "deadlines");
        builder.HasKey(m => new { m.DeadlineId, m.ImportId }).HasName("deadline_move_key");
        builder.HasIndex(m => m.ImportId).HasDatabaseName("deadline_move_import");
    }
}
