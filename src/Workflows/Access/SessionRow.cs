using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// One sign-in, from the password on. Until the second factor it serves for nothing but giving it; then another one, under a new
/// token, takes its place. All times are the machine's clock.
/// </summary>
internal sealed class SessionRow
{
    /// <summary>SHA-256 of the token: who reads the table can't sign in with it.</summary>
    public required byte[] TokenHash { get; init; }

    public required UserId UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute; half an hour without a page ends the session.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null while it may be used.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Null while the second factor is awaited.</summary>
    public DateTimeOffset? SecondFactorAt { get; init; }

    /// <summary>What the person reads in the list of sessions: <c>Firefox on Linux</c>; null where the browser did not say.</summary>
    public string? Device { get; init; }

    /// <summary>
    /// The authenticator's secret shown to this sign-in, protected, until a code proves that it was taken over; null otherwise.
    /// It belongs to the sign-in, not to the account: whoever else knows the password is shown another one.
    /// </summary>
    public string? TotpOffered { get; init; }
}

internal sealed class SessionMap : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("session", "access");
        builder.HasKey(s => s.TokenHash).HasName("session_key");
        builder.HasOne<UserRow>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => s.UserId).HasFilter("ended_at IS NULL").HasDatabaseName("session_open");
    }
}
