using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>Moves armed rows to the moments of the plan, each as far from its deadline as it was, and keeps where they came from.</summary>
internal static class MovedDeadlines
{
    /// <summary>Rows that wait for a moment which the calendar says; the others were due the moment they were written.</summary>
    public const string Planned = "('Passes', 'Wait', 'CutOff', 'Reminder', 'Escalation')";

    private const string Move =
        $"""
        WITH wanted AS (SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS w (request_id, step, visit, name, due, passes, rule, calendar, import)),
        old AS (
          SELECT d.id, d.due_at, w.due, w.rule, w.calendar, w.import,
            CASE d.kind WHEN 'Passes' THEN w.passes WHEN 'Reminder' THEN w.due - (d.passes_at - d.due_at) WHEN 'Escalation' THEN w.due - (d.passes_at - d.due_at) ELSE w.due END AS moment
          FROM wanted w JOIN deadlines.deadline d ON d.request_id = w.request_id AND d.step = w.step AND d.visit = w.visit AND d.name = w.name
          WHERE d.state = 'Armed' AND d.due_at > $10 AND d.kind IN {Planned}),
        moved AS (
          UPDATE deadlines.deadline d SET due_at = o.moment, passes_at = o.due, rule = o.rule, calendar_version = o.calendar FROM old o WHERE d.id = o.id)
        INSERT INTO deadlines.deadline_move (deadline_id, import_id, from_at, to_at, moved_at)
        SELECT o.id, o.import, o.due_at, o.moment, $10 FROM old o WHERE o.moment <> o.due_at
        ON CONFLICT (deadline_id, import_id) DO UPDATE SET to_at = excluded.to_at, moved_at = excluded.moved_at
        """;

    public static void AddTo(ClickBatch batch, IReadOnlyList<RequestEffects> requests)
    {
        var moved = new RowSet();
        foreach (var (effects, context) in requests)
        {
            foreach (var move in effects.OfType<MoveDeadline>())
            {
                var planned = context.Plan[move.Deadline]!;
                moved.Add(context.Request.Id.Value, move.Step, move.Visit, move.Deadline, planned.DueAt, planned.PassesAt, DeadlineWriter.RuleOf(planned), context.Plan.CalendarVersion, move.Import);
            }
        }

        if (moved.Count > 0) moved.AddTo(batch, Move, requests[0].Context.Now);
    }
}
