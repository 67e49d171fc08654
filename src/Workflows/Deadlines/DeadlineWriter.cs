using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>Arms and clears deadlines in the transaction that opens or leaves the step; the moments come from the plan.</summary>
public sealed class DeadlineWriter : IEffectWriter
{
    public IReadOnlyCollection<Type> Writes { get; } = [typeof(ArmDeadline), typeof(ClearDeadline), typeof(MoveDeadline)];

    // Of a step that is left and entered again, what is cleared has been armed before, by another click: clearing may come first.
    public void Write(IReadOnlyList<Effect> effects, EffectContext context, ClickBatch batch)
    {
        foreach (var left in effects.OfType<ClearDeadline>().GroupBy(c => (c.Step, c.Visit)))
        {
            batch.AddBeside(
                "UPDATE deadlines.deadline SET state = 'Cleared' WHERE request_id = $1 AND step = $2 AND visit = $3 AND name = ANY ($4) AND state = 'Armed'",
                context.Request.Id.Value, left.Key.Step, left.Key.Visit, left.Select(c => c.Deadline).Distinct().ToArray());
        }

        var armed = effects.OfType<ArmDeadline>().Select(a => (Arm: a, Moment: MomentOf(a, context))).Where(a => a.Moment is not null).ToList();
        if (armed.Count > 0) Arm(armed, context, batch);
    }

    public void WriteAll(IReadOnlyList<RequestEffects> requests, ClickBatch batch)
    {
        var cleared = new RowSet();
        foreach (var (effects, context) in requests)
        {
            foreach (var clear in effects.OfType<ClearDeadline>().Distinct())
            {
                cleared.Add(context.Request.Id.Value, clear.Step, clear.Visit, clear.Deadline);
            }
        }

        cleared.AddTo(batch,
            """
            UPDATE deadlines.deadline d SET state = 'Cleared' FROM unnest($1, $2, $3, $4) AS c (request_id, step, visit, name)
            WHERE d.request_id = c.request_id AND d.step = c.step AND d.visit = c.visit AND d.name = c.name AND d.state = 'Armed'
            """);
        foreach (var (effects, context) in requests)
        {
            Write([.. effects.OfType<ArmDeadline>()], context, batch);
        }

        MovedDeadlines.AddTo(batch, requests);
    }

    // A reminder or cut-off whose moment has gone by is not armed late: whoever opens the task now sees the time for himself.
    private static DateTimeOffset? MomentOf(ArmDeadline arm, EffectContext context)
    {
        var planned = context.Plan[arm.Deadline]!;
        return arm.Kind switch
        {
            DeadlineKind.Passes => planned.PassesAt,
            DeadlineKind.Wait => planned.DueAt,
            DeadlineKind.CutOff => planned.LateAt is null ? null : IfAhead(planned.DueAt),
            DeadlineKind.Reminder or DeadlineKind.Escalation => IfAhead(planned.DueAt - arm.Before),
            _ => throw new ArgumentOutOfRangeException(nameof(arm)),
        };

        DateTimeOffset? IfAhead(DateTimeOffset moment) => moment > context.Now ? moment : null;
    }

    // A list in a list is no array to PostgreSQL: the recipients of each row travel as one text.
    private static void Arm(List<(ArmDeadline Arm, DateTimeOffset? Moment)> armed, EffectContext context, ClickBatch batch)
    {
        var plans = armed.Select(a => context.Plan[a.Arm.Deadline]!).ToList();
        batch.AddBeside(
            """
            INSERT INTO deadlines.deadline (id, request_id, step, visit, name, kind, due_at, passes_at, template, recipients, state, planned_at, rule, calendar_version)
            SELECT a.id, $1, a.step, a.visit, a.name, a.kind, a.due_at, a.passes_at, a.template, string_to_array(a.recipients, ','), 'Armed', $2, a.rule, $3
            FROM unnest($4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS a (id, step, visit, name, kind, due_at, passes_at, template, recipients, rule)
            """,
            context.Request.Id.Value, context.Now, context.Plan.CalendarVersion,
            armed.Select(a => IdOf(a.Arm, context.Request.Id)).ToArray(), armed.Select(a => a.Arm.Step).ToArray(), armed.Select(a => a.Arm.Visit).ToArray(),
            armed.Select(a => a.Arm.Deadline).ToArray(), armed.Select(a => a.Arm.Kind.ToString()).ToArray(), armed.Select(a => a.Moment!.Value).ToArray(),
            plans.Select(p => p.DueAt).ToArray(), armed.Select(a => a.Arm.Template).ToArray(), armed.Select(a => string.Join(',', a.Arm.To)).ToArray(),
            plans.Select(RuleOf).ToArray());
    }

    private static Guid IdOf(ArmDeadline arm, RequestId request) =>
        StableId.Of(request.Value, $"deadline:{arm.Step}:{arm.Visit}:{arm.Deadline}:{arm.Kind}:{arm.Before}:{arm.Template}");

    internal static string RuleOf(PlannedDeadline planned) =>
        $"{planned.Name}: {planned.DueAt.ToHongKong():yyyy-MM-dd HH:mm}"
        + (planned.LateAt is { } late ? $", late until {late.ToHongKong():yyyy-MM-dd HH:mm}" : string.Empty)
        + $", {planned.Behaviour}; {planned.Source}; {(planned.Verified ? "verified" : "not verified")}";
}
