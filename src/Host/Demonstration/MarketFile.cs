using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Demonstration;

/// <summary>The demonstration market as its file says: firms, people, register entries, and the rule by which positions are made.</summary>
/// <param name="Password">One for all accounts; they exist in Development only.</param>
/// <param name="Parts">What an account's name stands for: its rights or roles.</param>
internal sealed record MarketFile(
    string Password,
    IReadOnlyDictionary<string, MarketPart> Parts,
    IReadOnlyList<MarketFirm> Firms,
    IReadOnlyList<MarketEntry> Entries,
    IReadOnlyList<MarketAttachment> Files,
    PositionRule Positions)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    public static MarketFile Read()
    {
        using var file = Open("market.json");
        return JsonSerializer.Deserialize<MarketFile>(file, Options)!;
    }

    /// <summary>A file that lies beside the market's.</summary>
    public static byte[] Content(string name)
    {
        using var file = Open(name);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private static Stream Open(string name) => typeof(MarketFile).Assembly.GetManifestResourceStream($"Demonstration/{name}")
        ?? throw new InvalidOperationException($"Demonstration/{name} is not part of this build.");
}

/// <param name="Rights"><c>view</c>, <c>make</c>, <c>check</c>: for every eService and all memberships of the firm.</param>
internal sealed record MarketPart(IReadOnlyList<string>? Rights = null, IReadOnlyList<Role>? Roles = null);

/// <param name="Domain">What stands after the @ in its people's addresses.</param>
internal sealed record MarketFirm(
    string CompanyId,
    LocalText Name,
    string Domain,
    IReadOnlyList<MarketMembership> Memberships,
    IReadOnlyList<MarketPerson> People,
    bool IsClearingHouse = false);

internal sealed record MarketMembership(string Id, ClearingHouse ClearingHouse, string ParticipantId, string Kind, bool IsChinaConnect = false)
{
    public HeldMembership Held => new(new MembershipId(Id), ClearingHouse, ParticipantId, Kind, IsChinaConnect);
}

/// <param name="Account">What stands before the @, and names the part.</param>
internal sealed record MarketPerson(string Account, string Name, string Position, string Phone, string Language = "en", bool Contact = false);

/// <param name="Membership">Null for what everybody reads.</param>
internal sealed record MarketEntry(string Kind, string Key, JsonObject Values, string? Membership = null);

/// <summary>A file that every participant has, to answer fields that ask for one.</summary>
/// <param name="Purpose">The name of the field that it is meant for.</param>
/// <param name="Name">May hold <c>{participant}</c>: the ID of the firm's first membership.</param>
/// <param name="Content">The embedded file that it is a copy of; null for the one of its own name.</param>
internal sealed record MarketAttachment(string Purpose, string Name, string? Content = null);

/// <summary>How open positions are made for a day.</summary>
/// <param name="Values">Name of each value, and which of the rule's own values it gets: <c>@key</c>, <c>@security</c>, <c>@market</c>, <c>@tradeDay</c>, <c>@dueDay</c>, <c>@quantity</c>.</param>
internal sealed record PositionRule(
    string Kind,
    IReadOnlyDictionary<string, string> Values,
    PositionSecurities Securities,
    IReadOnlyDictionary<string, PositionSet> Sets,
    IReadOnlyList<PositionHolder> Holders);

/// <summary>Which entries are securities that positions can be in, and where their market and board lot stand.</summary>
internal sealed record PositionSecurities(string Kind, JsonObject Where, string MarketIn, string LotIn);

/// <summary>Positions of one market that are due on one day.</summary>
/// <param name="Letter">Stands in the position's number.</param>
/// <param name="Due">Days of that kind from today: 0 is due today, -1 is one day overdue.</param>
/// <param name="Trade">Days of that kind from the day on which it is due.</param>
internal sealed record PositionSet(char Letter, string Market, DayKind Days, int Due, int Trade);

/// <param name="Sets">How many positions of each set.</param>
internal sealed record PositionHolder(string Membership, char Letter, IReadOnlyDictionary<string, int> Sets);
