using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// What a participant fills in, as form.json says, with the shared header appended. Fields are worked through from top to
/// bottom, so a rule that finds a value may use only what stands above it; checks may use everything.
/// </summary>
/// <param name="Decision">What a reviewer grants; null where the request is decided as a whole.</param>
/// <param name="Milestones">What the clearing house reports on the way, in the order in which it is shown; null where nothing is.</param>
public sealed record FormDefinition(int Version, IReadOnlyList<FormSection> Sections, DecisionForm? Decision = null, IReadOnlyList<MilestoneForm>? Milestones = null)
{
    /// <summary>All fields in the order of the form, without the columns of lines.</summary>
    [JsonIgnore]
    public IReadOnlyList<FormField> Fields { get; } = [.. Sections.SelectMany(s => s.Fields)];

    /// <summary>All sets of repeating lines; where there are several, a choice shows one of them at a time.</summary>
    [JsonIgnore]
    public IReadOnlyList<FormField> SetsOfLines { get; } = [.. Sections.SelectMany(s => s.Fields).Where(f => f.Type == FieldType.Lines)];

    /// <summary>The repeating lines that a request is about: of several sets the one that its answers show (<see cref="Showing"/>), else the first; null where the form has none.</summary>
    [JsonIgnore]
    public FormField? Lines { get; private init; } = Sections.SelectMany(s => s.Fields).FirstOrDefault(f => f.Type == FieldType.Lines);

    /// <summary>The columns of all sets of lines, each name once: what rules may find at a line before the set is known.</summary>
    [JsonIgnore]
    public IReadOnlyList<FormField> LineColumns { get; } = [.. Sections.SelectMany(s => s.Fields).Where(f => f.Type == FieldType.Lines).SelectMany(f => f.Columns).DistinctBy(c => c.Name)];

    /// <summary>Its fields that look up questions, before those became fields (<see cref="EntryQuestions"/>); empty afterwards.</summary>
    [JsonIgnore]
    internal IReadOnlyList<FormField> Looking { get; init; } = [.. Sections.SelectMany(s => s.Fields).Where(f => f.Type == FieldType.Questions)];

    /// <summary>The form with the set of lines that these answers show; a set that is not shown holds nothing, not even an empty list.</summary>
    public FormDefinition Showing(JsonObject answers) =>
        SetsOfLines.Count > 1 && SetsOfLines.FirstOrDefault(l => answers[l.Name] is JsonArray) is { } shown && !ReferenceEquals(shown, Lines) ? this with { Lines = shown } : this;
}

/// <param name="Notice">Something that has to be known before filling in; null where there is nothing.</param>
public sealed record FormSection(string Key, LocalText Title, IReadOnlyList<FormField> Fields, LocalText? Help = null, LocalText? Notice = null);

/// <summary>What a reviewer grants, line by line.</summary>
/// <param name="Fields">What is granted where a line is approved.</param>
/// <param name="Reasons">Why a line is rejected or returned.</param>
/// <param name="Unique">What may be granted to one line only, each by itself: a number that is given out.</param>
public sealed record DecisionForm(IReadOnlyList<FormField> Fields, IReadOnlyList<FieldOption> Reasons, IReadOnlyList<string>? Unique = null);

/// <summary>How far the clearing house's work has got, and what it says of it: <c>ready</c>, with a serial number per line.</summary>
/// <param name="Title">What is reached: "Ready for collection".</param>
/// <param name="Fields">What is said once; rules see it as <c>milestone</c>.</param>
/// <param name="Line">What is said of each approved line; rules see it as <c>reported</c>, beside <c>line</c>.</param>
/// <param name="Shows">Another participant says it, of every line, and reads these answers and no others (<c>buyInDate</c>, <c>lines[].stockCode</c>). Null where the clearing house reports it.</param>
public sealed record MilestoneForm(string Name, LocalText Title, IReadOnlyList<FormField> Fields, IReadOnlyList<FormField>? Line = null, IReadOnlyList<string>? Shows = null)
{
    /// <summary>A counterparty says it.</summary>
    [JsonIgnore]
    public bool IsAnswer => Shows is not null;

    /// <summary>Names of the answers that a counterparty reads, without those of lines.</summary>
    [JsonIgnore]
    public IReadOnlySet<string> ShownAnswers => new HashSet<string>((Shows ?? []).Where(s => !s.Contains(Columns, StringComparison.Ordinal)), StringComparer.Ordinal);

    /// <summary>Columns of the lines that a counterparty reads.</summary>
    [JsonIgnore]
    public IReadOnlySet<string> ShownColumns => new HashSet<string>((Shows ?? []).Select(s => s.Split(Columns)).Where(s => s.Length == 2).Select(s => s[1]), StringComparer.Ordinal);

    private const string Columns = "[].";

    /// <summary>What is said of each approved line; empty where nothing is.</summary>
    [JsonIgnore]
    public IReadOnlyList<FormField> Lines => Line ?? [];
}

/// <summary>The kinds of fields; the value of each is one JSON type.</summary>
[JsonConverter(typeof(FieldTypeJson))]
public enum FieldType
{
    /// <summary>One line of text.</summary>
    Text,

    /// <summary>Several lines of text.</summary>
    LongText,

    /// <summary>A whole number, at most 15 digits.</summary>
    Integer,

    /// <summary>A number of a currency with <see cref="FormField.Places"/> places (2).</summary>
    Money,

    /// <summary>A number with <see cref="FormField.Places"/> places (6).</summary>
    Decimal,

    /// <summary>An ISO date as text.</summary>
    Date,

    /// <summary>One option's value.</summary>
    Choice,

    /// <summary>Several options' values.</summary>
    Choices,

    /// <summary>True or false.</summary>
    YesNo,

    /// <summary>True once it is made; required means that it has to be.</summary>
    Declaration,

    /// <summary>Ids of uploaded files.</summary>
    Files,

    Email,

    /// <summary>Eight digits for Hong Kong, else with + and country.</summary>
    Phone,

    /// <summary>Repeating lines, each with the <see cref="FormField.Columns"/>.</summary>
    Lines,

    /// <summary>Words in three languages that the register holds; never typed.</summary>
    Words,

    /// <summary>A whole entry of the register, for rules to read; never typed, shown or kept.</summary>
    Entry,

    /// <summary>What an entry of the register asks itself (<see cref="EntryQuestions"/>): kept with the answers, each of them a field of its own.</summary>
    Questions,
}

/// <summary>One field, or one column of repeating lines.</summary>
public sealed record FormField
{
    public required string Name { get; init; }

    public required FieldType Type { get; init; }

    public required LocalText Label { get; init; }

    public LocalText? Hint { get; init; }

    /// <summary>Whether it has to be filled in before sending (a draft may always be saved).</summary>
    public Rule Required { get; init; } = Rule.Never;

    public Rule? VisibleWhen { get; init; }

    /// <summary>What is typed into a field that vanishes is dropped, unless this is false.</summary>
    public bool ClearedWhenHidden { get; init; } = true;

    /// <summary>For rules only: never shown to anybody.</summary>
    public bool Hidden { get; init; }

    /// <summary>Computed: what is sent for the field counts for nothing.</summary>
    public Rule? Value { get; init; }

    /// <summary>Computed until it is first sent; from then on it stays, however late a correction comes.</summary>
    public bool FixedOnceSent { get; init; }

    /// <summary>Computed: a date counted on the business calendar.</summary>
    public CalendarRule? Calendar { get; init; }

    /// <summary>Computed: what the register holds.</summary>
    public RegisterLookup? Lookup { get; init; }

    /// <summary>Computed: how many entries the membership itself has.</summary>
    public RegisterCount? Count { get; init; }

    /// <summary>What stands in the field before anybody typed.</summary>
    public Rule? Default { get; init; }

    /// <summary>Least number or first date; for lines and files the least count.</summary>
    public Rule? Min { get; init; }

    /// <summary>Greatest number or last date; for lines and files the greatest count.</summary>
    public Rule? Max { get; init; }

    /// <summary>Characters; where null 200, for a long text 1,000.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Of a text; of files their names.</summary>
    public string? Pattern { get; init; }

    public LocalText? PatternMessage { get; init; }

    public Normalisation? Normalise { get; init; }

    /// <summary>Decimal places of money and decimals; where null 2 and 6.</summary>
    public int? Places { get; init; }

    public LocalText? Unit { get; init; }

    /// <summary>A date must be such a day.</summary>
    public DayKindRule? DayKind { get; init; }

    public IReadOnlyList<FieldCheck> Checks { get; init; } = [];

    public IReadOnlyList<FieldOption> Options { get; init; } = [];

    /// <summary>A shared list of options (<c>_shared/reasons.json#buy-in</c>) that the loader puts into <see cref="Options"/>, or <see cref="OfMemberships"/>.</summary>
    public string? OptionsFrom { get; init; }

    /// <summary>What a declaration declares.</summary>
    public IReadOnlyList<LocalText> Statements { get; init; } = [];

    public IReadOnlyList<FormField> Columns { get; init; } = [];

    /// <summary>Columns that together may occur only once among the lines.</summary>
    public IReadOnlyList<string> Unique { get; init; } = [];

    /// <summary>As a column, or as what is reported of a line: no two lines may have the same here, each that says so by itself.</summary>
    public bool Distinct { get; init; }

    public Pick? Pick { get; init; }

    /// <summary>For files that are themselves what is sent; null for those that only go with a request.</summary>
    public Transmission? Transmission { get; init; }

    /// <summary>Another eService that is pointed to beside the field, by its key.</summary>
    public LeadsTo? LeadsTo { get; init; }

    /// <summary>What <see cref="OptionsFrom"/> says where the options are the memberships of the firm that asks.</summary>
    public const string OfMemberships = "memberships";

    /// <summary>The options are the firm's own memberships that the eService is for.</summary>
    [JsonIgnore]
    public bool NamesMemberships => OptionsFrom == OfMemberships;

    /// <summary>Nobody types it: it is computed or looked up.</summary>
    [JsonIgnore]
    public bool IsComputed => Value is not null || Calendar is not null || Lookup is not null || Count is not null;
}

/// <summary>Another eService, for what this one is not for.</summary>
/// <param name="EService">Its key.</param>
/// <param name="When">Over the form's names.</param>
/// <param name="Text">Why one would go there.</param>
public sealed record LeadsTo(string EService, Rule When, LocalText Text);

/// <summary>What a file that is itself what is sent must be like; may be larger than other files, and may be plain text.</summary>
/// <param name="Extensions">A text that names those that are taken: <c>'csv, txt'</c>.</param>
/// <param name="Largest">In megabytes; null for as much as the portal takes.</param>
/// <param name="Structure">The name of the structure that its lines must keep; null where they need none.</param>
/// <param name="Template">What such a file begins from; null where none is offered.</param>
public sealed record Transmission(Rule Extensions, Rule? Largest = null, Rule? Structure = null, TemplateRules? Template = null);

/// <summary>A file to begin from, in the structure that is asked for.</summary>
/// <param name="Name">Its name without the ending, parted by underscores; the same parts stand in its header.</param>
/// <param name="Columns">A text that names what a detail holds: <c>'account, name, quantity'</c>.</param>
public sealed record TemplateRules(Rule Name, Rule Columns);

/// <summary>The n-th day of a kind after a date.</summary>
/// <param name="From">An ISO date.</param>
public sealed record CalendarRule(Rule From, Rule Plus, DayKindRule Days);

/// <summary>What the register holds under a key; of several keys, a list, the first under which it holds something.</summary>
/// <param name="Take">The name of one value; null for the whole entry, with its <c>key</c> and <c>membership</c>.</param>
public sealed record RegisterLookup(string Kind, Rule Key, string? Take = null);

/// <summary>How many entries of a kind the membership itself has in force: expressions can't loop over them.</summary>
/// <param name="When">Which of them count, over <c>entry</c> and the form's names; null for all.</param>
public sealed record RegisterCount(string Kind, Rule? When = null);

/// <summary>A condition that must hold, and what to say where it doesn't; not asked while the field is empty.</summary>
/// <param name="When">Must be true; <c>value</c> is the field's own.</param>
public sealed record FieldCheck(Rule When, LocalText Message);

/// <param name="Evidence">Choosing it asks for a file; rules see it as <c>chosen.field.evidence</c>.</param>
/// <param name="Help">What is meant, or what usually proves it.</param>
/// <param name="Remarks">Of a reason of a decision: it says nothing by itself, so that remarks must stand beside it.</param>
public sealed record FieldOption(string Value, LocalText Label, Rule? VisibleWhen = null, bool Evidence = false, LocalText? Help = null, bool Remarks = false);

/// <summary>How harmless differences in typing are evened out: "700 " becomes "00700".</summary>
/// <param name="PadLeft">Digits are filled up to this length.</param>
/// <param name="Compact">White space inside is dropped.</param>
/// <param name="Lower">For what is the same in capitals and small letters and kept in small ones: an email address that is a key.</param>
/// <param name="Several">Several in one text, parted by commas, semicolons or white space: kept as <c>A1, A2</c>, and none may stand there twice.</param>
public sealed record Normalisation(int? PadLeft = null, char Pad = '0', bool Upper = false, bool Compact = false, bool Lower = false, bool Several = false)
{
    /// <summary>What stands between several.</summary>
    public const string Between = ", ";
}

/// <summary>
/// Lines that are picked from the register's entries of the own membership instead of typed; for a text, an entry of the own membership or of
/// nobody's, whose key it takes.
/// </summary>
/// <param name="Show">Names of the entry's values that help to choose.</param>
/// <param name="Fill">Per column an expression over <c>entry</c>: its values, its <c>key</c> and its <c>membership</c>.</param>
/// <param name="When">Which entries fit the answers, over <c>entry</c> and the form's names; the others are counted, not offered. Null: all.</param>
public sealed record Pick(string Kind, IReadOnlyList<string> Show, IReadOnlyDictionary<string, Rule> Fill, Rule? When = null);

internal sealed class FieldTypeJson() : JsonStringEnumConverter<FieldType>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
