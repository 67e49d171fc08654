using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>
/// Takes and gives up places in the click's own transaction. Whoever writes locks the occasion's row first and counts after that, so that nothing
/// counted can change before it is written. That there are places, or are none, was decided on what was loaded: where it is no longer so, the
/// click is rolled back and decides again, and by then knows. So of many at once a click repeats itself only where the last place went meanwhile.
/// </summary>
public sealed class EnrolmentWriter : IEffectWriter
{
    private const string Lock =
        "INSERT INTO enrolment.occasion (key, last_position) VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET last_position = occasion.last_position + 1";

    private static readonly string Take =
        $"""
        INSERT INTO enrolment.enrolment (request_id, occasion, firm_id, membership_id, places, state, position, at)
        SELECT $2, $1, $3, $4, $5, CASE WHEN $6 THEN 'Enrolled' ELSE 'Waiting' END, o.last_position, $7
        FROM enrolment.occasion o LEFT JOIN register.entry e ON e.ref = '{Occasion.Kind}:' || $1 AND e.valid_to IS NULL AND e.membership_id IS NULL
        CROSS JOIN LATERAL ({PlacesFact.Counted("$2", "$3", "$4")}) c
        WHERE o.key = $1 AND CASE WHEN coalesce(
            e.values->>'status' <> 'CANCELLED'
            AND ($5 > 0 OR c.of_membership = 0)
            AND coalesce(c.of_firm + $5 <= (e.values->>'mostPerFirm')::int, true)
            AND (c.waiting = 0 AND c.taken + $5 <= (e.values->>'capacity')::int) = $6
            AND ($6 OR (e.values->>'waitingList')::boolean), false) THEN true ELSE setup.expect(false) END
        """;

    private const string Name =
        """
        INSERT INTO enrolment.attendee (request_id, number, occasion, name, title, email, phone, part, is_coming)
        SELECT $1, a.number, $2, a.name, a.title, lower(a.email), a.phone, a.part, true FROM unnest($3, $4, $5, $6, $7, $8) AS a (number, name, title, email, phone, part)
        """;

    private const string LockItsOwn = "UPDATE enrolment.occasion o SET last_position = o.last_position FROM enrolment.enrolment e WHERE e.request_id = $1 AND o.key = e.occasion";

    public IReadOnlyCollection<Type> Writes { get; } = [typeof(Enrol), typeof(GiveUpPlaces)];

    public Refusal? WhyNot(Effect effect, LoadedRequest after)
    {
        if (effect is not Enrol enrol || after.Facts.GetValueOrDefault("places")?[enrol.Occasion] is not JsonObject places) return null;
        var (wanted, held, most) = (enrol.Attendees.Count, (int)places["ofFirm"]!, (int?)places["mostPerFirm"]);
        return (bool)places["isCancelled"]! ? new TheOccasionIsCancelled()
            : wanted == 0 && (int)places["ofMembership"]! > 0 ? new ThisMembershipHasAnswered()
            : held + wanted > most ? new TooManyFromOneFirm(most.Value, held)
            : !enrol.HasPlaces && !(bool)places["hasWaitingList"]! ? new NoPlaceIsLeft((int)places["waiting"]! > 0 ? 0 : (int)places["free"]!)
            : null;
    }

    public Refusal? WhyTaken(string key) => key == AttendeeMap.OnePlaceEach ? new SomebodyIsEnrolledAlready() : null;

    public void Write(IReadOnlyList<Effect> effects, EffectContext context, ClickBatch batch)
    {
        foreach (var effect in effects)
        {
            if (effect is Enrol enrol) Enter(batch, enrol, context);
            else GiveUp(batch, context);
        }
    }

    private static void Enter(ClickBatch batch, Enrol enrol, EffectContext context)
    {
        var request = context.Request;
        batch.Add(Lock, enrol.Occasion);
        batch.Add(Take, enrol.Occasion, request.Id.Value, request.Firm.Value, request.Membership.Id.Value, enrol.Attendees.Count, enrol.HasPlaces, context.Now);
        var numbers = Enumerable.Range(1, enrol.Attendees.Count).ToArray();
        batch.Add(Name, request.Id.Value, enrol.Occasion, numbers, Said("name", ""), Said("title"), Said("email", ""), Said("phone"), Said("part"));

        string?[] Said(string name, string? otherwise = null) => [.. enrol.Attendees.Select(a => (a[name] as JsonValue)?.ToString() ?? otherwise)];
    }

    private static void GiveUp(ClickBatch batch, EffectContext context)
    {
        var request = context.Request.Id.Value;
        batch.Add(LockItsOwn, request);
        batch.Add("UPDATE enrolment.enrolment SET state = 'GivenUp', given_up_at = $2 WHERE request_id = $1 AND state <> 'GivenUp'", request, context.Now);
        batch.Add("UPDATE enrolment.attendee SET is_coming = false WHERE request_id = $1", request);
        WaitingList.MoveUp(batch, context.Now, "(SELECT occasion FROM enrolment.enrolment WHERE request_id = $4)", request);
    }
}
