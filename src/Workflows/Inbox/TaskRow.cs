using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Inbox;

/// <summary>A task as it stands: open while its step waits, closed in the transaction that moves the token on.</summary>
internal sealed class TaskRow
{
    /// <summary>Follows from request, step and visit.</summary>
    public required TaskId Id { get; init; }

    public required RequestId RequestId { get; init; }

    public required string Step { get; init; }

    public required int Visit { get; init; }

    /// <summary>What is followed up, one task each; null for work that the step waits for.</summary>
    public string? Item { get; init; }

    public required TaskKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>The clearing house's team; null for participants' tasks and where any team may act.</summary>
    public string? Team { get; init; }

    public required string EService { get; init; }

    public required MembershipId MembershipId { get; init; }

    public required FirmId FirmId { get; init; }

    public int Quorum { get; init; }

    public bool IsOpen { get; set; }

    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>The deadline that the inbox sorts by; null where the work has none.</summary>
    public string? Deadline { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public bool IsEscalated { get; set; }

    public UserId? ClaimedBy { get; set; }

    public DateTimeOffset? ClaimedAt { get; set; }

    public UserId? ClosedBy { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The port that the token left by, or why the work vanished; null while open.</summary>
    public string? Outcome { get; set; }

    /// <summary>Answers given so far where the quorum is more than one: <c>[{"user", "outcome"}]</c>.</summary>
    public string Answers { get; set; } = "[]";
}

internal sealed class TaskRowMap : IEntityTypeConfiguration<TaskRow>
{
    public void Configure(EntityTypeBuilder<TaskRow> builder)
    {
        builder.ToTable("task", "inbox");
        builder.HasKey(t => t.Id).HasName("task_key");
        builder.HasIndex(t => new { t.RequestId, t.Step, t.Visit, t.Item }).IsUnique().AreNullsDistinct(false).HasDatabaseName("task_visit");
        builder.HasIndex(t => new { t.Kind, t.DueAt }).HasFilter("is_open").HasDatabaseName("task_open");
        builder.HasIndex(t => new { t.MembershipId, t.DueAt }).HasFilter("is_open").HasDatabaseName("task_open_membership");
        builder.Property(t => t.Answers).HasColumnType("jsonb");
    }
}
