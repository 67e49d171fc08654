using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Inbox;

/// <summary>A filter of the inbox under a name: one person's, or a whole team's.</summary>
internal sealed class SavedViewRow
{
    public required Guid Id { get; init; }

    /// <summary>Whose it is; null for a team's.</summary>
    public UserId? UserId { get; init; }

    /// <summary>The clearing house's team that shares it; null for a person's own.</summary>
    public string? Team { get; init; }

    public required string Name { get; init; }

    /// <summary>The terms of an <see cref="InboxFilter"/>.</summary>
    public required string Filter { get; set; }

    /// <summary>Who saved it last.</summary>
    public required UserId SavedBy { get; set; }

    public required DateTimeOffset SavedAt { get; set; }
}

internal sealed class SavedViewMap : IEntityTypeConfiguration<SavedViewRow>
{
    public void Configure(EntityTypeBuilder<SavedViewRow> builder)
    {
        builder.ToTable("saved_view", "inbox", t => t.HasCheckConstraint("saved_view_has_one_owner", "(user_id IS NULL) <> (team IS NULL)"));
        builder.HasKey(v => v.Id).HasName("saved_view_key");
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.Filter).HasColumnType("jsonb");
        builder.HasIndex(v => new { v.UserId, v.Team, v.Name }).IsUnique().AreNullsDistinct(false).HasDatabaseName("saved_view_name");
    }
}
