using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>One thing that was done to an eService's releases, as it stands in the append-only table; a chain per eService.</summary>
internal sealed class ReleaseEventRow
{
    public required string EService { get; init; }

    /// <summary>1..n without a gap.</summary>
    public required int Sequence { get; init; }

    public required string Type { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Null where a host's start did it.</summary>
    public UserId? UserId { get; init; }

    public required string Data { get; init; }

    /// <summary>Hash of the event before; 32 zero bytes for the first.</summary>
    public required byte[] Previous { get; init; }

    public required byte[] Hash { get; init; }
}

internal sealed class ReleaseEventMap : IEntityTypeConfiguration<ReleaseEventRow>
{
    public void Configure(EntityTypeBuilder<ReleaseEventRow> builder)
    {
        builder.ToTable("release_event", "eservices");
        builder.HasKey(e => new { e.EService, e.Sequence }).HasName("release_event_key");
        builder.Property(e => e.Data).HasColumnType("jsonb");
    }
}
