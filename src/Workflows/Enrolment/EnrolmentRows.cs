using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>Whether a request has places.</summary>
public enum EnrolmentState
{
    /// <summary>It has them.</summary>
    Enrolled,

    /// <summary>It waits for them, in the order of its position.</summary>
    Waiting,

    /// <summary>It had them, or waited for them, and does no more. Final.</summary>
    GivenUp,
}

/// <summary>
/// The row that everybody who takes or gives up places of an occasion locks first, so that what is counted then stays so until it is written.
/// Nothing is counted here: places are what the enrolments say.
/// </summary>
internal sealed class OccasionRow
{
    public required string Key { get; init; }

    /// <summary>The last position that was given out.</summary>
    public required int LastPosition { get; set; }
}

/// <summary>The places of one request at an occasion, or its turn to get them.</summary>
internal sealed class EnrolmentRow
{
    public required RequestId RequestId { get; init; }

    public required string Occasion { get; init; }

    public required FirmId FirmId { get; init; }

    public required MembershipId MembershipId { get; init; }

    /// <summary>One for each attendee; none where the activity only asks.</summary>
    public required int Places { get; init; }

    public required EnrolmentState State { get; set; }

    /// <summary>The order in which enrolments arrived; by it the waiting list moves up.</summary>
    public required int Position { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When it came from the waiting list to its places; null where it never waited, or still does.</summary>
    public DateTimeOffset? PromotedAt { get; set; }

    public DateTimeOffset? GivenUpAt { get; set; }
}

/// <summary>Somebody who takes part.</summary>
internal sealed class AttendeeRow
{
    public required RequestId RequestId { get; init; }

    /// <summary>From 1, in the order in which the request names them.</summary>
    public required int Number { get; init; }

    public required string Occasion { get; init; }

    public required string Name { get; init; }

    public string? Title { get; init; }

    /// <summary>In small letters; one person has one place at an occasion.</summary>
    public required string Email { get; init; }

    public string? Phone { get; init; }

    public string? Part { get; init; }

    /// <summary>False once the places were given up.</summary>
    public required bool IsComing { get; set; }

    /// <summary>Null until it was marked.</summary>
    public bool? HasAttended { get; set; }

    /// <summary>Whether what was tested or taught was passed; null where nothing was said.</summary>
    public bool? HasPassed { get; set; }

    public string? Remark { get; set; }
}

internal sealed class OccasionMap : IEntityTypeConfiguration<OccasionRow>
{
    public void Configure(EntityTypeBuilder<OccasionRow> builder)
    {
        builder.ToTable("occasion", "enrolment");
        builder.HasKey(o => o.Key).HasName("occasion_key");
    }
}

internal sealed class EnrolmentMap : IEntityTypeConfiguration<EnrolmentRow>
{
    public void Configure(EntityTypeBuilder<EnrolmentRow> builder)
    {
        builder.ToTable("enrolment", "enrolment", t => t.HasCheckConstraint("enrolment_has_places", "places >= 0"));
        builder.HasKey(e => e.RequestId).HasName("enrolment_key");
        builder.Property(e => e.RequestId).ValueGeneratedNever();
        builder.HasIndex(e => new { e.Occasion, e.Position }).IsUnique().HasDatabaseName("enrolment_position");
        builder.HasIndex(e => e.FirmId).HasDatabaseName("enrolment_firm");
    }
}

internal sealed class AttendeeMap : IEntityTypeConfiguration<AttendeeRow>
{
    /// <summary>The key that says that nobody is at one occasion twice.</summary>
    public const string OnePlaceEach = "attendee_email";

    public void Configure(EntityTypeBuilder<AttendeeRow> builder)
    {
        builder.ToTable("attendee", "enrolment");
        builder.HasKey(a => new { a.RequestId, a.Number }).HasName("attendee_key");
        builder.HasIndex(a => new { a.Occasion, a.Email }).IsUnique().HasFilter("is_coming").HasDatabaseName(OnePlaceEach);
    }
}
