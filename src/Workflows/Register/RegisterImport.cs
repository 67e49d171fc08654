using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Register;

/// <summary>A file of entries: first looked at, then taken in or dropped.</summary>
internal sealed class ImportRow
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Sha256 { get; init; }

    public required int Size { get; init; }

    /// <summary>Null once it is taken in: what it brought stands in the register.</summary>
    public byte[]? Content { get; init; }

    public required UserId OfferedBy { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public UserId? ImportedBy { get; init; }

    public DateTimeOffset? ImportedAt { get; init; }

    public int Begun { get; init; }

    public int Changed { get; init; }

    public int Ended { get; init; }

    public int Stayed { get; init; }

    /// <summary>Lines that were at fault and left out.</summary>
    public int LeftOut { get; init; }

    /// <summary>Deadlines that moved with the calendar.</summary>
    public int Moved { get; init; }

    /// <summary>A calendar that was confirmed by who offered it, before that took a second person; none is from then on.</summary>
    public bool BeforeFourEyes { get; init; }
}

internal sealed class ImportMap : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> builder)
    {
        builder.ToTable("import", "register", t => t.HasCheckConstraint("import_of_calendar_by_two", "kind NOT LIKE 'calendar-%' OR before_four_eyes OR imported_by IS NULL OR imported_by <> offered_by"));
        builder.HasKey(i => i.Id).HasName("import_key");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Moved).HasDefaultValue(0);
        builder.Property(i => i.BeforeFourEyes).HasDefaultValue(false);
        builder.HasIndex(i => i.OfferedAt).HasDatabaseName("import_offered");
    }
}

/// <summary>What an import did, or would do.</summary>
/// <param name="Stayed">Lines that say what the register holds already.</param>
/// <param name="LeftOut">Lines that are at fault.</param>
public sealed record ImportCounts(int Begun, int Changed, int Ended, int Stayed, int LeftOut)
{
    /// <summary>Deadlines that move with the calendar; nought for entries.</summary>
    public int Moved { get; init; }
}

/// <summary>A file of entries, and what became of it.</summary>
/// <param name="OfferedBy">Who uploaded it.</param>
/// <param name="ImportedBy">Who confirmed it: of a calendar another person than who uploaded it.</param>
/// <param name="ImportedAt">Null while it has only been looked at.</param>
/// <param name="Counts">Of what was taken in; all nought before.</param>
public sealed record RegisterImport(
    Guid Id, string Kind, string Name, string Sha256, int Size, UserId OfferedBy, DateTimeOffset OfferedAt, UserId? ImportedBy, DateTimeOffset? ImportedAt, ImportCounts Counts)
{
    private static readonly TimeSpan Entries = TimeSpan.FromDays(2), Calendars = TimeSpan.FromDays(14);

    /// <summary>It brings a market's days, and moves deadlines of every firm: that takes four eyes.</summary>
    public bool IsCalendar => CalendarFiles.MarketOf(Kind) is not null;

    /// <summary>Until when it is kept for somebody to confirm it.</summary>
    public DateTimeOffset KeptUntil => OfferedAt + (IsCalendar ? Calendars : Entries);

    /// <summary>Why the viewer is not who confirms it; null where it may be.</summary>
    public Refusal? WhyNotBy(Viewer viewer) => IsCalendar && OfferedBy == viewer.User && ImportedBy != viewer.User ? new YouOfferedTheCalendar() : null;

    internal static RegisterImport Of(ImportRow row) => new(
        row.Id, row.Kind, row.Name, row.Sha256, row.Size, row.OfferedBy, row.OfferedAt, row.ImportedBy, row.ImportedAt,
        new ImportCounts(row.Begun, row.Changed, row.Ended, row.Stayed, row.LeftOut) { Moved = row.Moved });
}
