using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>
/// For the flow of a request that speaks of an occasion: how many places are free there beside its own, how many requests wait, and what its firm
/// has. By occasion; as of the moment at which the request was loaded, and checked again when places are written. With what mails say of the activity.
/// </summary>
public sealed class PlacesFact : IRequestFact
{
    /// <summary>What is so for places at the occasion <c>e</c> of the register, without those of a request.</summary>
    /// <param name="request">SQL of the request whose own places do not count.</param>
    /// <param name="firm">SQL of its firm.</param>
    /// <param name="membership">SQL of the membership that it is for.</param>
    internal static string Counted(string request, string firm, string membership) =>
        $"""
        SELECT coalesce(sum(p.places) FILTER (WHERE p.state = 'Enrolled'), 0)::int AS taken, (count(*) FILTER (WHERE p.state = 'Waiting'))::int AS waiting,
               coalesce(sum(p.places) FILTER (WHERE p.firm_id = {firm} AND p.state <> 'GivenUp'), 0)::int AS of_firm,
               (count(*) FILTER (WHERE p.membership_id = {membership} AND p.state <> 'GivenUp'))::int AS of_membership
        FROM enrolment.enrolment p WHERE p.occasion = e.key AND p.request_id <> {request}
        """;

    public string Name => "places";

    public string Sql { get; } =
        $"""
        CASE WHEN EXISTS (SELECT FROM unnest(r.register_refs) x WHERE x LIKE '{Occasion.Kind}:%') THEN
          (SELECT jsonb_object_agg(e.key, jsonb_build_object('free', (e.values->>'capacity')::int - c.taken, 'waiting', c.waiting, 'ofFirm', c.of_firm, 'ofMembership', c.of_membership,
             'mostPerFirm', e.values->'mostPerFirm', 'hasWaitingList', e.values->'waitingList', 'isCancelled', e.values->>'status' = 'CANCELLED',
             'activity', jsonb_build_object('name', e.values->'title', 'place', e.values->>'venue', 'at', e.values->>'date' || 'T' || (e.values->>'starts') || ':00+08:00')))
           FROM register.entry e CROSS JOIN LATERAL ({Counted("r.id", "r.firm_id", "r.membership_id")}) c
           WHERE e.kind = '{Occasion.Kind}' AND e.ref = ANY (r.register_refs) AND e.valid_to IS NULL AND e.membership_id IS NULL) END
        """;

    public IReadOnlyList<string> Words => [Name, "ClientConnect.Enrol"];
}
