using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>Armed → fired, cleared, skipped or parked; nothing leaves the last four.</summary>
public enum DeadlineState
{
    /// <summary>Waits for its moment.</summary>
    Armed,

    /// <summary>Its moment came and its effect was written in the same transaction.</summary>
    Fired,

    /// <summary>The step that armed it was left before its moment.</summary>
    Cleared,

    /// <summary>A reminder whose deadline had passed before it could be sent.</summary>
    Skipped,

    /// <summary>Its effect can't be written; an operator has to look.</summary>
    Parked,
}

/// <summary>
/// Something that has to happen at a moment: a row, so that a lost tick, a double tick, a dead host and a restart all heal.
/// The rows together are the ledger: rule, calendar, planned, actual, effect.
/// </summary>
internal sealed class DeadlineRow
{
    public required Guid Id { get; init; }

    public required RequestId RequestId { get; init; }

    public required string Step { get; init; }

    public required int Visit { get; init; }

    /// <summary>The deadline's name in service.json.</summary>
    public required string Name { get; init; }

    public required DeadlineKind Kind { get; init; }

    /// <summary>Business time of its moment.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Business time at which the deadline itself passes: a reminder after it is skipped.</summary>
    public required DateTimeOffset PassesAt { get; init; }

    /// <summary>The notice that goes out then; null where none does.</summary>
    public string? Template { get; init; }

    public string[] Recipients { get; init; } = [];

    public DeadlineState State { get; set; }

    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>The rule as it was applied, in words: anchor, days, time, source, verified.</summary>
    public required string Rule { get; init; }

    public required string CalendarVersion { get; init; }

    /// <summary>Business time at which it really fired; null before.</summary>
    public DateTimeOffset? FiredAt { get; set; }

    /// <summary>What it did, or why it is parked; null before.</summary>
    public string? Effect { get; set; }
}

internal sealed class DeadlineRowMap : IEntityTypeConfiguration<DeadlineRow>
{
    public void Configure(EntityTypeBuilder<DeadlineRow> builder)
    {
        builder.ToTable("deadline", "deadlines");
        builder.HasKey(d => d.Id).HasName("deadline_key");
        builder.HasIndex(d => d.DueAt).HasFilter("state = 'Armed'").HasDatabaseName("deadline_due");
        builder.HasIndex(d => d.RequestId).HasDatabaseName("deadline_request");
    }
}
