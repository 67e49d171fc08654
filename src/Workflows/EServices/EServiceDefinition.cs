using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Workflows.EServices;

/// <summary>What an eService is, as service.json says: who may use it, who decides, by when, and what it touches.</summary>
public sealed record EServiceDefinition
{
    /// <summary>Kebab-case English, never renamed: folder, database key and part of addresses.</summary>
    public required string Key { get; init; }

    /// <summary>As the market knows it: "Set 1".</summary>
    public required string Id { get; init; }

    /// <summary>Begins the request numbers: SET1-20261123-00017.</summary>
    public required string Code { get; init; }

    public required LocalText Name { get; init; }

    public required LocalText Summary { get; init; }

    public required string Category { get; init; }

    public required IReadOnlyList<ClearingHouse> ClearingHouses { get; init; }

    public required Eligibility Eligibility { get; init; }

    /// <summary>The clearing house's team that does the work.</summary>
    public required string Team { get; init; }

    public required Parts Parts { get; init; }

    /// <summary>House rules that do not hold here, each with its reason and who answers for it; every release shows them.</summary>
    public IReadOnlyList<Exemption> Exemptions { get; init; } = [];

    public HelpTexts? Help { get; init; }

    /// <summary>Configured values that rules read as <c>settings.name</c>.</summary>
    public IReadOnlyDictionary<string, Setting> Settings { get; init; } = new Dictionary<string, Setting>();

    public required Processing Processing { get; init; }

    /// <summary>Register values that reviewers see beside the request; part of the content hash.</summary>
    public IReadOnlyList<ShownEntries> Register { get; init; } = [];

    /// <summary>Kinds of register entries that only this eService makes; the others are in <c>_shared/register.json</c>.</summary>
    public IReadOnlyDictionary<string, RegisterKind> Kinds { get; init; } = new Dictionary<string, RegisterKind>();

    public IReadOnlyList<Touch> Touches { get; init; } = [];

    public IReadOnlyList<DeadlineRule> Deadlines { get; init; } = [];

    public Withdrawal? Withdrawal { get; init; }

    /// <summary>What the clearing house publishes for its participants to download; null where nothing is.</summary>
    public Downloads? Downloads { get; init; }

    /// <summary>Who is told where the clearing house cancels what requests are about; null where nothing of the kind can happen.</summary>
    public CancelNotice? Cancellation { get; init; }

    /// <summary>What <c>settings</c> is in rules: each setting's value by name.</summary>
    public JsonObject SettingValues() => new(Settings.Select(s => KeyValuePair.Create(s.Key, s.Value.Value?.DeepClone())));

    /// <summary>Whether a membership may use the eService; rights of the person come on top.</summary>
    public bool IsFor(HeldMembership membership) =>
        ClearingHouses.Contains(membership.ClearingHouse)
        && (Eligibility.Kinds.Count == 0 || Eligibility.Kinds.Contains(membership.Kind))
        && (!Eligibility.ChinaConnectOnly || membership.IsChinaConnect);
}

/// <param name="Kinds">Kinds of membership; empty for all.</param>
public sealed record Eligibility(IReadOnlyList<string> Kinds, bool ChinaConnectOnly = false);

/// <summary>How many different people have to answer in each part; none only by an exemption from the rule of the part.</summary>
public sealed record Parts(int Check = 1, int Review = 1, int Approval = 1);

/// <summary>A house rule that does not hold for one eService, and why.</summary>
/// <param name="Rule">The rule's name, as <see cref="Flow.HouseRules.All"/> lists them.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Step">The one step at which it does not hold; null where it holds nowhere.</param>
public sealed record Exemption(string Rule, string Reason, string Owner, string? Step = null)
{
    /// <summary>Whether a broken rule is what is exempted.</summary>
    internal bool Covers(Flow.FlowFault broken) => Rule == broken.Code && (Step is null || Step == broken.Step);
}

/// <summary>In-app help under the manual's four headings; null where there is nothing to say.</summary>
public sealed record HelpTexts(LocalText? WhenToUse = null, LocalText? About = null, LocalText? Sample = null, LocalText? Highlights = null);

/// <summary>A configured value, with where it comes from; not verified means that it may not be shown as the exchange's rule.</summary>
public sealed record Setting(JsonNode? Value, string Source, bool Verified, string? Unit = null, LocalText? Label = null);

/// <summary>What happens with a checker's send on a day on which the eService isn't processed.</summary>
[JsonConverter(typeof(OtherwiseJson))]
public enum Otherwise
{
    /// <summary>It is refused, with the next such day.</summary>
    Reject,

    /// <summary>It is taken, and counts as sent on the next such day.</summary>
    Defer,

    /// <summary>It is taken at any time.</summary>
    Accept,
}

/// <summary>On which days the eService is processed.</summary>
/// <param name="CheckerNeeds">How long before a deadline the maker should send, so that the checker has time.</param>
/// <param name="MakerNeeds">How much working time filling in takes; from it follows when to begin.</param>
/// <param name="Opens">From when on such a day; null for the whole day.</param>
public sealed record Processing(DayKindRule Day, Otherwise Otherwise, TimeOnly? Opens = null, TimeSpan CheckerNeeds = default, TimeSpan MakerNeeds = default);

/// <param name="Key">Where the keys stand in the answers: <c>lines[].positionNo</c>.</param>
public sealed record ShownEntries(string Name, string Kind, string Key, LocalText? Label = null);

/// <param name="Values">What an entry of the kind holds: names with their labels.</param>
public sealed record RegisterKind(LocalText Label, IReadOnlyDictionary<string, LocalText> Values)
{
    /// <summary>What the key of an entry is called; null where it has no name of its own.</summary>
    public LocalText? Key { get; init; }

    /// <summary>By the value's name, what its codes are called; a code without words is shown as it is.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, LocalText>> Words { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, LocalText>>();

    /// <summary>Participants do not look it up, not even their own.</summary>
    public bool ForClearingHouse { get; init; }

    /// <summary>How files bring entries of it; null where none do.</summary>
    public ImportFormat? Fed { get; init; }

    /// <summary>The value that says on which day an entry holds for the last time; null where entries hold until something ends them.</summary>
    public string? LastDay { get; init; }

    /// <summary>By language the value of an entry that the portal calls the firm by from then on; null where entries give no name.</summary>
    public IReadOnlyDictionary<string, string>? FirmName { get; init; }
}

/// <summary>Something that an open request touches: <c>position:{lines[].positionNo}</c>.</summary>
/// <param name="Exclusive">A second open request with the same touch is refused; else both are only marked.</param>
public sealed record Touch(string Key, bool Exclusive = false);

/// <summary>A deadline as a rule: an anchor date, some days more or less, and a time.</summary>
/// <param name="When">Which requests the rule is for; null for all. Rules that share a name are tried in order.</param>
/// <param name="Anchor">An ISO date; while it is null the deadline isn't planned yet.</param>
/// <param name="Plus">Days of the kind <paramref name="Days"/> from the anchor; negative before it.</param>
/// <param name="Time">"19:00", or the name of a setting or an answer that holds it: "settings.cutOffTime".</param>
/// <param name="Late">Until when what comes after the deadline is still taken; null where nothing is.</param>
public sealed record DeadlineRule(
    string Name,
    LocalText Label,
    Rule Anchor,
    DayKindRule Days,
    string Time,
    string Source,
    bool Verified,
    int Plus = 0,
    Rule? When = null,
    LateRule? Late = null,
    DeadlineBehaviour Behaviour = DeadlineBehaviour.Reject)
{
    /// <summary>Counted from the day on which it is planned: whoever missed it can be given another.</summary>
    [JsonIgnore]
    public bool MovesOn => Anchor.Expression is { } anchor && (anchor.Names.Overlaps(["now", "today", "timeOfDay"]) || anchor.Paths.Overlaps(["facts.now", "facts.today", "facts.timeOfDay"]));
}

/// <param name="Plus">Counted from the anchor, like the deadline itself.</param>
public sealed record LateRule(string Time, int Plus = 0);

/// <summary>What becomes of what comes after the deadline.</summary>
[JsonConverter(typeof(DeadlineBehaviourJson))]
public enum DeadlineBehaviour
{
    /// <summary>It is refused.</summary>
    Reject,

    /// <summary>It counts for the next day.</summary>
    Defer,

    /// <summary>It is taken and marked as late.</summary>
    FlagLate,
}

/// <param name="While">Statuses in which the participant may withdraw.</param>
/// <param name="Template">The notice that is sent.</param>
public sealed record Withdrawal(IReadOnlyList<string> While, string Template, IReadOnlyList<string> To)
{
    /// <summary>By status the deadline until which it may be; a status that is not named knows none.</summary>
    public IReadOnlyDictionary<string, string> Until { get; init; } = new Dictionary<string, string>();
}

/// <param name="Template">The notice that is sent.</param>
public sealed record CancelNotice(string Template, IReadOnlyList<string> To);

/// <summary>Files that the clearing house publishes for participants.</summary>
/// <param name="KeepDays">For how many days they stay: the name of the setting that says it, "settings.retentionDays".</param>
/// <param name="Types">The kinds of files, each a folder of its own.</param>
public sealed record Downloads(string KeepDays, IReadOnlyList<FieldOption> Types);

internal sealed class OtherwiseJson() : JsonStringEnumConverter<Otherwise>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);

internal sealed class DeadlineBehaviourJson() : JsonStringEnumConverter<DeadlineBehaviour>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
