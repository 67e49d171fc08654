using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Audit;

/// <summary>Rules of whole tables, each a query that gives (where, what) for each row that breaks it.</summary>
internal static class RowRules
{
    private static readonly string Final = string.Join(", ", Enum.GetValues<RequestStatus>().Where(s => s.IsFinal()).Select(s => $"'{s}'"));

    public static readonly IReadOnlyList<(string Rule, string Sql)> All =
    [
        ("O3", $"""
            SELECT coalesce(number, id::text), 'its status is ' || status || ' and it is ' || CASE WHEN closed_at IS NULL THEN 'not ' ELSE '' END || 'closed'
            FROM requests.service_request
            WHERE (closed_at IS NOT NULL) <> (status IN ({Final}))
            """),
        ("O3", """
            SELECT coalesce(r.number, r.id::text), 'it is closed and keeps ' || t.key || ' to itself' FROM requests.touch t JOIN requests.service_request r ON r.id = t.request_id
            WHERE r.closed_at IS NOT NULL
            """),
        ("O5", """
            SELECT coalesce(request_id::text, 'the portal''s own'), 'the notice ' || id || ' (' || template || ') is ' || state || ' without a moment or a message id'
            FROM notices.notice WHERE state = 'Sent' AND (sent_at IS NULL OR message_id IS NULL)
            """),
        ("O5", """
            SELECT coalesce(min(request_id::text), 'the portal''s own'), 'the message id ' || message_id || ' stands at ' || count(*) || ' notices'
            FROM notices.notice WHERE message_id IS NOT NULL GROUP BY message_id HAVING count(*) > 1
            """),
        ("O5", """
            SELECT coalesce(p.eservice, n.proposal_id::text), 'the notice ' || n.id || ' (' || n.template || ') went to ' || n.email || ', whom no entry of the record of releases tells it'
            FROM notices.notice n LEFT JOIN eservices.release_proposal p ON p.id = n.proposal_id
            WHERE n.proposal_id IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM eservices.release_event e, jsonb_array_elements(e.data -> 'told') t
              WHERE e.eservice = p.eservice AND e.sequence = n.sequence AND t ->> 'proposal' = n.proposal_id::text
                AND 'proposals/' || (t ->> 'news') = n.template AND t -> 'people' @> to_jsonb(n.recipient_id::text))
            """),
        ("O5", """
            SELECT e.eservice, 'entry ' || e.sequence || ' of its releases (' || e.type || '): ' || quote_literal(t ->> 'news') || ' to ' || person || ' was queued ' || count(n.id) || ' times'
            FROM eservices.release_event e CROSS JOIN jsonb_array_elements(e.data -> 'told') t CROSS JOIN jsonb_array_elements_text(t -> 'people') person
            LEFT JOIN notices.notice n ON n.proposal_id = (t ->> 'proposal')::uuid AND n.sequence = e.sequence AND n.template = 'proposals/' || (t ->> 'news') AND n.recipient_id = person::uuid
            GROUP BY e.eservice, e.sequence, e.type, t, person HAVING count(n.id) <> 1
            """),
        ("O8", """
            SELECT coalesce(r.number, r.id::text), 'it belongs to another firm than its membership ' || r.membership_id
            FROM requests.service_request r LEFT JOIN access.membership m ON m.id = r.membership_id WHERE m.firm_id IS DISTINCT FROM r.firm_id
            """),
        ("O8", """
            SELECT coalesce(r.number, r.id::text), 'it was begun by ' || r.created_by || ', who is not of its firm'
            FROM requests.service_request r LEFT JOIN access.user_account u ON u.id = r.created_by WHERE u.firm_id IS DISTINCT FROM r.firm_id
            """),
        ("O8", """
            SELECT coalesce(r.number, r.id::text), 'event ' || e.sequence || ' (' || e.type || ') is by ' || coalesce(e.user_id::text, 'nobody') || ', who is not of its firm'
            FROM events.event e JOIN requests.service_request r ON r.id = e.request_id LEFT JOIN access.user_account u ON u.id = e.user_id
            WHERE (e.type IN ('sentToChecker', 'requestWithdrawn') OR (e.type = 'taskDecided' AND e.data->>'kind' IN ('check', 'correction'))) AND u.firm_id IS DISTINCT FROM r.firm_id
            """),
        ("O8", """
            SELECT e.request_id::text, 'event ' || e.sequence || ' (' || e.type || ') is by ' || coalesce(e.user_id::text, 'nobody') || ', who is not of the clearing house'
            FROM events.event e LEFT JOIN access.user_account u ON u.id = e.user_id LEFT JOIN access.firm f ON f.id = u.firm_id
            WHERE (e.type IN ('taskClaimed', 'taskReleased', 'taskReassigned') OR (e.type = 'taskDecided' AND e.data->>'kind' IN ('review', 'approval'))) AND f.is_clearing_house IS NOT TRUE
            """),
        ("O8", """
            SELECT coalesce(r.number, r.id::text), 'its task at ' || t.step || ' belongs to another firm' FROM inbox.task t JOIN requests.service_request r ON r.id = t.request_id
            WHERE t.kind <> 'Answer' AND (t.firm_id <> r.firm_id OR t.membership_id <> r.membership_id)
            """),
        ("O8", """
            SELECT coalesce(r.number, r.id::text), 'its task at ' || t.step || ' asks its own firm, or one by another firm''s membership'
            FROM inbox.task t JOIN requests.service_request r ON r.id = t.request_id JOIN access.membership m ON m.id = t.membership_id
            WHERE t.kind = 'Answer' AND (t.firm_id = r.firm_id OR t.firm_id <> m.firm_id)
            """),
        ("O8", """
            SELECT coalesce(r.number, r.id::text), 'event ' || e.sequence || ' is an answer by ' || coalesce(e.user_id::text, 'nobody') || ', whose firm was not asked'
            FROM events.event e JOIN requests.service_request r ON r.id = e.request_id LEFT JOIN access.user_account u ON u.id = e.user_id
            WHERE e.type = 'taskDecided' AND e.data->>'kind' = 'answer'
              AND NOT EXISTS (SELECT 1 FROM inbox.task t WHERE t.request_id = r.id AND t.step = e.data->>'step' AND t.kind = 'Answer' AND t.firm_id = u.firm_id)
            """),
        ("O8", """
            SELECT coalesce(r.number, r.id::text), 'the file ' || a.id || ' belongs to another firm, or was uploaded by one who is not of it'
            FROM files.attachment a JOIN requests.service_request r ON r.id = a.request_id LEFT JOIN access.user_account u ON u.id = a.uploaded_by
            WHERE a.message_id IS NULL AND (a.firm_id <> r.firm_id OR u.firm_id IS DISTINCT FROM a.firm_id)
            """),
        ("O8", """
            SELECT coalesce(r.number, r.id::text), 'the notice ' || n.id || ' went to ' || n.email || ', who is neither of its firm, nor of the clearing house, nor the counterparty that it names'
            FROM notices.notice n JOIN requests.service_request r ON r.id = n.request_id JOIN access.user_account u ON u.id = n.recipient_id JOIN access.firm f ON f.id = u.firm_id
            WHERE u.firm_id <> r.firm_id AND NOT f.is_clearing_house AND NOT EXISTS (SELECT 1 FROM inbox.task t WHERE t.request_id = r.id AND t.kind = 'Answer' AND t.firm_id = u.firm_id)
              AND NOT EXISTS (SELECT 1 FROM access.membership m, jsonb_each_text(r.answers) a WHERE m.firm_id = u.firm_id AND m.participant_id = n.model->>'counterparty' AND a.value = m.participant_id)
            """),
        ("O8", """
            SELECT 'publication ' || p.id, 'it was published by one who is not of the clearing house, or is for a membership of another clearing house'
            FROM files.publication p JOIN access.user_account u ON u.id = p.published_by JOIN access.firm f ON f.id = u.firm_id LEFT JOIN access.membership m ON m.id = p.membership_id
            WHERE NOT f.is_clearing_house OR (p.membership_id IS NOT NULL AND m.clearing_house IS DISTINCT FROM p.clearing_house)
            """),
        ("O8", """
            SELECT 'publication ' || e.publication_id, 'it was handed to ' || coalesce(e.user_id::text, 'nobody') || ', who is not of the firm of ' || coalesce(e.membership_id, 'no membership') || ', for which it is not'
            FROM files.publication_event e JOIN files.publication p ON p.id = e.publication_id
            LEFT JOIN access.user_account u ON u.id = e.user_id LEFT JOIN access.membership m ON m.id = e.membership_id
            WHERE e.kind IN ('Downloaded', 'DownloadedTogether')
              AND (m.firm_id IS DISTINCT FROM u.firm_id OR m.clearing_house <> p.clearing_house OR (p.membership_id IS NOT NULL AND p.membership_id <> m.id))
            """),
        ("O9", """
            SELECT 'publication ' || p.id, CASE WHEN c.attachment_id IS NULL THEN 'its content is gone and it counts as offered' ELSE 'it was cleared and its content is still there' END
            FROM files.publication p JOIN files.attachment a ON a.id = p.id LEFT JOIN files.content c ON c.attachment_id = p.id
            WHERE (p.cleared_at IS NULL AND c.attachment_id IS NULL AND a.scan <> 'Infected') OR (p.cleared_at IS NOT NULL AND c.attachment_id IS NOT NULL)
            """),
        ("O9", """
            SELECT 'publication ' || p.id, 'its log does not begin with its publication, or does not say that it was taken back or was over'
            FROM files.publication p
            WHERE (SELECT count(*) FROM files.publication_event e WHERE e.publication_id = p.id AND e.kind = 'Published') <> 1
               OR (p.withdrawn_at IS NOT NULL) <> EXISTS (SELECT 1 FROM files.publication_event e WHERE e.publication_id = p.id AND e.kind = 'Withdrawn')
               OR (p.cleared_at IS NOT NULL AND p.withdrawn_at IS NULL) <> EXISTS (SELECT 1 FROM files.publication_event e WHERE e.publication_id = p.id AND e.kind = 'Expired' AND p.withdrawn_at IS NULL)
            """),
        ("O12", """
            SELECT 'import ' || i.id, 'it counts ' || i.begun || ' begun, ' || i.changed || ' changed and ' || i.ended || ' ended, and the register has ' || b.n || ' entries that it brought and ' || e.n || ' that it ended'
            FROM register.import i CROSS JOIN LATERAL (SELECT count(*) n FROM register.entry r WHERE r.import_id = i.id AND r.kind = i.kind) b
            CROSS JOIN LATERAL (SELECT count(*) n FROM register.entry r WHERE r.kind = i.kind AND r.ended_by_import = i.id) e
            WHERE (i.kind NOT LIKE 'calendar-%' AND (i.begun + i.changed <> b.n OR i.ended <> e.n)) OR (i.imported_at IS NULL) <> (i.imported_by IS NULL) OR (i.imported_at IS NULL) = (i.content IS NULL)
            """),
        ("O12", """
            SELECT r.kind || ':' || r.key, 'it came by an import that there is not, or that brought another kind' FROM register.entry r LEFT JOIN register.import i ON i.id = r.import_id
            WHERE r.import_id IS NOT NULL AND i.kind IS DISTINCT FROM r.kind
            """),
        ("O12", """
            SELECT 'import ' || i.id, 'it counts ' || i.moved || ' deadlines that moved with the calendar, and the ledger has ' || m.n
            FROM register.import i CROSS JOIN LATERAL (
              SELECT count(DISTINCT (d.request_id, d.step, d.visit, d.name)) n FROM deadlines.deadline_move v JOIN deadlines.deadline d ON d.id = v.deadline_id WHERE v.import_id = i.id) m
            WHERE i.moved > m.n OR (i.kind NOT LIKE 'calendar-%' AND m.n > 0)
            """),
        ("O12", """
            SELECT coalesce(r.number, r.id::text), 'the deadline ' || d.name || ' (' || d.kind || ') moved to ' || v.to_at || ' last, and is due ' || d.due_at
            FROM deadlines.deadline d JOIN requests.service_request r ON r.id = d.request_id
            JOIN LATERAL (SELECT m.to_at FROM deadlines.deadline_move m WHERE m.deadline_id = d.id ORDER BY m.moved_at DESC LIMIT 1) v ON v.to_at <> d.due_at
            """),
        ("O12", """
            SELECT 'import ' || i.id, 'it is a calendar, and ' || coalesce(u.email, i.imported_by::text) || ' both offered and confirmed it'
            FROM register.import i LEFT JOIN access.user_account u ON u.id = i.imported_by WHERE i.kind LIKE 'calendar-%' AND i.imported_by = i.offered_by AND NOT i.before_four_eyes
            """),
        ("O8", """
            SELECT 'import ' || i.id, 'it was taken in by one who is not of the clearing house' FROM register.import i LEFT JOIN access.user_account u ON u.id = i.imported_by LEFT JOIN access.firm f ON f.id = u.firm_id
            WHERE i.imported_at IS NOT NULL AND f.is_clearing_house IS NOT TRUE
            """),
        ("O8", """
            SELECT r.kind || ':' || r.key, 'it belongs to another firm than its membership ' || r.membership_id FROM register.entry r LEFT JOIN access.membership m ON m.id = r.membership_id
            WHERE r.import_id IS NOT NULL AND r.membership_id IS NOT NULL AND m.firm_id IS DISTINCT FROM r.firm_id
            """),
        ("O14", """
            SELECT r.kind || ':' || r.key, 'it ended because its last day, ' || r.ended_after || ', was over, and ' || CASE
              WHEN NOT EXISTS (SELECT FROM jsonb_each_text(r.values) v WHERE v.value = to_char(r.ended_after, 'YYYY-MM-DD')) THEN 'it says no such day'
              WHEN r.ended_by IS NOT NULL OR r.ended_by_import IS NOT NULL THEN 'something else ended it too' ELSE 'that was not when it ended' END
            FROM register.entry r
            WHERE r.ended_after IS NOT NULL AND (r.ended_by IS NOT NULL OR r.ended_by_import IS NOT NULL OR NOT EXISTS (SELECT FROM jsonb_each_text(r.values) v WHERE v.value = to_char(r.ended_after, 'YYYY-MM-DD'))
              OR r.valid_to IS DISTINCT FROM greatest(r.valid_from, (r.ended_after + 1)::timestamp AT TIME ZONE 'Asia/Hong_Kong'))
            """),
        ("O11", """
            SELECT e.key, 'it has ' || (e.values->>'capacity') || ' places and ' || sum(p.places) || ' are taken' FROM register.entry e JOIN enrolment.enrolment p ON p.occasion = e.key AND p.state = 'Enrolled'
            WHERE e.kind = 'occasion' AND e.valid_to IS NULL AND e.membership_id IS NULL GROUP BY e.key, e.values HAVING sum(p.places) > (e.values->>'capacity')::int
            """),
        ("O11", """
            SELECT coalesce(r.number, r.id::text), 'it is ' || r.status || ' and its places at ' || p.occasion || ' are ' || p.state FROM enrolment.enrolment p JOIN requests.service_request r ON r.id = p.request_id
            WHERE NOT CASE p.state WHEN 'Enrolled' THEN r.status IN ('Approved', 'Completed') WHEN 'Waiting' THEN r.status = 'Submitted' ELSE r.closed_at IS NOT NULL END
              AND NOT EXISTS (SELECT FROM deadlines.deadline d WHERE d.request_id = r.id AND d.kind = 'Place' AND d.state IN ('Armed', 'Parked'))
            """),
        ("O11", """
            SELECT coalesce(r.number, r.id::text), 'it has ' || p.places || ' places at ' || p.occasion || ' for ' || count(a.number) || ' people'
            FROM enrolment.enrolment p JOIN requests.service_request r ON r.id = p.request_id LEFT JOIN enrolment.attendee a ON a.request_id = p.request_id AND a.is_coming
            WHERE p.state <> 'GivenUp' GROUP BY r.id, p.request_id HAVING count(a.number) <> p.places
            """),
        .. MessageRules.All,
    ];
}
