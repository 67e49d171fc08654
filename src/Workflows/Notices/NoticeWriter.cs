using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// Queues notices in the transaction that causes them. Who is meant by a name is asked of the database in the same statement, as of
/// this commit: whoever loses a right a second later was still told, whoever gains one was not.
/// </summary>
public sealed class NoticeWriter(TimeProvider machine, PortalAddress portal) : IEffectWriter
{
    private const string Insert =
        """
        INSERT INTO notices.notice (id, request_id, sequence, template, bundle_hash, language, recipient_id, recipient_name, email, model, queued_at,
          next_attempt_at, state, attempts)
        SELECT gen_random_uuid(), $1, $2, $3, $4, p.language, p.id, p.name, p.email, $5, $6, $7, 'Pending', 0 FROM (
        """;

    // Whoever is meant by two names is told once of one thing: asked from the second statement for a mail on, the first finds nobody told.
    private const string Once =
        """
         WHERE NOT EXISTS (SELECT 1 FROM notices.notice n WHERE n.request_id = $1 AND n.sequence = $2 AND n.state = 'Pending'
          AND n.template = $3 AND lower(n.email) = lower(p.email))
        """;

    private const string People = "SELECT DISTINCT u.id, u.name, u.email, u.language FROM access.user_account u ";

    // Of several parts in one person, or in people with one address, one is told.
    private const string Persons =
        "SELECT DISTINCT ON (lower(u.email)) u.id, u.name, u.email, u.language FROM access.user_account u WHERE u.id = ANY ($8) AND NOT u.is_disabled ORDER BY lower(u.email), array_position($8, u.id)";

    private const string WithRight =
        People +
        """
        JOIN access.user_right r ON r.user_id = u.id WHERE NOT u.is_disabled AND r.membership_id = $8 AND (r.eservice = '*' OR r.eservice = $9)
          AND NOT u.id = ANY ($10) AND
        """;

    private const string Asked =
        People +
        """
        JOIN access.user_right r ON r.user_id = u.id JOIN access.membership m ON m.id = r.membership_id
        WHERE NOT u.is_disabled AND r.may_check AND (r.eservice = '*' OR r.eservice = $8) AND m.clearing_house = $9 AND m.participant_id = $10 AND m.firm_id <> $11
        """;

    private const string WithRole =
        People + "JOIN access.user_role r ON r.user_id = u.id WHERE NOT u.is_disabled AND (r.team IS NULL OR $8::text IS NULL OR r.team = $8) AND r.role = ";

    public IReadOnlyCollection<Type> Writes { get; } = [typeof(QueueNotice)];

    public void Write(IReadOnlyList<Effect> effects, EffectContext context, ClickBatch batch)
    {
        var begun = new HashSet<string>(StringComparer.Ordinal);
        foreach (var notice in effects.OfType<QueueNotice>().SelectMany(NoticeModel.BySide))
        {
            Write(notice, context, (sql, values) => batch.Add(Insert + sql + (begun.Add(notice.Template) ? ") p" : ") p" + Once), values));
        }
    }

    public void WriteAll(IReadOnlyList<RequestEffects> requests, ClickBatch batch) => new NoticeSet(machine, portal).AddTo(batch, requests);

    private void Write(QueueNotice notice, EffectContext context, Action<string, SqlValue[]> add)
    {
        var model = SqlValue.Json(NoticeModel.Of(context, notice, portal.Url).ToJsonString());
        var persons = notice.To.Where(IsPerson).Distinct().SelectMany(r => Those(r, context.Request)).Select(u => u.Value).ToArray();
        if (persons.Length > 0) add(Persons, [.. Common(notice, context, model), persons]);

        // The contact comes last: with an account it is told as a person of the portal, who sees it on screen too.
        foreach (var recipient in notice.To.Where(r => !IsPerson(r)).Distinct().OrderBy(r => r == "contact"))
        {
            Queue(notice, recipient, context, model, add);
        }
    }

    internal static bool IsPerson(string recipient) => recipient is "maker" or "checker" or "reviewer" or "approver";

    private SqlValue[] Common(QueueNotice notice, EffectContext context, SqlValue model) =>
        [context.Request.Id.Value, context.Request.Sequence, notice.Template, context.Request.Bundle.Hash, model, context.Now, machine.GetUtcNow()];

    private void Queue(QueueNotice notice, string recipient, EffectContext context, SqlValue model, Action<string, SqlValue[]> add)
    {
        var request = context.Request;
        var common = Common(notice, context, model);
        switch (recipient)
        {
            case "makers" or "checkers":
                add(WithRight + (recipient == "makers" ? " r.may_make" : " r.may_check"),
                    [.. common, request.Membership.Id.Value, request.EService, WhoCannot(recipient, request)]);
                break;
            case "reviewers" or "approvers" or "supervisors":
                add(WithRole + $"'{RoleOf(recipient)}'", [.. common, request.Bundle.Service.Team]);
                break;
            case NoticeModel.Counterparty when Counterparty.Of(request) is { } asked:
                add(Asked, [.. common, request.EService, request.Membership.ClearingHouse.ToString(), asked.ParticipantId, request.Firm.Value]);
                break;
            case "contact" when Contact(request) is { } contact:
                add("SELECT NULL::uuid AS id, $8::text AS name, $9::text AS email, 'en'::text AS language", [.. common, contact.Name, contact.Email]);
                break;
        }
    }

    internal static IEnumerable<UserId> Those(string recipient, LoadedRequest request) => recipient switch
    {
        "maker" => [request.SentBy ?? request.CreatedBy],
        "checker" => Checkers(request),
        "reviewer" => request.Parts.Review.TakeLast(1),
        _ => request.Parts.Approve.TakeLast(1),
    };

    // Several may have had to agree to what was sent: each of them checked it. Else whoever checked last.
    private static IEnumerable<UserId> Checkers(LoadedRequest request)
    {
        var agreed = request.Parts.Agreed.Where(a => request.Bundle.Flow.Steps.Any(s => s.Id == a.Step && s.Type == "ClientConnect.ParticipantCheck")).Select(a => new UserId(a.User)).ToList();
        return agreed.Count > 0 ? agreed : request.Parts.Check.TakeLast(1);
    }

    // Whoever has edited can't check, and is not asked to; nor is who has agreed already, where another one has to.
    internal static Guid[] WhoCannot(string recipient, LoadedRequest request) => recipient == "checkers"
        ? [.. request.Parts.Edit.Select(u => u.Value).Concat(request.Parts.Agreed.Where(a => request.Waiting.Any(w => w.Step.Id == a.Step && w.Visit == a.Visit)).Select(a => a.User))]
        : [.. request.Parts.Check.Select(u => u.Value)];

    internal static Role RoleOf(string recipient) => recipient switch
    {
        "reviewers" => Role.Reviewer,
        "approvers" => Role.Approver,
        _ => Role.Supervisor,
    };

    internal static (string Name, string Email)? Contact(LoadedRequest request) =>
        (string?)request.Answers["contactEmail"] is { Length: > 0 } email ? ((string?)request.Answers["contactName"] ?? email, email) : null;
}

/// <summary>Where people reach the portal, for the links in mails.</summary>
/// <param name="Url">Without a slash at the end.</param>
public sealed record PortalAddress(string Url);
