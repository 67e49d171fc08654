using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ClientConnect.Workflows.Flow;

/// <summary>
/// What a flow wants done, by name; the use case resolves the names (which moment, which people, which address) and writes
/// all of it in the transaction of the click. <see cref="Step"/> and <see cref="Visit"/> say who asks, and make the ids.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "effect")]
[JsonDerivedType(typeof(OpenTask), "openTask")]
[JsonDerivedType(typeof(CloseTask), "closeTask")]
[JsonDerivedType(typeof(EscalateTask), "escalateTask")]
[JsonDerivedType(typeof(ArmDeadline), "armDeadline")]
[JsonDerivedType(typeof(ClearDeadline), "clearDeadline")]
[JsonDerivedType(typeof(MoveDeadline), "moveDeadline")]
[JsonDerivedType(typeof(MoveTask), "moveTask")]
[JsonDerivedType(typeof(QueueNotice), "queueNotice")]
[JsonDerivedType(typeof(SetStatus), "setStatus")]
[JsonDerivedType(typeof(ApplyToRegister), "applyToRegister")]
[JsonDerivedType(typeof(RecordDecision), "recordDecision")]
[JsonDerivedType(typeof(FollowUp), "followUp")]
[JsonDerivedType(typeof(EndFollowUp), "endFollowUp")]
[JsonDerivedType(typeof(CallOut), "callOut")]
[JsonDerivedType(typeof(Enrol), "enrol")]
[JsonDerivedType(typeof(GiveUpPlaces), "giveUpPlaces")]
public abstract record Effect(string Step, int Visit);

/// <summary>Who is to do a piece of work.</summary>
public enum TaskKind
{
    /// <summary>A checker of the participant sends, returns or rejects.</summary>
    Check,

    /// <summary>A maker of the participant corrects what was returned.</summary>
    Correction,

    /// <summary>A reviewer of the clearing house proposes an outcome.</summary>
    Review,

    /// <summary>An approver of the clearing house confirms, returns or overrules.</summary>
    Approval,

    /// <summary>The people of another participant answer what concerns them: a counterparty.</summary>
    Answer,

    /// <summary>The clearing house reports that work has got somewhere: ordered, ready, tested, live.</summary>
    Milestone,

    /// <summary>The clearing house does something beside the request: one person, once, and the flow waits for nothing.</summary>
    FollowUp,
}

/// <summary>Work opens for a role.</summary>
/// <param name="Title">The step's name as drawn.</param>
/// <param name="Team">The clearing house's team; null where any of that role may act, and for participants.</param>
/// <param name="Quorum">How many different people must answer alike; 1 unless the step says more.</param>
/// <param name="Deadline">The name of the deadline that the step waits under; null where it has none.</param>
public sealed record OpenTask(string Step, int Visit, TaskKind Kind, string Title, string? Team, int Quorum, string? Deadline) : Effect(Step, Visit)
{
    /// <summary>The answer that holds the ID of the participant whose people are asked; null where it is one's own side or the clearing house.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Participant { get; init; }
}

/// <summary>Work is over.</summary>
/// <param name="Outcome">The port that the token left by (<c>approve</c>), or why the work vanished (<c>withdrawn</c>, <c>lost the race</c>).</param>
public sealed record CloseTask(string Step, int Visit, string Outcome) : Effect(Step, Visit);

/// <summary>Work is overdue: it is marked for the role above. Asked for by the sweep, never drawn.</summary>
public sealed record EscalateTask(string Step, int Visit) : Effect(Step, Visit);

/// <summary>Something has to happen at a moment that belongs to a named deadline.</summary>
/// <param name="Deadline">The deadline's name in service.json.</param>
/// <param name="Kind">What the moment does.</param>
/// <param name="Before">How long before the deadline; zero for the deadline itself.</param>
/// <param name="Template">The notice that is sent at that moment; null where none is.</param>
/// <param name="To">Whom the notice goes to; empty where none is sent.</param>
public sealed record ArmDeadline(string Step, int Visit, string Deadline, DeadlineKind Kind, TimeSpan Before, string? Template, IReadOnlyList<string> To) : Effect(Step, Visit);

/// <summary>What a deadline's row does when its moment comes.</summary>
public enum DeadlineKind
{
    /// <summary>The token leaves by <c>deadline passed</c> (at the late time where the rule has one).</summary>
    Passes,

    /// <summary>People who can still act are reminded; no token moves.</summary>
    Reminder,

    /// <summary>The deadline has passed without a token moving: a role above is told, the task is marked.</summary>
    Escalation,

    /// <summary>A <c>WaitUntil</c> is over.</summary>
    Wait,

    /// <summary>The cut-off of a rule that has a late time: what is still here is shown as late, no token moves.</summary>
    CutOff,

    /// <summary>Places have become free for a request on the waiting list; a row of the moment at which they did, never armed by a step.</summary>
    Place,

    /// <summary>What the request is about does not take place: the run ends. A row of the moment at which that was said, never armed by a step.</summary>
    Cancellation,
}

/// <summary>The step no longer waits: all that it armed is cleared.</summary>
public sealed record ClearDeadline(string Step, int Visit, string Deadline) : Effect(Step, Visit);

/// <summary>What waits for a deadline waits for its new moment. Asked for where the calendar changes, never drawn.</summary>
/// <param name="Import">The file that changed the calendar.</param>
public sealed record MoveDeadline(string Step, int Visit, string Deadline, Guid Import) : Effect(Step, Visit);

/// <summary>Work is due at the new moment of its deadline. Asked for where the calendar changes, never drawn.</summary>
public sealed record MoveTask(string Step, int Visit, string Deadline) : Effect(Step, Visit);

/// <summary>People are told.</summary>
/// <param name="Template">Name of a mail of the eService's folder or of <c>_shared/mail</c>.</param>
/// <param name="To">Recipients by name: <c>maker</c>, <c>checker</c> (who checked), <c>checkers</c> (all who may), <c>contact</c>, <c>reviewers</c>, <c>reviewer</c> (who reviewed), <c>approvers</c>, <c>supervisors</c>, <c>counterparty</c> (those of the participant that is asked who may answer).</param>
/// <param name="Deadline">The deadline that the notice is about; null for the one that the request waits under.</param>
public sealed record QueueNotice(string Step, int Visit, string Template, IReadOnlyList<string> To, string? Deadline = null) : Effect(Step, Visit)
{
    /// <summary>The moment at which the deadline was before it moved; null where it has not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MovedFrom { get; init; }
}

/// <summary>The request's status, as its code in camelCase (<c>pendingChecker</c>).</summary>
public sealed record SetStatus(string Step, int Visit, string Status) : Effect(Step, Visit);

/// <summary>What was approved takes effect.</summary>
/// <param name="Kind">Kind of register entry, for example an exemption.</param>
/// <param name="EffectiveOn">ISO date from which it holds; null for at once.</param>
public sealed record ApplyToRegister(string Step, int Visit, string Kind, string? EffectiveOn, IReadOnlyList<RegisterChange> Changes) : Effect(Step, Visit);

/// <param name="Line">Number of the line (from 1) that the change came from; null where it is the whole request's.</param>
/// <param name="Key">Key of the entry within its kind.</param>
/// <param name="Values">What the entry holds then; where it is amended only what is other than null counts, where it ends none of it.</param>
public sealed record RegisterChange(int? Line, string Key, JsonObject Values, RegisterDeed Deed = RegisterDeed.Replace)
{
    /// <summary>The membership that has the entry, one of the requesting firm's; null for the one that the request is for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Membership { get; init; }
}

/// <summary>What becomes of the entry that the register holds under a key.</summary>
[JsonConverter(typeof(RegisterDeedJson))]
public enum RegisterDeed
{
    /// <summary>It ends, where there is one, and a new one begins with what is said.</summary>
    Replace,

    /// <summary>A new one begins; that there is one already is an error, which leaves everything as it was.</summary>
    Begin,

    /// <summary>It goes on with what is said; what is not said stays as it was.</summary>
    Amend,

    /// <summary>It ends, and nothing takes its place.</summary>
    End,

    /// <summary>Nothing is written: the step does not concern this line. No effect ever holds it.</summary>
    Leave,
}

internal sealed class RegisterDeedJson() : JsonStringEnumConverter<RegisterDeed>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);

/// <summary>A person's answer was taken by a step.</summary>
public sealed record RecordDecision(string Step, int Visit, TaskKind Kind, string Port) : Effect(Step, Visit);

/// <summary>Work is to be done beside the request, a task for each item; nothing waits for it.</summary>
/// <param name="Milestone">What is reported of each, by its name in form.json.</param>
/// <param name="Answer">The answer whose chosen options the items are.</param>
/// <param name="Team">As of <see cref="OpenTask"/>.</param>
public sealed record FollowUp(string Step, int Visit, string Milestone, string Title, string? Team, string Answer, IReadOnlyList<string> Items) : Effect(Step, Visit);

/// <summary>What was to be done beside the request and is not yet, is not to be done any more.</summary>
/// <param name="Outcome">Why: <c>withdrawn</c>, <c>cancelled</c>.</param>
public sealed record EndFollowUp(string Step, int Visit, string Outcome) : Effect(Step, Visit);

/// <summary>A system outside is to be told, by a signed message through the outbox.</summary>
public sealed record CallOut(string Step, int Visit, string Address, JsonObject Values) : Effect(Step, Visit);

/// <summary>Places are taken for people at an occasion, or a position on its waiting list.</summary>
/// <param name="Occasion">Key of the occasion: one date of an activity.</param>
/// <param name="HasPlaces">Whether the places were free when it was decided; else all of them wait together. What is no longer so when it is written rolls the click back.</param>
public sealed record Enrol(string Step, int Visit, string Occasion, bool HasPlaces, IReadOnlyList<JsonObject> Attendees) : Effect(Step, Visit);

/// <summary>The request's places, or its position on the waiting list, are given up; who waits longest takes them.</summary>
public sealed record GiveUpPlaces(string Step, int Visit) : Effect(Step, Visit);
