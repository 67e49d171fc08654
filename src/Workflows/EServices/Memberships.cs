using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>Memberships that a request names beside the one that it is for: all of them the requesting firm's own. Pure.</summary>
public static class Memberships
{
    /// <summary>What can be chosen: each by its clearing house and participant ID.</summary>
    public static IReadOnlyList<FieldOption> Options(IReadOnlyList<HeldMembership> memberships) =>
        [.. memberships.Select(m => new FieldOption(m.Id.Value, new LocalText(Name(m))))];

    /// <summary>The firm's memberships that a form may name; empty where it names none.</summary>
    public static IReadOnlyList<HeldMembership> For(EServiceBundle bundle, IEnumerable<HeldMembership> ofFirm) =>
        AreNamed(bundle.Form) ? [.. ofFirm.Where(bundle.Service.IsFor)] : [];

    public static bool AreNamed(FormDefinition form) => form.Fields.Any(f => f.NamesMemberships);

    /// <summary>Those that the answers name, whether or not there are such.</summary>
    public static IReadOnlyList<MembershipId> Named(FormDefinition form, JsonObject answers) =>
        [.. form.Fields.Where(f => f.NamesMemberships).SelectMany(f => answers[f.Name] as JsonArray ?? []).Select(m => m.Text()).OfType<string>().Distinct().Select(m => new MembershipId(m))];

    /// <summary>Memberships as the database gives them for the facts of a request.</summary>
    public static IReadOnlyList<HeldMembership> Read(JsonNode? facts) => [.. (facts as JsonArray ?? []).OfType<JsonObject>().Select(m => new HeldMembership(
        new MembershipId((string)m["id"]!), Enum.Parse<ClearingHouse>((string)m["clearingHouse"]!, ignoreCase: true), (string)m["participantId"]!, (string)m["kind"]!, (bool)m["isChinaConnect"]!))];

    /// <summary>"HKSCC B09001".</summary>
    public static string Name(HeldMembership membership) => $"{membership.ClearingHouse.ToString().ToUpperInvariant()} {membership.ParticipantId}";
}
