namespace ClientConnect.Workflows.Audit;

/// <summary>O13: messages on a request are numbered without a gap, each is by one of its side, and was told to the other; their files are theirs.</summary>
internal static class MessageRules
{
    public static readonly IReadOnlyList<(string Rule, string Sql)> All =
    [
        ("O13", """
            SELECT coalesce(min(r.number), m.request_id::text), 'the row of its messages has a gap: there are ' || count(*) || ', from ' || min(m.number) || ' to ' || max(m.number)
            FROM requests.message m LEFT JOIN requests.service_request r ON r.id = m.request_id GROUP BY m.request_id HAVING min(m.number) <> 1 OR max(m.number) <> count(*)
            """),
        ("O13", """
            SELECT coalesce(r.number, m.request_id::text), 'message ' || m.number || ' is by ' || m.user_id || ', who is not of that side'
            FROM requests.message m LEFT JOIN requests.service_request r ON r.id = m.request_id LEFT JOIN access.user_account u ON u.id = m.user_id LEFT JOIN access.firm f ON f.id = u.firm_id
            WHERE CASE WHEN m.is_from_house THEN f.is_clearing_house ELSE u.firm_id = r.firm_id END IS NOT TRUE
            """),
        ("O13", """
            SELECT coalesce(r.number, r.id::text), 'message ' || m.number || ' was written before the clearing house had it' FROM requests.message m JOIN requests.service_request r ON r.id = m.request_id
            WHERE r.submitted_at IS NULL
            """),
        ("O13", """
            SELECT m.request_id::text, 'message ' || m.number || ' is told to nobody' FROM requests.message m
            WHERE NOT EXISTS (SELECT 1 FROM notices.notice n WHERE n.request_message_id = m.id)
            """),
        ("O13", """
            SELECT n.request_id::text, 'the notice ' || n.id || ' of a message went to ' || n.email || ', who is not of the other side, or is of no message'
            FROM notices.notice n LEFT JOIN requests.message m ON m.id = n.request_message_id AND m.request_id = n.request_id LEFT JOIN requests.service_request r ON r.id = m.request_id
            LEFT JOIN access.user_account u ON u.id = n.recipient_id LEFT JOIN access.firm f ON f.id = u.firm_id
            WHERE n.request_message_id IS NOT NULL
              AND CASE WHEN m.is_from_house THEN u.firm_id = r.firm_id AND n.template = 'message-of-clearing-house' ELSE f.is_clearing_house AND n.template = 'message-of-participant' END IS NOT TRUE
            """),
        ("O13", """
            SELECT a.request_id::text, 'the file ' || a.id || ' belongs to no message of its request, or to one of the other side'
            FROM files.attachment a LEFT JOIN requests.message m ON m.id = a.message_id AND m.request_id = a.request_id LEFT JOIN access.user_account u ON u.id = m.user_id
            WHERE a.message_id IS NOT NULL AND (u.firm_id IS DISTINCT FROM a.firm_id OR m.user_id IS DISTINCT FROM a.uploaded_by)
            """),
    ];
}
