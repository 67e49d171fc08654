using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Access;

/// <summary>A person who signs in; one person has one account, and is never deleted: the record of what happened names it.</summary>
internal sealed class UserRow
{
    public required UserId Id { get; init; }

    public required FirmId FirmId { get; init; }

    /// <summary>Lower case: what a person types in capitals is the same account.</summary>
    public required string Email { get; set; }

    public required string Name { get; set; }

    public string? Phone { get; set; }

    public string? Position { get; set; }

    public string Language { get; set; } = "en";

    /// <summary>Whether single keys do things on the pages; null until the person has chosen: on for the clearing house, off for participants.</summary>
    public bool? HasShortcuts { get; set; }

    public required string PasswordHash { get; set; }

    /// <summary>Protected by the host's keys; null until the person has set up an authenticator.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>The last time step of which a code was accepted: no code counts twice, on any host.</summary>
    public long TotpLastStep { get; set; }

    public bool IsDisabled { get; set; }

    /// <summary>Attempts since the last complete sign-in, each counted before it is checked.</summary>
    public int FailedAttempts { get; set; }

    /// <summary>Machine clock; null where the next attempt is welcome at once.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Rises with every change of rights: what was cached under another number is stale.</summary>
    public int Stamp { get; set; }

    /// <summary>The firm's registered contact, whom the clearing house may write to.</summary>
    public bool IsContact { get; set; }
}

/// <summary>What a participant's user may do with one eService, or with all of them, for one membership.</summary>
internal sealed class RightRow
{
    public required UserId UserId { get; init; }

    public required MembershipId MembershipId { get; init; }

    /// <summary>The eService's key, or <c>*</c> for all. Its column is <c>eservice</c>.</summary>
    public required string Eservice { get; init; }

    public bool MayView { get; set; }

    public bool MayMake { get; set; }

    public bool MayCheck { get; set; }
}

/// <summary>A role of a person, at the clearing house or as a firm's delegated administrator.</summary>
internal sealed class RoleRow
{
    public required Guid Id { get; init; }

    public required UserId UserId { get; init; }

    public required Role Role { get; init; }

    /// <summary>Team of the clearing house (<c>settlement</c>); null for all teams, and where the role knows none.</summary>
    public string? Team { get; init; }
}

internal sealed class UserMaps : IEntityTypeConfiguration<UserRow>, IEntityTypeConfiguration<RightRow>, IEntityTypeConfiguration<RoleRow>
{
    public void Configure(EntityTypeBuilder<UserRow> builder)
    {
        builder.ToTable("user_account", "access", t => t.HasCheckConstraint("user_account_email_is_lower_case", "email = lower(email)"));
        builder.HasKey(u => u.Id).HasName("user_account_key");
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.HasOne<FirmRow>().WithMany().HasForeignKey(u => u.FirmId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(u => u.Email).IsUnique().HasDatabaseName("user_account_email");
        builder.HasIndex(u => u.FirmId).HasDatabaseName("user_account_firm");
    }

    public void Configure(EntityTypeBuilder<RightRow> builder)
    {
        builder.ToTable("user_right", "access");
        builder.HasKey(r => new { r.UserId, r.MembershipId, r.Eservice }).HasName("user_right_key");
        builder.HasOne<UserRow>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<MembershipRow>().WithMany().HasForeignKey(r => r.MembershipId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => r.MembershipId).HasDatabaseName("user_right_membership");
    }

    public void Configure(EntityTypeBuilder<RoleRow> builder)
    {
        builder.ToTable("user_role", "access");
        builder.HasKey(r => r.Id).HasName("user_role_key");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasOne<UserRow>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.UserId, r.Role, r.Team }).IsUnique().AreNullsDistinct(false).HasDatabaseName("user_role_once");
        builder.HasIndex(r => new { r.Role, r.Team }).HasDatabaseName("user_role_holders");
    }
}
