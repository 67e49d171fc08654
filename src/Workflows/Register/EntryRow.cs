using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Register;

/// <summary>
/// One thing that the clearing house holds, of a kind that is data. Never overwritten: the old entry ends where the new one
/// begins, so that the register can be read as of any moment.
/// </summary>
internal sealed class EntryRow
{
    public required Guid Id { get; init; }

    /// <summary><c>short-position</c>, <c>security</c>, <c>contact</c> …; kinds are data.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is called within its kind: a stock code, a position number.</summary>
    public required string Key { get; init; }

    /// <summary><c>kind:key</c>, made by the database; how requests refer to it.</summary>
    public string Ref { get; private set; } = string.Empty;

    /// <summary>Whose it is; null for what is everybody's to read.</summary>
    public MembershipId? MembershipId { get; init; }

    /// <summary>The membership's firm, or the firm of an entry that belongs to no one membership.</summary>
    public FirmId? FirmId { get; init; }

    public required string Values { get; init; }

    /// <summary>Business time, inclusive; may lie ahead where a change takes effect later.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Business time, exclusive; null for the entry in force.</summary>
    public DateTimeOffset? ValidTo { get; set; }

    /// <summary>The request that brought it; null for what came from elsewhere.</summary>
    public RequestId? RequestId { get; init; }

    public int? Line { get; init; }

    /// <summary>The request that ended it with nothing in its place; null while it is in force, and where another entry took its place, which names its own.</summary>
    public RequestId? EndedBy { get; init; }

    /// <summary>The import that brought it; null for what came from elsewhere.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>The import that no longer brought it, and ended it so.</summary>
    public Guid? EndedByImport { get; init; }

    /// <summary>Its last day, that being over having ended it; null while it is in force, and where something else ended it.</summary>
    public DateOnly? EndedAfter { get; init; }
}

internal sealed class EntryMap : IEntityTypeConfiguration<EntryRow>
{
    public void Configure(EntityTypeBuilder<EntryRow> builder)
    {
        builder.ToTable("entry", "register");
        builder.HasKey(e => e.Id).HasName("entry_key");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Values).HasColumnType("jsonb");
        builder.Property(e => e.Ref).HasComputedColumnSql("kind || ':' || key", stored: true);
        builder.HasIndex(e => new { e.Kind, e.Key, e.MembershipId }).IsUnique().AreNullsDistinct(false)
            .HasFilter("valid_to IS NULL").HasDatabaseName("entry_in_force");
        builder.HasIndex(e => e.Ref).HasFilter("valid_to IS NULL").HasDatabaseName("entry_ref");
        builder.HasIndex(e => new { e.MembershipId, e.Kind }).HasFilter("valid_to IS NULL").HasDatabaseName("entry_membership");
        builder.HasIndex(e => new { e.Kind, e.Key }).HasDatabaseName("entry_history");
        builder.HasIndex(e => new { e.Kind, e.ValidTo }).HasDatabaseName("entry_until");
        builder.HasIndex(e => e.ImportId).HasFilter("import_id IS NOT NULL").HasDatabaseName("entry_import");
        builder.HasIndex(e => e.RequestId).HasFilter("request_id IS NOT NULL").HasDatabaseName("entry_request");
    }
}
