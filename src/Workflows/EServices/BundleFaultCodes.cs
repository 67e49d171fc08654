using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// Codes of what can be wrong with an eService's folder beside its flow, for machines: they never change. What is wrong with the flow has
/// a house rule's name (<see cref="HouseRules.All"/>) or one of <see cref="FaultCodes"/>.
/// </summary>
public static class BundleFaultCodes
{
    public const string FileMissing = "file-missing";

    /// <summary>No file of that name belongs into the folder.</summary>
    public const string FileUnknown = "file-unknown";

    /// <summary>A file is no JSON, or none that can be read into what it stands for.</summary>
    public const string NotReadable = "not-readable";

    /// <summary>A file is not as its JSON Schema says.</summary>
    public const string Schema = "schema";

    /// <summary>service.json has another key than the folder.</summary>
    public const string Key = "key";

    /// <summary>A deadline's time is none, or several rules of one deadline can't be told apart.</summary>
    public const string DeadlineRule = "deadline-rule";

    /// <summary>What a kind of entries calls its last day is no date.</summary>
    public const string LastDay = "last-day";

    /// <summary>Nobody plays a part, and no exemption says why.</summary>
    public const string Part = "part";

    /// <summary>An exemption of no house rule, without reason or owner, doubled, or not needed.</summary>
    public const string Exemption = "exemption";

    /// <summary>A name in the form stands there twice.</summary>
    public const string DuplicateName = "duplicate-name";

    /// <summary>Lines where none can be, without columns, or what only lines have.</summary>
    public const string Lines = "lines";

    public const string Options = "options";

    /// <summary>A field that nobody can type into and nothing computes, or that is computed in two ways.</summary>
    public const string Computed = "computed";

    public const string Pattern = "pattern";

    /// <summary>A mail does not begin with its subject.</summary>
    public const string MailSubject = "mail-subject";

    /// <summary>A mail is missing in one of the three languages.</summary>
    public const string MailLanguage = "mail-language";

    public const string Story = "story";

    /// <summary>The flow would do what nothing in this build carries out.</summary>
    public const string Effect = "effect";
}
