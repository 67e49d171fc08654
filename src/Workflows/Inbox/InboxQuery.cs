using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Inbox;

/// <summary>Which open tasks a viewer sees, cut by a filter, as SQL; what a filter does not ask for costs nothing.</summary>
internal sealed class InboxQuery
{
    private const string From = "inbox.task t";

    private const string Joined =
        """
        inbox.task t JOIN requests.service_request r ON r.id = t.request_id JOIN access.membership m ON m.id = r.membership_id
        JOIN access.firm f ON f.id = r.firm_id LEFT JOIN access.user_account c ON c.id = t.claimed_by
        """;

    private const string Columns =
        """
        SELECT t.id, t.request_id, r.number, t.eservice, m.participant_id, f.name_en, r.status, t.kind, t.step, t.title, t.opened_at, t.deadline, t.due_at,
          r.is_late, t.is_escalated, t.claimed_by, c.name, r.parts, t.team, t.membership_id, t.answers, t.item
        """;

    // Participants: their own firm's checks and corrections, and what it is asked as a counterparty, by right. The clearing house: reviews and approvals, by role and team; its supervisors and auditors all.
    private const string Visible =
        """
         WHERE t.is_open AND (
          ($1 AND t.kind IN ('Review', 'Approval', 'Milestone', 'FollowUp') AND ($2 OR (t.kind <> 'Approval' AND $3) OR (t.kind = 'Approval' AND $4)) AND (t.team IS NULL OR $8 OR t.team = ANY ($5)))
          OR (NOT $1 AND t.firm_id = $6 AND EXISTS (SELECT 1 FROM access.user_right u WHERE u.user_id = $7 AND u.membership_id = t.membership_id AND (u.eservice = '*' OR u.eservice = t.eservice)
            AND ((t.kind IN ('Check', 'Answer') AND u.may_check) OR (t.kind = 'Correction' AND u.may_make)))))
        """;

    private readonly List<SqlValue> values;
    private readonly string where;
    private readonly bool needsJoins;
    private readonly InboxOrder order;

    public InboxQuery(Viewer viewer, InboxFilter filter, DateTimeOffset now)
    {
        values =
        [
            viewer.IsClearingHouse, viewer.Is(Role.Supervisor) || viewer.Is(Role.Auditor), viewer.Is(Role.Reviewer), viewer.Is(Role.Approver), viewer.Teams.ToArray(),
            viewer.Firm.Value, viewer.User.Value, viewer.Teams.Contains(Teams.All),
        ];
        where = Visible
            + When(filter.Request is not null, "t.request_id = {0}", filter.Request?.Value)
            + When(filter.Kind is not null, "t.kind = {0}", filter.Kind?.ToString())
            + When(filter.EService is not null, "t.eservice = {0}", filter.EService)
            + (filter.MineOnly ? " AND t.claimed_by = $7" : string.Empty)
            + (filter.UnclaimedOnly ? " AND t.claimed_by IS NULL" : string.Empty)
            + When(filter.Due is not null, "t.due_at < {0}", filter.DueBefore(now))
            + (filter.LateOnly ? " AND r.is_late" : string.Empty)
            + (filter.EscalatedOnly ? " AND t.is_escalated" : string.Empty)
            + When(filter.Search is not null, "(r.number ILIKE {0} OR m.participant_id ILIKE {0} OR f.name_en ILIKE {0} OR f.name_zh_hant ILIKE {0} OR f.name_zh_hans ILIKE {0})", Like(filter.Search));
        needsJoins = filter.LateOnly || filter.Search is not null;
        order = filter.Order;
    }

    /// <summary>How many there are, counted no further than <paramref name="most"/>.</summary>
    public void AddCount(ClickBatch batch, int most) =>
        batch.Add($"SELECT count(*) FROM (SELECT 1 FROM {(needsJoins ? Joined : From)}{where} LIMIT {most}) n", [.. values]);

    /// <summary>One page of them, in order.</summary>
    public void AddPage(ClickBatch batch, int size, int skip) =>
        batch.Add($"{Columns} FROM {Joined}{where} ORDER BY {First()} LIMIT ${values.Count + 1} OFFSET ${values.Count + 2}", [.. values, size, skip]);

    private string First() => order switch
    {
        InboxOrder.Waiting => "t.opened_at, t.id",
        InboxOrder.Participant => "m.participant_id, t.due_at NULLS LAST, t.opened_at, t.id",
        _ => "t.due_at NULLS LAST, t.opened_at, t.id",
    };

    private string When(bool asked, string condition, SqlValue value)
    {
        if (!asked) return string.Empty;
        values.Add(value);
        return " AND " + condition.Replace("{0}", "$" + values.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static string? Like(string? text) =>
        text is null ? null : "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}
