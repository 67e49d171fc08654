using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Host.Portal.Register;

/// <summary>The kinds of entries that hold anything for the viewer.</summary>
/// <param name="IsOfTheHouse">The viewer sees imports and the calendar too.</param>
public sealed record RegisterView(IReadOnlyList<KindRow> Kinds, bool IsOfTheHouse, bool MayImport);

/// <summary>One kind, and how many entries of it the viewer sees.</summary>
public sealed record KindRow(LocalText Label, string Href, int InForce, int ToCome);

/// <summary>Entries of one kind.</summary>
/// <param name="Columns">What the first values are called.</param>
/// <param name="ExportHref">The list as CSV; null for participants.</param>
/// <param name="ImportHref">Null where no file brings this kind, or not by the viewer.</param>
public sealed record EntriesView(LocalText Kind, IReadOnlyList<TabView> Tabs, FilterView Filter, IReadOnlyList<Column> Columns, IReadOnlyList<EntryRow> Rows, PageOfMany Page)
{
    /// <summary>What the key is called.</summary>
    public required LocalText KeyName { get; init; }

    /// <summary>Whose each entry is stands in the list: there is more than one it could be.</summary>
    public bool ShowsMembership { get; init; }

    public string? ExportHref { get; init; }

    public string? ImportHref { get; init; }
}

/// <summary>One entry in the list.</summary>
/// <param name="Membership">"HKSCC B09001"; null for what is nobody's in particular.</param>
/// <param name="Cells">The first values, in the viewer's language.</param>
public sealed record EntryRow(string Key, string Href, string? Membership, string? Firm, IReadOnlyList<string> Cells, Moment From, Moment? Until, EntryState State);

/// <summary>One entry with its history.</summary>
/// <param name="KeyName">What the key is called.</param>
/// <param name="Whose">Null for what is nobody's in particular.</param>
/// <param name="Values">As they are now, or were last.</param>
/// <param name="Periods">All entries of the key, latest first.</param>
public sealed record EntryView(LocalText Kind, LocalText KeyName, string KindHref, string Key, LocalText? Whose, IReadOnlyList<NamedValue> Values, IReadOnlyList<EntryPeriod> Periods);

/// <summary>A value with what it is called.</summary>
public sealed record NamedValue(LocalText Label, string Value);

/// <summary>How an entry was for some time.</summary>
/// <param name="Brought">What brought it.</param>
/// <param name="Ended">What ended it; null where it goes on, or another entry took its place.</param>
/// <param name="Changes">What it says otherwise than the entry before; all of it where it is the first.</param>
public sealed record EntryPeriod(EntryState State, Moment From, Moment? Until, SourceView Brought, SourceView? Ended, IReadOnlyList<NamedValue> Changes);

/// <summary>Where an entry, or its end, came from.</summary>
/// <param name="Href">Null where there is nothing that the viewer may see.</param>
/// <param name="By">Roles for participants, names for the clearing house; null where nobody is known.</param>
public sealed record SourceView(LocalText Words, string? Href = null, LocalText? By = null);

/// <summary>The markets' closures and half-days of one year.</summary>
/// <param name="Files">Of each market: its days of all years as a file, and the way back in.</param>
/// <param name="Waiting">Files that wait for a second person.</param>
public sealed record CalendarView(int Year, IReadOnlyList<CalendarFile> Files, IReadOnlyList<ImportRowView> Waiting, IReadOnlyList<TabView> Years, IReadOnlyList<CalendarMarket> Markets);

/// <summary>A market's calendar as a file.</summary>
/// <param name="ImportHref">Null for who may not import one.</param>
public sealed record CalendarFile(LocalText Market, string ExportHref, string? ImportHref);

/// <summary>One market in the year.</summary>
/// <param name="Source">Where the days were published.</param>
public sealed record CalendarMarket(string Key, LocalText Name, string Source, bool IsVerified, IReadOnlyList<CalendarDayRow> Days);

/// <summary>One day on which the market is closed, or open in the morning only.</summary>
public sealed record CalendarDayRow(DateOnly Date, LocalText Name, bool IsHalfDay);
