using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Host.Portal.Register;

/// <summary>Files that were taken in, and those that wait to be.</summary>
public sealed record ImportsView(IReadOnlyList<ImportRowView> Rows, PageOfMany Page, bool MayImport);

/// <summary>One file in the list.</summary>
/// <param name="Done">When it was taken in; null while it waits.</param>
/// <param name="DoneBy">Who confirmed it.</param>
public sealed record ImportRowView(string Href, string Name, LocalText Kind, Moment Offered, string? OfferedBy, Moment? Done, string? DoneBy, ImportCounts Counts)
{
    /// <summary>Another person has to confirm it than who uploaded it.</summary>
    public bool WaitsForAnother { get; init; }
}

/// <summary>The form that takes a file.</summary>
/// <param name="Formats">Of each kind, what its header says.</param>
public sealed record ImportFormView(FieldView Kind, IReadOnlyList<FormatView> Formats, IReadOnlyList<FieldFault> Faults)
{
    /// <summary>Kinds whose file is all that there is.</summary>
    public IReadOnlyList<LocalText> Whole { get; init; } = [];

    public FieldFault? FileFault => Faults.FirstOrDefault(f => f.Path == "file");

    /// <summary>Why the file was not taken; null where it was not tried, or it is none of a file.</summary>
    public Refusal? Refused { get; init; }
}

/// <summary>What a file of a kind looks like.</summary>
/// <param name="Header">Ready to be copied.</param>
/// <param name="Ends">What becomes of all that a file does not bring.</param>
/// <param name="ExampleHref">The entries in force as such a file.</param>
public sealed record FormatView(LocalText Kind, string Header, LocalText Ends, string ExampleHref, IReadOnlyList<FormatColumn> Columns);

/// <summary>One column of a file.</summary>
/// <param name="Takes">"a whole number, at least 1".</param>
public sealed record FormatColumn(string Name, LocalText Label, string Takes, bool IsRequired);

/// <summary>A file, and what it would do or did.</summary>
/// <param name="Preview">Null once it is taken in, and for who may not take it in.</param>
public sealed record ImportView(RegisterImport Import, LocalText Kind, string KindHref, string? OfferedBy, string? ImportedBy, ImportPreviewView? Preview)
{
    /// <summary>What the key of its entries is called.</summary>
    public required LocalText KeyName { get; init; }

    /// <summary>It brings days of a market's calendar.</summary>
    public bool IsCalendar { get; init; }

    /// <summary>Deadlines that would move with the calendar, or have.</summary>
    public IReadOnlyList<MovedRow> Moved { get; init; } = [];

    /// <summary>How it gets to a second person; null where the viewer did not offer it, or there is nothing to confirm.</summary>
    public HandOnView? HandOn { get; init; }
}

/// <summary>What who offered a calendar needs to know to have it confirmed.</summary>
/// <param name="Why">Why not by the viewer.</param>
/// <param name="Others">Who could confirm it and was told, by name; empty where nobody else may.</param>
/// <param name="Address">Of the page, to be sent to one of them.</param>
/// <param name="Until">For how long it is kept.</param>
public sealed record HandOnView(LocalText Why, IReadOnlyList<string> Others, string Address, Moment Until);

/// <summary>A deadline of a request under way that moves.</summary>
/// <param name="Number">Null where the request is still with its firm.</param>
public sealed record MovedRow(string? Number, string? Href, LocalText? Firm, LocalText EService, string Step, LocalText Deadline, Moment From, Moment To, bool PassesAtOnce);

/// <summary>A day that a request under way speaks of, and on which the market would be closed.</summary>
/// <param name="Number">Null where the request is still with its firm.</param>
public sealed record ClosingRow(string? Number, string? Href, LocalText? Firm, LocalText EService, LocalText Answer, int? Line, DateOnly Day);

/// <summary>What a file would do now.</summary>
/// <param name="Before">The same file, as it was taken in last; null where it never was.</param>
/// <param name="IsUnanswered">It was confirmed and nobody said what becomes of the lines at fault.</param>
public sealed record ImportPreviewView(
    ImportCounts Counts, string ContentHash, bool IsWhole, IReadOnlyList<ChangeRow> Begins, IReadOnlyList<ChangeRow> Changes, IReadOnlyList<ChangeRow> Ends, IReadOnlyList<FaultRow> Faults, int AllFaults,
    (string Href, Moment At)? Before, bool IsUnanswered)
{
    /// <summary>Those that a calendar's file names; empty for entries.</summary>
    public IReadOnlyList<CalendarYear> Years { get; init; } = [];

    public IReadOnlyList<ClosingRow> Closing { get; init; } = [];

    /// <summary>The viewer is who confirms it, not who waits for somebody else to.</summary>
    public bool MayConfirm { get; init; } = true;

    public bool ChangesNothing => Counts.Begun + Counts.Changed + Counts.Ended == 0;
}

/// <summary>One entry that begins, changes or ends.</summary>
/// <param name="Values">With what was there before, where it changes.</param>
public sealed record ChangeRow(string Key, string? Membership, IReadOnlyList<ChangedValue> Values);

/// <param name="Before">Null where nothing was there.</param>
/// <param name="After">Null where nothing is there any more.</param>
public sealed record ChangedValue(LocalText Label, string? Before, string? After);

/// <summary>One thing that is wrong in the file.</summary>
/// <param name="Key">The entry's; null where the line has none.</param>
/// <param name="Value">What stands there; null where it is about the whole line.</param>
public sealed record FaultRow(int Line, string? Key, string? Column, string? Value, string Words);
