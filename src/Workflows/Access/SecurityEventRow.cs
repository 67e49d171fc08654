using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Access;

/// <summary>One entry of the security stream, as it stands in the append-only table.</summary>
internal sealed class SecurityEventRow
{
    public long Id { get; init; }

    /// <summary>Machine clock: nobody moves it.</summary>
    public required DateTimeOffset At { get; init; }

    public required SecurityEventKind Kind { get; init; }

    public UserId? UserId { get; init; }

    /// <summary>As typed, where it belongs to nobody we know.</summary>
    public string? Email { get; init; }

    /// <summary>Network address; null where the system itself acted.</summary>
    public string? Address { get; init; }

    public required string Detail { get; init; }
}

internal sealed class SecurityEventMap : IEntityTypeConfiguration<SecurityEventRow>
{
    public void Configure(EntityTypeBuilder<SecurityEventRow> builder)
    {
        builder.ToTable("security_event", "access");
        builder.HasKey(e => e.Id).HasName("security_event_key");
        builder.Property(e => e.Id).UseIdentityAlwaysColumn();
        builder.Property(e => e.Detail).HasColumnType("jsonb");
        builder.HasIndex(e => e.At).HasDatabaseName("security_event_at");
        builder.HasIndex(e => new { e.UserId, e.At }).HasDatabaseName("security_event_user");
    }
}
