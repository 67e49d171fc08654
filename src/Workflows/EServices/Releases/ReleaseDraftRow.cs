using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>The draft of an eService's next release: at most one, holding the whole bundle, and the lease of whoever edits it.</summary>
internal sealed class ReleaseDraftRow
{
    public required string EService { get; init; }

    /// <summary>The whole folder with what it uses of the shared one, as a release's.</summary>
    public required string Document { get; set; }

    /// <summary>The release that it is to take the place of: the one in force when it was begun.</summary>
    public required string BaseHash { get; init; }

    /// <summary>One more with every save; who saves on an older one loses.</summary>
    public required int Revision { get; set; }

    /// <summary>Whoever gave it what it holds: none of them may release it.</summary>
    public required Guid[] Editors { get; set; }

    public required UserId StartedBy { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required UserId SavedBy { get; set; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset SavedAt { get; set; }

    /// <summary>Another one whenever somebody else begins to edit: what an older page sends is not stored.</summary>
    public required Guid LeaseId { get; set; }

    /// <summary>Who edits, until the lease ends, or edited last.</summary>
    public required UserId LeaseHolder { get; set; }

    /// <summary>Machine time; the page that edits renews it. Null where the editor has left.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public UserId? HolderAt(DateTimeOffset machineNow) => LeaseUntil > machineNow ? LeaseHolder : null;

    /// <summary>Gives the lease to whoever asks, where nobody else has it; false otherwise.</summary>
    public bool TakenBy(UserId user, DateTimeOffset machineNow)
    {
        if (HolderAt(machineNow) is { } other && other != user) return false;
        if (LeaseHolder != user) (LeaseHolder, LeaseId) = (user, Guid.CreateVersion7());
        LeaseUntil = machineNow + ReleaseDesk.Lease;
        return true;
    }
}

internal sealed class ReleaseDraftMap : IEntityTypeConfiguration<ReleaseDraftRow>
{
    public void Configure(EntityTypeBuilder<ReleaseDraftRow> builder)
    {
        builder.ToTable("release_draft", "eservices");
        builder.HasKey(d => d.EService).HasName("release_draft_key");
        builder.Property(d => d.Document).HasColumnType("jsonb");
        builder.Property(d => d.Revision).IsConcurrencyToken();
        builder.Property(d => d.LeaseId).IsConcurrencyToken();
    }
}
