using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>
/// Lets the flows of other requests hear what a click brought about for them: a row for each that is due at once, at the step where its run
/// waits. The next sweep does it, under that request's own lock; nobody waits for another's request inside a click.
/// </summary>
public static class FallsDue
{
    /// <param name="requests">An SQL query that gives <c>request_id</c>s, with <c>$4</c> and on for <paramref name="values"/>; it may be an UPDATE … RETURNING.</param>
    public static void Add(ClickBatch batch, DeadlineKind kind, string name, DateTimeOffset now, string requests, params ReadOnlySpan<SqlValue> values) =>
        batch.Add(
            $"""
            WITH called AS ({requests})
            INSERT INTO deadlines.deadline (id, request_id, step, visit, name, kind, due_at, passes_at, recipients, state, planned_at, rule, calendar_version)
            SELECT gen_random_uuid(), r.id, r.run->'tokens'->0->>'step', (r.run->'tokens'->0->>'visit')::int, $1, $2, $3, $3, ARRAY[]::text[], 'Armed', $3, $1, ''
            FROM called c JOIN requests.service_request r ON r.id = c.request_id WHERE r.closed_at IS NULL AND jsonb_array_length(r.run->'tokens') > 0
            """,
            [name, kind.ToString(), now, .. values]);
}
