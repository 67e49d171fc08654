using ClientConnect.Workflows.EServices;

namespace ClientConnect.Workflows.Requests;

/// <summary>All memberships of the requesting firm: what a request may name beside the one that it is for, and what its flow may write for.</summary>
public sealed class MembershipsFact : IRequestFact
{
    /// <summary>Memberships as JSON, for those of <c>x</c> that a condition picks.</summary>
    internal static string Of(string where) =>
        $"""
        SELECT jsonb_agg(jsonb_build_object('id', x.id, 'clearingHouse', upper(x.clearing_house), 'participantId', x.participant_id, 'kind', x.kind, 'isChinaConnect', x.is_china_connect) ORDER BY x.clearing_house, x.id)
        FROM access.membership x WHERE {where}
        """;

    public string Name => "memberships";

    public string Sql { get; } = $"({Of("x.firm_id = r.firm_id")})";

    public bool IsOf(EServiceBundle bundle) => Memberships.AreNamed(bundle.Form) || bundle.Draws(Name);
}
