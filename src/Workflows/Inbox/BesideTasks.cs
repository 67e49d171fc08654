using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Inbox;

/// <summary>Opens and ends the tasks of what is followed up, each called as the step and the option are.</summary>
public static class BesideTasks
{
    internal static void Open(FollowUp follow, Requests.EffectContext context, ClickBatch batch)
    {
        var request = context.Request;
        var titles = follow.Items.Select(item => TitleOf(follow.Title, LabelOf(request.Bundle, follow.Answer, item).En)).ToArray();
        batch.Add(
            """
            INSERT INTO inbox.task (id, request_id, step, visit, item, kind, title, team, eservice, membership_id, firm_id, quorum, is_open, opened_at, is_escalated, answers)
            SELECT f.id, $1, $2, $3, f.item, 'FollowUp', f.title, $4, $5, $6, $7, 1, true, $8, false, '[]' FROM unnest($9, $10, $11) AS f (id, item, title)
            """,
            request.Id.Value, follow.Step, follow.Visit, follow.Team, request.EService, request.Membership.Id.Value, request.Firm.Value, context.Now,
            follow.Items.Select(item => IdOf(request.Id, follow.Step, follow.Visit, item).Value).ToArray(), follow.Items.ToArray(), titles);
    }

    internal static void End(EndFollowUp end, Requests.EffectContext context, ClickBatch batch) => batch.Add(
        "UPDATE inbox.task SET is_open = false, closed_at = $4, closed_by = $5, outcome = $6 WHERE request_id = $1 AND step = $2 AND visit = $3 AND item IS NOT NULL AND is_open",
        context.Request.Id.Value, end.Step, end.Visit, context.Now, context.By?.User.Value, end.Outcome);

    // "Circular to the market" says what the step "Circular" would say before it.
    internal static string TitleOf(string step, string item) => item.StartsWith(step, StringComparison.OrdinalIgnoreCase) ? item : $"{step}: {item}";

    internal static TaskId IdOf(RequestId request, string step, int visit, string item) => TaskId.Of(request, $"{step}:{item}", visit);

    /// <summary>What the option is called that is followed up.</summary>
    public static LocalText LabelOf(EServiceBundle bundle, string answer, string item) =>
        bundle.Form.Fields.FirstOrDefault(f => f.Name == answer)?.Options.FirstOrDefault(o => o.Value == item)?.Label ?? new LocalText(item);
}
