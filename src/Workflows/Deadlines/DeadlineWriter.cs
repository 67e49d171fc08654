using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>Arms and clears deadlines in the transaction that opens or leaves the step; the moments come from the plan.</summary>
public sealed class DeadlineWriter : IEffectWriter
{
    public IReadOnlyCollection<Type> Writes { get; } = [typeof(ArmDeadline), typeof(ClearDeadline)];

    public void Write(Effect effect, EffectContext context, ClickBatch batch)
    {
        switch (effect)
        {
            case ArmDeadline arm when MomentOf(arm, context) is { } moment:
                Arm(arm, moment, context, batch);
                break;
            case ClearDeadline clear:
                batch.Add(
                    "UPDATE deadlines.deadline SET state = 'Cleared' WHERE request_id = $1 AND step = $2 AND visit = $3 AND name = $4 AND state = 'Armed'",
                    context.Request.Id.Value, clear.Step, clear.Visit, clear.Deadline);
                break;
        }
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

    private static void Arm(ArmDeadline arm, DateTimeOffset moment, EffectContext context, ClickBatch batch)
    {
        var planned = context.Plan[arm.Deadline]!;
        batch.Add(
            """
            INSERT INTO deadlines.deadline (id, request_id, step, visit, name, kind, due_at, passes_at, template, recipients, state, planned_at, rule, calendar_version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'Armed', $11, $12, $13)
            """,
            IdOf(arm, context.Request.Id), context.Request.Id.Value, arm.Step, arm.Visit, arm.Deadline, arm.Kind, moment, planned.DueAt, arm.Template,
            arm.To.ToArray(), context.Now, RuleOf(planned), context.Plan.CalendarVersion);
    }

    private static Guid IdOf(ArmDeadline arm, RequestId request) =>
        StableId.Of(request.Value, $"deadline:{arm.Step}:{arm.Visit}:{arm.Deadline}:{arm.Kind}:{arm.Before}:{arm.Template}");

    private static string RuleOf(PlannedDeadline planned) =>
        $"{planned.Name}: {planned.DueAt.ToHongKong():yyyy-MM-dd HH:mm}"
        + (planned.LateAt is { } late ? $", late until {late.ToHongKong():yyyy-MM-dd HH:mm}" : string.Empty)
        + $", {planned.Behaviour}; {planned.Source}; {(planned.Verified ? "verified" : "not verified")}";
}
