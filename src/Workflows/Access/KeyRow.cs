using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Access;

/// <summary>A key with which the hosts protect cookies and secrets; all hosts share them, a new one joins them every 90 days.</summary>
internal sealed class KeyRow
{
    public required string Name { get; init; }

    /// <summary>ASP.NET Core's own format; encrypted where the host has a certificate for it.</summary>
    public required string Xml { get; init; }
}

internal sealed class KeyMap : IEntityTypeConfiguration<KeyRow>
{
    public void Configure(EntityTypeBuilder<KeyRow> builder)
    {
        builder.ToTable("protection_key", "access");
        builder.HasKey(k => k.Name).HasName("protection_key_key");
    }
}
