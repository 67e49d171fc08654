using ClientConnect.Workflows.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClientConnect.Workflows.Register;

/// <summary>Why a day of the calendar is not like others.</summary>
internal enum CalendarDayKind
{
    /// <summary>A general holiday of Hong Kong.</summary>
    Holiday,

    /// <summary>A morning session only.</summary>
    HalfDay,

    /// <summary>The mainland's markets stay closed.</summary>
    Closure,
}

/// <summary>A day on which a market is closed, or open only in the morning.</summary>
internal sealed class CalendarDayRow
{
    public required Market Market { get; init; }

    public required DateOnly Date { get; init; }

    public required CalendarDayKind Kind { get; init; }

    /// <summary>Words in the portal's languages.</summary>
    public required string Name { get; set; }

    public required string Source { get; set; }

    public bool Verified { get; set; }
}

/// <summary>A year of which a market's days are known; a year without a row is refused, not guessed.</summary>
internal sealed class CalendarRangeRow
{
    public required Market Market { get; init; }

    public required int Year { get; init; }

    public required string Source { get; set; }

    public bool Verified { get; set; }
}

/// <summary>How half-days count: one row per question (<see cref="HalfDayRules"/>).</summary>
internal sealed class CalendarRuleRow
{
    public required string Name { get; init; }

    public bool Answer { get; set; }
}

internal sealed class CalendarMaps : IEntityTypeConfiguration<CalendarDayRow>, IEntityTypeConfiguration<CalendarRangeRow>, IEntityTypeConfiguration<CalendarRuleRow>
{
    public void Configure(EntityTypeBuilder<CalendarDayRow> builder)
    {
        builder.ToTable("calendar_day", "register");
        builder.HasKey(d => new { d.Market, d.Date }).HasName("calendar_day_key");
        builder.Property(d => d.Name).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<CalendarRangeRow> builder)
    {
        builder.ToTable("calendar_range", "register");
        builder.HasKey(r => new { r.Market, r.Year }).HasName("calendar_range_key");
    }

    public void Configure(EntityTypeBuilder<CalendarRuleRow> builder)
    {
        builder.ToTable("calendar_rule", "register");
        builder.HasKey(r => r.Name).HasName("calendar_rule_key");
    }
}
