using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>Opens and closes tasks in the transaction that moves the token; a task's id follows from step and visit.</summary>
public sealed class TaskWriter : IEffectWriter
{
    public IReadOnlyCollection<Type> Writes { get; } = [typeof(OpenTask), typeof(CloseTask), typeof(EscalateTask), typeof(MoveTask), typeof(FollowUp), typeof(EndFollowUp)];

    public void Write(IReadOnlyList<Effect> effects, EffectContext context, ClickBatch batch)
    {
        // One that is opened and closed in one pass must be there before it is closed.
        var inTurn = effects.OfType<OpenTask>().Any(o => effects.OfType<CloseTask>().Any(c => (c.Step, c.Visit) == (o.Step, o.Visit)));
        foreach (var effect in effects)
        {
            Write(effect, context, batch, inTurn);
        }
    }

    // What a passed deadline does to tasks by the hundred is to close or to escalate them.
    public void WriteAll(IReadOnlyList<RequestEffects> requests, ClickBatch batch)
    {
        var (closed, escalated, moved) = (new RowSet(), new List<Guid>(), new RowSet());
        foreach (var (effect, context) in requests.SelectMany(r => r.Effects.Select(e => (e, r.Context))))
        {
            switch (effect)
            {
                case CloseTask close:
                    closed.Add(TaskId.Of(context.Request.Id, close.Step, close.Visit).Value, context.Now, context.By?.User.Value, close.Outcome);
                    break;
                case EscalateTask escalate:
                    escalated.Add(TaskId.Of(context.Request.Id, escalate.Step, escalate.Visit).Value);
                    break;
                case MoveTask move:
                    moved.Add(TaskId.Of(context.Request.Id, move.Step, move.Visit).Value, move.Deadline, context.Plan[move.Deadline]!.DueAt);
                    break;
                default:
                    Write(effect, context, batch, inTurn: true);
                    break;
            }
        }

        closed.AddTo(batch, "UPDATE inbox.task t SET is_open = false, closed_at = c.at, closed_by = c.by, outcome = c.outcome FROM unnest($1, $2, $3, $4) AS c (id, at, by, outcome) WHERE t.id = c.id");
        if (escalated.Count > 0) batch.Add("UPDATE inbox.task SET is_escalated = true WHERE id = ANY ($1)", escalated.ToArray());
        moved.AddTo(batch, "UPDATE inbox.task t SET due_at = m.due FROM unnest($1, $2, $3) AS m (id, deadline, due) WHERE t.id = m.id AND t.deadline = m.deadline AND t.is_open");
    }

    private static void Write(Effect effect, EffectContext context, ClickBatch batch, bool inTurn)
    {
        switch (effect)
        {
            case OpenTask open:
                Open(open, context, batch, inTurn);
                break;
            case CloseTask close:
                // That it is open still, the request's version says; asked here, PostgreSQL would walk through all open tasks to find it.
                Add(batch, inTurn,
                    "UPDATE inbox.task SET is_open = false, closed_at = $2, closed_by = $3, outcome = $4 WHERE id = $1",
                    TaskId.Of(context.Request.Id, close.Step, close.Visit).Value, context.Now, context.By?.User.Value, close.Outcome);
                break;
            case FollowUp follow:
                BesideTasks.Open(follow, context, batch);
                break;
            case EndFollowUp end:
                BesideTasks.End(end, context, batch);
                break;
            case EscalateTask escalate:
                batch.Add("UPDATE inbox.task SET is_escalated = true WHERE id = $1", TaskId.Of(context.Request.Id, escalate.Step, escalate.Visit).Value);
                break;
        }
    }

    private static void Open(OpenTask open, EffectContext context, ClickBatch batch, bool inTurn)
    {
        var request = context.Request;
        var deadline = open.Deadline ?? Escalation(open, context);
        var planned = deadline is null ? null : context.Plan[deadline];
        if (open.Participant is { } participant)
        {
            Ask(open, Counterparty.IdOf(request, participant), context, batch, planned?.DueAt);
            return;
        }

        Add(batch, inTurn,
            """
            INSERT INTO inbox.task (id, request_id, step, visit, kind, title, team, eservice, membership_id, firm_id, quorum, is_open, opened_at,
              deadline, due_at, is_escalated, answers)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, true, $12, $13, $14, false, '[]')
            """,
            TaskId.Of(request.Id, open.Step, open.Visit).Value, request.Id.Value, open.Step, open.Visit, open.Kind, open.Title, open.Team, request.EService,
            request.Membership.Id.Value, request.Firm.Value, open.Quorum, context.Now, deadline, planned?.DueAt);
    }

    // Whoever is asked is found in the same statement; a participant that is not here is asked by nobody, and the wait runs out.
    private static void Ask(OpenTask open, string? participant, EffectContext context, ClickBatch batch, DateTimeOffset? due)
    {
        var request = context.Request;
        batch.Add(
            """
            INSERT INTO inbox.task (id, request_id, step, visit, kind, title, eservice, membership_id, firm_id, quorum, is_open, opened_at, deadline, due_at, is_escalated, answers)
            SELECT $1, $2, $3, $4, $5, $6, $7, m.id, m.firm_id, $8, true, $9, $10, $11, false, '[]'
            FROM access.membership m WHERE m.clearing_house = $12 AND m.participant_id = $13 AND m.firm_id <> $14
            """,
            TaskId.Of(request.Id, open.Step, open.Visit).Value, request.Id.Value, open.Step, open.Visit, open.Kind, open.Title, request.EService, open.Quorum, context.Now, open.Deadline, due,
            request.Membership.ClearingHouse.ToString(), participant ?? string.Empty, request.Firm.Value);
    }

    private static void Add(ClickBatch batch, bool inTurn, string sql, params ReadOnlySpan<SqlValue> values)
    {
        if (inTurn) batch.Add(sql, values);
        else batch.AddBeside(sql, values);
    }

    // A review waits under no deadline of its own; what it is sorted by is the moment at which it would be escalated.
    private static string? Escalation(OpenTask open, EffectContext context) => context.Effects.OfType<ArmDeadline>()
        .FirstOrDefault(a => a.Kind == DeadlineKind.Escalation && a.Step == open.Step && a.Visit == open.Visit)?.Deadline;
}
