using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>One entry of the register as it is read; what its values are called, only the kind's own folder knows.</summary>
/// <param name="Membership">Whose it is; null for what everybody reads.</param>
/// <param name="ValidFrom">May lie ahead, where a change takes effect later.</param>
/// <param name="Request">The request that brought it; null for what came from elsewhere.</param>
public sealed record RegisterEntry(
    Guid Id,
    string Kind,
    string Key,
    MembershipId? Membership,
    FirmId? Firm,
    JsonObject Values,
    DateTimeOffset ValidFrom,
    RequestId? Request,
    int? Line)
{
    /// <summary><c>kind:key</c>: how a request refers to it.</summary>
    public string Ref => $"{Kind}:{Key}";
}
