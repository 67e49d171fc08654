using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Requests;

/// <summary>A request as it stands now; all that it went through is in its events.</summary>
internal sealed class RequestRow
{
    public required RequestId Id { get; init; }

    /// <summary>Given at the first send to the checker (<c>SET1-20261123-00017</c>); null for a draft.</summary>
    public string? Number { get; set; }

    public required string EService { get; init; }

    public required MembershipId MembershipId { get; init; }

    public required FirmId FirmId { get; init; }

    public RequestStatus Status { get; set; }

    /// <summary>Rises with every save of a draft or a correction; what <c>If-Match</c> is compared with then.</summary>
    public int DraftRevision { get; set; }

    /// <summary>1 at first, one more after each return.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>Number of the last event; 0 before the first send. The version that clicks race for.</summary>
    public int Sequence { get; set; }

    public byte[]? HeadHash { get; set; }

    /// <summary>What was last sent to the checker; empty for a draft.</summary>
    public string Answers { get; set; } = "{}";

    /// <summary>What the makers are editing; null where nothing is being edited.</summary>
    public string? Draft { get; set; }

    /// <summary>The release that it was first sent with; null for a draft.</summary>
    public string? BundleHash { get; set; }

    /// <summary>The flow's state; null for a draft.</summary>
    public string? Run { get; set; }

    /// <summary>Outcome per line; null while nothing is decided.</summary>
    public string? Outcomes { get; set; }

    /// <summary>What the reviewer proposes; null where nothing is proposed.</summary>
    public string? Proposal { get; set; }

    /// <summary>What the clearing house has reported on the way, by milestone; null before anything was.</summary>
    public string? Milestones { get; set; }

    /// <summary>What the clearing house does beside it, each with what became of it; null where nothing was begun.</summary>
    public string? FollowUps { get; set; }

    /// <summary>Who played which part so far: <c>{"edit": [user…], "check": […], "review": […], "approve": […]}</c>.</summary>
    public string Parts { get; set; } = "{}";

    /// <summary>The planned deadlines as the participant was shown them at the last send.</summary>
    public string? Plan { get; set; }

    /// <summary>What the last return asked to correct, by field; null where nothing was returned.</summary>
    public string? Remarks { get; set; }

    /// <summary>Register entries that the request speaks of (<c>kind:key</c>).</summary>
    public string[] RegisterRefs { get; set; } = [];

    /// <summary>What an open request keeps to itself (<c>position:P00012345</c>), as of the last save.</summary>
    public string[] TouchRefs { get; set; } = [];

    /// <summary>Attachments that the answers refer to.</summary>
    public Guid[] FileRefs { get; set; } = [];

    public required UserId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public UserId UpdatedBy { get; set; }

    /// <summary>The maker who sent it to the checker last; null for a draft.</summary>
    public UserId? SentBy { get; set; }

    /// <summary>When the participant's checker first sent it: the moment that counts. Null before.</summary>
    public DateTimeOffset? SubmittedAt { get; set; }

    /// <summary>Sent, or still with the checker, after its cut-off.</summary>
    public bool IsLate { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>An operation that was done, and what was answered: the same key with the same body gets the same answer.</summary>
internal sealed class OperationRow
{
    public required UserId UserId { get; init; }

    public required string Key { get; init; }

    public required string BodyHash { get; init; }

    public required string Answer { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Something that an open request keeps to itself (<c>position:P00012345</c>): its key is unique while it is open.</summary>
internal sealed class TouchRow
{
    public required string Key { get; init; }

    public required RequestId RequestId { get; init; }
}

/// <summary>A note among the clearing house's people; participants never see one.</summary>
internal sealed class NoteRow
{
    public required Guid Id { get; init; }

    public required RequestId RequestId { get; init; }

    public required UserId UserId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Text { get; init; }
}

internal sealed class RequestMaps : IEntityTypeConfiguration<RequestRow>, IEntityTypeConfiguration<OperationRow>,
    IEntityTypeConfiguration<TouchRow>, IEntityTypeConfiguration<NoteRow>
{
    public void Configure(EntityTypeBuilder<RequestRow> builder)
    {
        builder.ToTable("service_request", "requests");
        builder.HasKey(r => r.Id).HasName("service_request_key");
        builder.HasIndex(r => r.Number).IsUnique().HasDatabaseName("service_request_number");
        builder.HasIndex(r => new { r.FirmId, r.UpdatedAt }).HasDatabaseName("service_request_firm");
        builder.HasIndex(r => r.SubmittedAt).HasDatabaseName("service_request_submitted");
        foreach (var json in new[] { nameof(RequestRow.Answers), nameof(RequestRow.Draft), nameof(RequestRow.Run), nameof(RequestRow.Outcomes), nameof(RequestRow.Proposal), nameof(RequestRow.Milestones), nameof(RequestRow.FollowUps), nameof(RequestRow.Parts), nameof(RequestRow.Plan), nameof(RequestRow.Remarks) })
        {
            builder.Property(json).HasColumnType("jsonb");
        }
    }

    public void Configure(EntityTypeBuilder<OperationRow> builder)
    {
        builder.ToTable("operation", "requests");
        builder.HasKey(o => new { o.UserId, o.Key }).HasName("operation_key");
        builder.Property(o => o.Answer).HasColumnType("jsonb");
        builder.HasIndex(o => o.At).HasDatabaseName("operation_at");
    }

    public void Configure(EntityTypeBuilder<TouchRow> builder)
    {
        builder.ToTable("touch", "requests");
        builder.HasKey(t => t.Key).HasName("touch_key");
        builder.HasIndex(t => t.RequestId).HasDatabaseName("touch_request");
    }

    public void Configure(EntityTypeBuilder<NoteRow> builder)
    {
        builder.ToTable("note", "requests");
        builder.HasKey(n => n.Id).HasName("note_key");
        builder.HasIndex(n => n.RequestId).HasDatabaseName("note_request");
    }
}
