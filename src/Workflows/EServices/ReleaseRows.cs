using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.EServices;

/// <summary>A release as it is stored: the whole bundle under its hash, never changed.</summary>
internal sealed class ReleaseRow
{
    public required string Hash { get; init; }

    public required string EService { get; init; }

    /// <summary>The whole folder with what it uses of the shared one.</summary>
    public required string Document { get; init; }

    public required DateTimeOffset StoredAt { get; init; }
}

/// <summary>From when a release is in force; the latest one that has begun counts.</summary>
internal sealed class EffectiveRow
{
    public required string EService { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset EffectiveFrom { get; init; }

    public required string Hash { get; init; }

    /// <summary>How it came into force: <c>seed</c>, or who released it.</summary>
    public required string By { get; init; }
}

internal sealed class ReleaseMaps : IEntityTypeConfiguration<ReleaseRow>, IEntityTypeConfiguration<EffectiveRow>
{
    public void Configure(EntityTypeBuilder<ReleaseRow> builder)
    {
        builder.ToTable("release", "eservices");
        builder.HasKey(r => r.Hash).HasName("release_key");
        builder.Property(r => r.Document).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<EffectiveRow> builder)
    {
        builder.ToTable("effective", "eservices");
        builder.HasKey(e => new { e.EService, e.EffectiveFrom }).HasName("effective_key");
    }
}
