using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Access;

/// <summary>A legal entity: a participant's, or the clearing house itself.</summary>
internal sealed class FirmRow
{
    public required FirmId Id { get; init; }

    /// <summary>Company ID: <c>CP09001</c>.</summary>
    public required string CompanyId { get; init; }

    public required string NameEn { get; set; }

    public string? NameZhHant { get; set; }

    public string? NameZhHans { get; set; }

    public bool IsClearingHouse { get; init; }

    public LocalText Name => new(NameEn, NameZhHant, NameZhHans);
}

/// <summary>One membership of a firm at one clearing house; users' rights are per membership.</summary>
internal sealed class MembershipRow
{
    public required MembershipId Id { get; init; }

    public required FirmId FirmId { get; init; }

    public required ClearingHouse ClearingHouse { get; init; }

    /// <summary>HKSCC participant ID (<c>B09001</c>) or DCASS customer code (<c>CZZA</c>).</summary>
    public required string ParticipantId { get; init; }

    public required string Kind { get; init; }

    public bool IsChinaConnect { get; set; }

    public HeldMembership Held => new(Id, ClearingHouse, ParticipantId, Kind, IsChinaConnect);
}

internal sealed class FirmMaps : IEntityTypeConfiguration<FirmRow>, IEntityTypeConfiguration<MembershipRow>
{
    public void Configure(EntityTypeBuilder<FirmRow> builder)
    {
        builder.ToTable("firm", "access");
        builder.HasKey(f => f.Id).HasName("firm_key");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Ignore(f => f.Name);
        builder.HasIndex(f => f.CompanyId).IsUnique().HasDatabaseName("firm_company");
    }

    public void Configure(EntityTypeBuilder<MembershipRow> builder)
    {
        builder.ToTable("membership", "access");
        builder.HasKey(m => m.Id).HasName("membership_key");
        builder.Ignore(m => m.Held);
        builder.HasOne<FirmRow>().WithMany().HasForeignKey(m => m.FirmId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(m => m.FirmId).HasDatabaseName("membership_firm");
        builder.HasIndex(m => new { m.ClearingHouse, m.ParticipantId }).IsUnique().HasDatabaseName("membership_participant");
    }
}
