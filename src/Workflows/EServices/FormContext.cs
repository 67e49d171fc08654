using System.Text.Json.Nodes;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>All that a form may know besides its answers.</summary>
/// <param name="Now">The business clock, read once by the use case.</param>
/// <param name="Membership">For which membership the form is filled in.</param>
/// <param name="Register">What the register holds under a kind and key; null where it holds nothing. Answers at once: the use case has loaded what <see cref="FormEvaluator.Asks"/> named.</param>
/// <param name="Settings">As <see cref="EServiceDefinition.SettingValues"/> gives them.</param>
/// <param name="Files">The files uploaded for the request, with what rules may know of them.</param>
/// <param name="Person">Who fills in, for defaults; null where nobody in particular does.</param>
/// <param name="Sent">The answers as they were first sent; null for a draft. Fields that are fixed by then take theirs from here.</param>
public sealed record FormContext(
    DateTimeOffset Now,
    BusinessCalendar Calendar,
    HeldMembership Membership,
    string FirmName,
    Func<string, string, HeldEntry?> Register,
    JsonObject Settings,
    IReadOnlyDictionary<AttachmentId, AttachedFile> Files,
    FormPerson? Person = null,
    JsonObject? Sent = null)
{
    /// <summary>All memberships of the firm that the eService is for; empty where the use case has loaded none.</summary>
    public IReadOnlyList<HeldMembership> Memberships { get; init; } = [];

    /// <summary>Lines that may be changed, from 1, where all else stays as it was sent (<see cref="EServices.OpenLines"/>); null where the whole form is open.</summary>
    public IReadOnlySet<int>? OpenLines { get; init; }

    /// <summary>The membership's own entries of a kind, for counting them; empty where the use case has loaded none.</summary>
    public Func<string, IReadOnlyList<HeldEntry>> Own { get; init; } = _ => [];
}

/// <summary>An uploaded file as a form may know it; its content was looked at when it came in.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Examined">What was found in it, by the structure that it was held against; null where it was not examined.</param>
public sealed record AttachedFile(string Name, long Size, string Sha256, JsonObject? Examined = null)
{
    /// <summary>Lower case, without the dot.</summary>
    public string Extension => Name[(Name.LastIndexOf('.') + 1)..].ToLowerInvariant();

    /// <summary>The file as rules see it.</summary>
    public JsonObject ForRules() => new() { ["name"] = Name, ["extension"] = Extension, ["size"] = Size, ["sha256"] = Sha256, ["examined"] = Examined?.DeepClone() };
}

/// <summary>Who fills in: the defaults of the contact's fields.</summary>
public sealed record FormPerson(string Name, string Email);

/// <summary>An entry that the register holds now.</summary>
/// <param name="Membership">Whose it is; null where it is nobody's (a security).</param>
public sealed record HeldEntry(string Kind, string Key, MembershipId? Membership, JsonObject Values)
{
    /// <summary>The entry as rules see it: its values, with <c>key</c> and <c>membership</c>.</summary>
    public JsonObject ForRules()
    {
        var entry = (JsonObject)Values.DeepClone();
        entry["key"] = Key;
        entry["membership"] = Membership?.Value;
        return entry;
    }
}

/// <summary>A kind and key that a form asks the register for.</summary>
public readonly record struct RegisterAsk(string Kind, string Key)
{
    /// <summary><c>kind:key</c>: how a request refers to it.</summary>
    public string Ref => $"{Kind}:{Key}";
}

/// <summary>What came of filling in a form.</summary>
/// <param name="Answers">Cleaned, computed values filled in, vanished fields dropped; what could not be read is kept as it was typed.</param>
/// <param name="Faults">What keeps it from being sent; empty where nothing does.</param>
/// <param name="DraftFaults">The part of the faults that can't be a matter of not being finished: wrong types, lengths, unknown fields.</param>
/// <param name="Visible">Paths of the fields that are shown now (<c>lines[0].reasonDetail</c>).</param>
/// <param name="Required">Paths of the fields that have to be filled in now.</param>
/// <param name="Options">The options offered now, by the path of the choice.</param>
public sealed record FormEvaluation(
    JsonObject Answers,
    IReadOnlyList<FieldFault> Faults,
    IReadOnlyList<FieldFault> DraftFaults,
    IReadOnlySet<string> Visible,
    IReadOnlySet<string> Required,
    IReadOnlyDictionary<string, IReadOnlyList<FieldOption>> Options)
{
    /// <summary>Paths of the fields beside which another eService is pointed to now.</summary>
    public IReadOnlySet<string> Leading { get; init; } = new HashSet<string>();

    /// <summary>The form with the questions of the register entries that it found; null where nothing was evaluated by a form.</summary>
    public FormDefinition? Form { get; init; }

    /// <summary>Files to begin from that are offered now, by the path of their field.</summary>
    public IReadOnlyDictionary<string, OfferedTemplate> Templates { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, OfferedTemplate>.Empty;

    /// <summary>What the register holds for what was chosen, by the name of the field that looks it up; none for lines.</summary>
    public IReadOnlyDictionary<string, JsonObject> Entries { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, JsonObject>.Empty;

    /// <summary>It may be sent as it is.</summary>
    public bool IsComplete => Faults.Count == 0;
}

/// <summary>A file to begin from, as the answers have it now.</summary>
/// <param name="Name">Without the ending.</param>
/// <param name="Extension">The first that is taken.</param>
public sealed record OfferedTemplate(string Structure, string Name, string Extension, IReadOnlyList<string> Columns);
