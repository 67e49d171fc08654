using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// The notices of several requests by one statement: who is meant is asked of the database as of this commit, as a click asks it, and whoever
/// is meant by two names of one thing is told once. What is told already is not looked at: nothing was written of these events before.
/// </summary>
internal sealed class NoticeSet(TimeProvider machine, PortalAddress portal)
{
    private const string Insert =
        """
        INSERT INTO notices.notice (id, request_id, sequence, template, bundle_hash, language, recipient_id, recipient_name, email, model, queued_at,
          next_attempt_at, state, attempts)
        WITH mail AS (SELECT * FROM unnest($1, $2, $3, $4, $5, $6) AS m (mail, request_id, sequence, template, bundle_hash, model)),
        meant AS (SELECT * FROM unnest($7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) AS a (mail, subject, line, place, name, person, membership_id, eservice, except_for, team, contact, email, clearing_house, participant_id, firm_id)),
        found AS (
          SELECT a.mail, a.subject, a.line, a.place, u.id, u.name, u.email, u.language
          FROM meant a JOIN access.user_account u ON u.id = a.person WHERE NOT u.is_disabled
          UNION ALL
          SELECT DISTINCT a.mail, a.subject, a.line, 0, u.id, u.name, u.email, u.language
          FROM meant a JOIN access.user_right r ON r.membership_id = a.membership_id AND (r.eservice = '*' OR r.eservice = a.eservice)
            JOIN access.user_account u ON u.id = r.user_id
          WHERE a.name IN ('makers', 'checkers') AND CASE a.name WHEN 'makers' THEN r.may_make ELSE r.may_check END
            AND NOT u.is_disabled AND NOT u.id = ANY (string_to_array(a.except_for, ',')::uuid[])
          UNION ALL
          SELECT DISTINCT a.mail, a.subject, a.line, 0, u.id, u.name, u.email, u.language
          FROM meant a JOIN access.membership m ON m.clearing_house = a.clearing_house AND m.participant_id = a.participant_id AND m.firm_id <> a.firm_id
            JOIN access.user_right r ON r.membership_id = m.id AND r.may_check AND (r.eservice = '*' OR r.eservice = a.eservice)
            JOIN access.user_account u ON u.id = r.user_id
          WHERE NOT u.is_disabled
          UNION ALL
          SELECT DISTINCT a.mail, a.subject, a.line, 0, u.id, u.name, u.email, u.language
          FROM meant a JOIN access.user_role r ON r.role = a.name AND (r.team IS NULL OR a.team IS NULL OR r.team = a.team)
            JOIN access.user_account u ON u.id = r.user_id
          WHERE NOT u.is_disabled
          UNION ALL
          SELECT a.mail, a.subject, a.line, 0, NULL, a.contact, a.email, 'en' FROM meant a WHERE a.email IS NOT NULL),
        """;

    // Of several lines on one subject that mean one mailbox the first counts; of several people with one mailbox in one line of persons, too.
    private const string Once =
        """
        told AS (SELECT f.*, rank() OVER (PARTITION BY f.subject, lower(f.email) ORDER BY f.line, f.place) AS nth FROM found f)
        SELECT gen_random_uuid(), m.request_id, m.sequence, m.template, m.bundle_hash, t.language, t.id, t.name, t.email, m.model, $22, $23, 'Pending', 0
        FROM told t JOIN mail m ON m.mail = t.mail WHERE t.nth = 1
        """;

    // The same template of the same event is one subject, however often it was asked for: its number is that of the first mail.
    private readonly Dictionary<(RequestId, string), int> subjects = [];
    private readonly RowSet mails = new();
    private readonly RowSet meant = new();
    private int lines;

    public void AddTo(ClickBatch batch, IReadOnlyList<RequestEffects> requests)
    {
        foreach (var (effects, context) in requests)
        {
            foreach (var notice in effects.OfType<QueueNotice>().SelectMany(NoticeModel.BySide))
            {
                Add(notice, context);
            }
        }

        if (meant.Count > 0) batch.Add(Insert + Once, [.. mails.Columns(), .. meant.Columns(), requests[0].Context.Now, machine.GetUtcNow()]);
    }

    // The order of the lines is the order in which a click asks: persons, groups, and the contact last.
    private void Add(QueueNotice notice, EffectContext context)
    {
        var (mail, request) = (mails.Count, context.Request);
        subjects.TryAdd((request.Id, notice.Template), mail);
        mails.Add(mail, request.Id.Value, request.Sequence, notice.Template, request.Bundle.Hash, SqlValue.Json(NoticeModel.Of(context, notice, portal.Url).ToJsonString()));
        var persons = notice.To.Where(NoticeWriter.IsPerson).Distinct().SelectMany(r => NoticeWriter.Those(r, request)).Select(u => u.Value).ToArray();
        for (var place = 0; place < persons.Length; place++)
        {
            Mean(new() { Place = place, Person = persons[place] });
        }

        foreach (var recipient in notice.To.Where(r => !NoticeWriter.IsPerson(r)).Distinct().OrderBy(r => r == "contact"))
        {
            lines++;
            if (Group(recipient, request) is { } group) Mean(group);
        }

        lines++;

        void Mean(Meant who) =>
            meant.Add(mail, subjects[(request.Id, notice.Template)], lines, who.Place, who.Name, who.Person, who.Membership, who.EService, who.ExceptFor, who.Team, who.Contact, who.Email,
                who.ClearingHouse, who.ParticipantId, who.NotFirm);
    }

    private static Meant? Group(string recipient, LoadedRequest request) => recipient switch
    {
        "makers" or "checkers" => new()
        {
            Name = recipient,
            Membership = request.Membership.Id.Value,
            EService = request.EService,
            ExceptFor = string.Join(',', NoticeWriter.WhoCannot(recipient, request)),
        },
        "reviewers" or "approvers" or "supervisors" => new() { Name = NoticeWriter.RoleOf(recipient).ToString(), Team = request.Bundle.Service.Team },
        NoticeModel.Counterparty when Counterparty.Of(request) is { } asked => new() { EService = request.EService, ClearingHouse = request.Membership.ClearingHouse.ToString(), ParticipantId = asked.ParticipantId, NotFirm = request.Firm.Value },
        "contact" when NoticeWriter.Contact(request) is { } contact => new() { Contact = contact.Name, Email = contact.Email },
        _ => null,
    };

    /// <summary>Whom a line means: a person, those with a right, those of a participant who may answer for it, those with a role, or an address.</summary>
    private sealed record Meant
    {
        public int Place { get; init; }

        public Guid? Person { get; init; }

        public string? Name { get; init; }

        public string? Membership { get; init; }

        public string? EService { get; init; }

        public string? ExceptFor { get; init; }

        public string? Team { get; init; }

        public string? Contact { get; init; }

        public string? Email { get; init; }

        public string? ClearingHouse { get; init; }

        public string? ParticipantId { get; init; }

        public Guid? NotFirm { get; init; }
    }
}
