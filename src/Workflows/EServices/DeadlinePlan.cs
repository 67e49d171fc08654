using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>The moments that a request's deadlines fall on, as of the facts they were planned from.</summary>
/// <param name="Planned">One per name; a name is missing while its anchor isn't known (nothing approved yet).</param>
/// <param name="Refused">Deadlines that can't be planned, with the reason: the calendar isn't known that far.</param>
/// <param name="CalendarVersion">The calendar that was counted on.</param>
public sealed record DeadlinePlan(
    IReadOnlyDictionary<string, PlannedDeadline> Planned,
    IReadOnlyDictionary<string, Refusal> Refused,
    string CalendarVersion)
{
    /// <summary>Null while its anchor isn't known, and where it is refused.</summary>
    public PlannedDeadline? this[string name] => Planned.GetValueOrDefault(name);
}

/// <summary>One deadline at its moment.</summary>
/// <param name="DueAt">The official cut-off.</param>
/// <param name="LateAt">Until when what is late is still taken; null where nothing is.</param>
/// <param name="LatestSafeAt">Until when the maker should send, so that the checker has time.</param>
/// <param name="StartBy">When to begin filling in, counted back in working time from the latest safe moment.</param>
/// <param name="Reasons">Why it lies where it lies: the days passed over ("Thu 24 Dec 2026 is a half-day").</param>
/// <param name="Verified">False where the rule is configured, not published, or rests on days that weren't verified.</param>
public sealed record PlannedDeadline(
    string Name,
    LocalText Label,
    DateTimeOffset DueAt,
    DateTimeOffset? LateAt,
    DateTimeOffset LatestSafeAt,
    DateTimeOffset StartBy,
    DeadlineBehaviour Behaviour,
    IReadOnlyList<LocalText> Reasons,
    string Source,
    bool Verified)
{
    /// <summary>When the token leaves by <c>deadline passed</c>: the late time where there is one.</summary>
    public DateTimeOffset PassesAt => LateAt ?? DueAt;
}

/// <summary>A deadline's rule can't be worked out: an analyst has to correct the eService.</summary>
public sealed record DeadlineIsNotPlannable(string Deadline, string Why) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["deadline"] = Deadline, ["why"] = Why };
}

/// <summary>Whether a checker's send is taken on a day.</summary>
/// <param name="IsOpen">The day counts, and it is not too early.</param>
/// <param name="CountsAt">When the send counts as sent: now, or where it is deferred the opening of the next such day.</param>
/// <param name="NextAt">When sends are taken again; null while they are.</param>
/// <param name="Reasons">Why not today.</param>
public sealed record ProcessingDay(bool IsOpen, Otherwise Otherwise, DateTimeOffset CountsAt, DateTimeOffset? NextAt, IReadOnlyList<LocalText> Reasons)
{
    public bool IsRefused => !IsOpen && Otherwise == Otherwise.Reject;
}
