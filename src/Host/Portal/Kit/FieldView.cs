using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Kit;

/// <summary>How a field is asked for. The form's own types come to one of these.</summary>
public enum FieldKind
{
    Text,
    LongText,
    Email,
    Phone,

    /// <summary>A whole number; thousands separators are accepted and cleaned.</summary>
    Integer,
    Decimal,

    /// <summary>An amount; <see cref="FieldView.Unit"/> is its currency.</summary>
    Money,
    Date,

    /// <summary>One of several: radios up to <see cref="FieldView.MostRadios"/>, else a list.</summary>
    Choice,

    /// <summary>Any of several: checkboxes; sent as <c>name[]</c>.</summary>
    Choices,
    YesNo,

    /// <summary>One checkbox to agree with.</summary>
    Declaration,
    Files,

    /// <summary>Computed or looked up: shown, never asked for, never sent.</summary>
    Computed,
}

/// <summary>One thing in a section of a form: a <see cref="FieldView"/> or the lines, a <see cref="LinesView"/>.</summary>
public abstract record FormItem
{
    /// <summary>The id of an element from a path: <c>lines[0].stockCode</c> is <c>f-lines-0-stockCode</c>.</summary>
    public static string IdOf(string path) => "f-" + path.Replace("[", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '-');
}

/// <summary>One field as it is shown: its words, what stands in it, and what is wrong with it.</summary>
/// <param name="Path">Name in the answers: <c>contactEmail</c>, <c>lines[0].stockCode</c>; also the control's name.</param>
public sealed record FieldView(string Path, FieldKind Kind, LocalText Label) : FormItem
{
    /// <summary>More options than this become a list to open.</summary>
    public const int MostRadios = 6;

    public LocalText? Hint { get; init; }

    /// <summary>Required fields carry no mark; the few others say "(optional)".</summary>
    public bool IsOptional { get; init; }

    /// <summary>What was typed, as typed; for <see cref="FieldKind.Computed"/> the words to show. Dates as yyyy-MM-dd.</summary>
    public string? Value { get; init; }

    /// <summary>What is chosen, for <see cref="FieldKind.Choices"/>.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>How the answer reads where it can't be changed; null where there is none.</summary>
    public string? Reads { get; init; }

    public IReadOnlyList<OptionView> Options { get; init; } = [];

    public IReadOnlyList<FileView> Files { get; init; } = [];

    /// <summary>The file is itself what is sent: plain text is offered too.</summary>
    public bool IsTransmission { get; init; }

    /// <summary>A file to begin from; null where none is offered.</summary>
    public TemplateView? Template { get; init; }

    /// <summary>Shown behind the control: <c>shares</c>, <c>HKD</c>.</summary>
    public LocalText? Unit { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>What kind of day it is, for dates: "T+2", "half-day"; null where there is nothing to say.</summary>
    public LocalText? DayNote { get; init; }

    /// <summary>First and last date that can be right; the browser's own picker starts there. Checked by the server alone.</summary>
    public (DateOnly? From, DateOnly? To) Between { get; init; }

    public FieldFault? Fault { get; init; }

    /// <summary>Another eService that is pointed to from here; null where none is.</summary>
    public LeadView? Lead { get; init; }

    /// <summary>What whoever returned the request wrote about this field; null where nothing.</summary>
    public RemarkView? Remark { get; init; }

    /// <summary>Others depend on this one: with script, the form is asked for anew when it changes.</summary>
    public bool Refreshes { get; init; }

    /// <summary>Of another form than the one around it (the decision's fields stand among the answers); null for that one.</summary>
    public string? Form { get; init; }

    public string Id => IdOf(Path);

    /// <summary>A declaration that is only read: its words are a text, not a label.</summary>
    public bool WasDeclared { get; init; }

    /// <summary>The same, shown and not asked for.</summary>
    public FieldView AsRead() => this with { WasDeclared = Kind == FieldKind.Declaration, Kind = FieldKind.Computed, Value = Reads, Hint = null, Unit = null, Fault = null, Remark = null, Lead = null, IsOptional = false, Files = [] };
}

/// <summary>A file to begin from.</summary>
/// <param name="Columns">What stands in a detail of it, one after the other.</param>
public sealed record TemplateView(string Name, string Columns, string Href);

/// <summary>One choice.</summary>
/// <param name="Hint">For example the evidence that it asks for.</param>
public sealed record OptionView(string Value, LocalText Label, LocalText? Hint = null);

/// <summary>Another eService to go to, and why.</summary>
/// <param name="Name">As the catalogue calls it.</param>
public sealed record LeadView(LocalText Text, LocalText Name, string Href);

/// <summary>What one side wrote about one place of the request.</summary>
/// <param name="By">The role for participants ("Clearing house reviewer"); a name for staff.</param>
public sealed record RemarkView(string Text, LocalText By, Moment At);

/// <summary>A file of a request.</summary>
/// <param name="State">Text key below <c>file.</c>: <c>scanning</c>, <c>ready</c>, <c>infected</c>, <c>rejected</c>; shown as a state, not a spinner.</param>
public sealed record FileView(string Id, string Name, long Bytes, string Sha256, string State = "ready", string? Href = null, Moment? At = null);

/// <summary>Repeating lines, edited one card or row each.</summary>
/// <param name="Path">Name in the answers, usually <c>lines</c>.</param>
public sealed record LinesView(string Path, LocalText Label, IReadOnlyList<LineView> Lines) : FormItem
{
    public LocalText? Hint { get; init; }

    public int Max { get; init; } = 50;

    public FieldFault? Fault { get; init; }

    /// <summary>It came back for some of its lines: none is added, copied or taken away.</summary>
    public bool IsSettled { get; init; }

    /// <summary>What can be picked instead of typed; null where there is no source.</summary>
    public PickView? Pick { get; init; }

    /// <summary>Where rows of a spreadsheet can be pasted; null where lines can't be added.</summary>
    public PasteView? Paste { get; init; }

    /// <summary>The lines as a spreadsheet's file; null where they are none.</summary>
    public SheetView? Sheet { get; init; }

    /// <summary>Few and short columns fit a table; more become a card per line.</summary>
    public bool IsTable => Lines.Count > 0 && !IsSettled && Lines[0].Fields.Count <= 5 && Lines.All(l => l.Fields.All(f => f.Kind is not FieldKind.LongText and not FieldKind.Files) && l.Fields.Select(f => f.Label).SequenceEqual(Lines[0].Fields.Select(f => f.Label)));
}

/// <summary>One line of a form.</summary>
/// <param name="Title">What tells it from the others: "99003 · Nine Bridges Property"; null on a new one.</param>
/// <param name="IsLocked">Decided already: shown, not editable (only returned lines are open again).</param>
public sealed record LineView(int Index, string? Title, IReadOnlyList<FieldView> Fields, bool IsLocked = false, RemarkView? Remark = null)
{
    /// <summary>What was decided about a locked line.</summary>
    public LocalText? Outcome { get; init; }

    /// <summary>What was granted, or why not; null where there is nothing to say.</summary>
    public string? OutcomeText { get; init; }
}

/// <summary>Rows of the register that lines can be made from.</summary>
public sealed record PickView(LocalText Title, IReadOnlyList<LocalText> Columns, IReadOnlyList<PickRowView> Rows)
{
    /// <summary>What the rows were looked through for; empty where all are shown.</summary>
    public string Find { get; init; } = "";

    /// <summary>How many of the membership's entries don't fit what is answered above, and are not offered.</summary>
    public int NotFitting { get; init; }

    /// <summary>The name of the box for what is looked for: <c>find.lines</c>.</summary>
    public string Path { get; init; } = "find";
}

/// <summary>The box for rows of a spreadsheet.</summary>
/// <param name="Path">The box's name: <c>paste.lines</c>.</param>
/// <param name="Columns">In the order of a row without headings.</param>
/// <param name="Text">What is still in it: rows that could not be taken.</param>
public sealed record PasteView(string Path, IReadOnlyList<LocalText> Columns, string Text, IReadOnlyList<FieldFault> Faults);

/// <summary>Where the lines are downloaded as a spreadsheet, and a spreadsheet is uploaded.</summary>
/// <param name="Path">The control's name: <c>sheet.lines</c>.</param>
/// <param name="Href">Where they are downloaded from, without the ending.</param>
public sealed record SheetView(string Path, string Href, FieldFault? Fault);

/// <summary>One such row.</summary>
/// <param name="Key">Its key in the register; sent as <c>pick[]</c>.</param>
/// <param name="IsTaken">In the form already, or in another open request: shown, not to be picked.</param>
public sealed record PickRowView(string Key, IReadOnlyList<string> Cells, bool IsTaken = false)
{
    /// <summary>Ticked, and not added yet.</summary>
    public bool IsPicked { get; init; }
}

/// <summary>One line of the error summary: the same words as at the field.</summary>
public sealed record SummarisedFault(string Path, string Words);
