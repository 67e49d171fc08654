using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>What the rules of forms may name, and what it is.</summary>
internal static class Scopes
{
    /// <summary>Names that the rules of a form may use.</summary>
    public static readonly IReadOnlySet<string> OfForms = new HashSet<string>(StringComparer.Ordinal)
    {
        "answers", "line", "decision", "milestone", "reported", "chosen", "attached", "totals", "value", "today", "now", "timeOfDay", "membership", "firm", "person", "settings", "register",
    };

    /// <summary>Names that deadlines and other rules over a request's facts may use.</summary>
    public static readonly IReadOnlySet<string> OfFacts = new HashSet<string>(StringComparer.Ordinal)
    {
        "facts", "now", "today", "timeOfDay", "request", "header", "membership", "answers", "lines", "milestones", "parts", "deadlines", "register", "settings", "places", "memberships",
    };

    public static Dictionary<string, JsonNode?> Of(FormContext context)
    {
        var now = context.Now.ToHongKong();
        return new(StringComparer.Ordinal)
        {
            ["answers"] = new JsonObject(),
            ["line"] = null,
            ["decision"] = null,
            ["milestone"] = null,
            ["reported"] = null,
            ["chosen"] = new JsonObject(),
            ["attached"] = new JsonObject(),
            ["totals"] = new JsonObject(),
            ["value"] = null,
            ["today"] = HongKong.DateIn(context.Now).Iso(),
            ["now"] = now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["timeOfDay"] = now.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["membership"] = Membership(context.Membership),
            ["firm"] = new JsonObject { ["name"] = context.FirmName, ["memberships"] = new JsonArray([.. context.Memberships.Select(m => (JsonNode)m.Id.Value)]) },
            ["person"] = context.Person is { } person ? new JsonObject { ["name"] = person.Name, ["email"] = person.Email } : null,
            ["settings"] = context.Settings,
            ["register"] = null,
        };
    }

    public static Dictionary<string, JsonNode?> Of(JsonObject facts)
    {
        var scope = OfFacts.ToDictionary(name => name, name => facts[name], StringComparer.Ordinal);
        scope["facts"] = facts;
        return scope;
    }

    public static JsonObject Membership(HeldMembership membership) => new()
    {
        ["id"] = membership.Id.Value,
        ["clearingHouse"] = membership.ClearingHouse.ToString().ToUpperInvariant(),
        ["participantId"] = membership.ParticipantId,
        ["kind"] = membership.Kind,
        ["isChinaConnect"] = membership.IsChinaConnect,
    };
}
