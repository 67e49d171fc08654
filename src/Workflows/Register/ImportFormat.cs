using System.Text.Json.Serialization;

namespace ClientConnect.Workflows.Register;

/// <summary>How the cells of a column are read.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CellType>))]
public enum CellType
{
    Text,
    Integer,
    Decimal,
    Date,
    YesNo,

    /// <summary>One of <see cref="ImportColumn.Options"/>.</summary>
    Choice,

    /// <summary>Words in three languages: <c>name</c> in English, and where the file has them <c>name.zh-Hant</c> and <c>name.zh-Hans</c>.</summary>
    Words,
}

/// <summary>Whose the entries of a fed kind are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EntriesOf>))]
public enum EntriesOf
{
    /// <summary>Nobody's in particular: everybody reads them.</summary>
    Everybody,

    /// <summary>Each line names a membership.</summary>
    Memberships,
}

/// <summary>One value that a file brings for each entry.</summary>
/// <param name="Required">No cell of it may be empty.</param>
/// <param name="Least">The smallest number that can be right; null for none.</param>
/// <param name="MaxLength">Of a text; null for <see cref="ImportFormat.LongestText"/>.</param>
public sealed record ImportColumn(CellType Type, bool Required = false, decimal? Least = null, int? MaxLength = null)
{
    public IReadOnlyList<string> Options { get; init; } = [];
}

/// <summary>How entries of a kind come in files, as <c>register.json</c> says.</summary>
/// <param name="Columns">By the value's name, in the order in which they are shown.</param>
/// <param name="Whole">A file is all that there is: what it no longer brings ends.</param>
/// <param name="Key">The value that repeats the key; null where none does.</param>
public sealed record ImportFormat(EntriesOf Of, IReadOnlyDictionary<string, ImportColumn> Columns, bool Whole = false, string? Key = null)
{
    /// <summary>Names of the columns that say whose an entry is and what it is called.</summary>
    public const string MembershipColumn = "membership", KeyColumn = "key";

    public const int LongestText = 200;

    /// <summary>What the column of the key is called.</summary>
    public string KeyName { get; init; } = KeyColumn;

    /// <summary>How keys are read.</summary>
    public CellType KeyType { get; init; } = CellType.Text;
}

/// <summary>What is known of a kind beside its words.</summary>
/// <param name="ForClearingHouse">Participants do not look it up, not even their own.</param>
/// <param name="Fed">Null where no file brings entries of it.</param>
/// <param name="LastDay">The value that says on which day an entry holds for the last time; null where entries hold until something ends them.</param>
public sealed record KindRule(bool ForClearingHouse = false, ImportFormat? Fed = null, string? LastDay = null);

/// <summary>The kinds that are looked up. Closed by default: entries of a kind that is not here are nobody's to look up.</summary>
public interface IRegisterKinds
{
    IReadOnlyDictionary<string, KindRule> All();
}
