using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>
/// Who waits longest comes first: places that are free go to the first of the waiting list, as long as all of its people fit; nobody behind it
/// overtakes. The caller holds the occasion's row.
/// </summary>
internal static class WaitingList
{
    private static string Promote(string occasion) =>
        $"""
        UPDATE enrolment.enrolment w SET state = 'Enrolled', promoted_at = $3
        FROM (SELECT q.request_id, sum(q.places) OVER (ORDER BY q.position) AS needed FROM enrolment.enrolment q WHERE q.occasion = {occasion} AND q.state = 'Waiting') line,
             (SELECT (e.values->>'capacity')::int - (SELECT coalesce(sum(p.places), 0) FROM enrolment.enrolment p WHERE p.occasion = e.key AND p.state = 'Enrolled') AS free
              FROM register.entry e WHERE e.kind = '{Occasion.Kind}' AND e.key = {occasion} AND e.valid_to IS NULL AND e.membership_id IS NULL AND e.values->>'status' <> 'CANCELLED') left_over
        WHERE w.request_id = line.request_id AND line.needed <= left_over.free RETURNING w.request_id
        """;

    /// <param name="occasion">The occasion's key as SQL over <c>$4</c>.</param>
    public static void MoveUp(ClickBatch batch, DateTimeOffset now, string occasion, SqlValue value) =>
        FallsDue.Add(batch, DeadlineKind.Place, "places", now, Promote(occasion), value);
}
