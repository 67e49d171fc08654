using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Kit;

/// <summary>The head of a form or task that answers: is it in time?</summary>
/// <param name="Label">As the eService calls it: "Cut-off", "Decision due".</param>
/// <param name="CutOff">When it must be sent to be in time.</param>
public sealed record DeadlineView(LocalText Label, Moment CutOff)
{
    /// <summary>What is sent after the cut-off and before this is accepted and flagged; null where nothing late is taken.</summary>
    public Moment? LateUntil { get; init; }

    /// <summary>The time by which the participant's checker must have it, safely; null where the viewer is past that.</summary>
    public Moment? CheckerBy { get; init; }

    /// <summary>When to begin filling in, so that it is safe; null where that is past, or the eService does not say how long it takes.</summary>
    public Moment? StartBy { get; init; }

    /// <summary>The calendar's and the rule's reasons: "Thu 24 Dec is a half-day".</summary>
    public IReadOnlyList<LocalText> Reasons { get; init; } = [];

    /// <summary>Where the rule comes from.</summary>
    public LocalText? Source { get; init; }

    /// <summary>False where the exchange has not confirmed the rule: the page says so.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The calendar ends before the deadline: nothing is promised.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>Who has it can still do it when it is over: nothing but a warning hangs on it.</summary>
    public bool OnlyWarns { get; init; }

    /// <summary>In time, soon (within the hour), late (cut-off passed, late time not) or over.</summary>
    public Urgency UrgencyAt(DateTimeOffset now) =>
        now < CutOff.At ? Urgencies.Of(CutOff.At - now) : LateUntil is { } late && now < late.At ? Urgency.Late : Urgency.Over;
}

/// <summary>How near a deadline is; always said in words too.</summary>
public enum Urgency
{
    /// <summary>More than four hours left, or none set.</summary>
    Calm,

    /// <summary>Less than four hours left.</summary>
    Today,

    /// <summary>Less than an hour left.</summary>
    Soon,

    /// <summary>Past the cut-off, still accepted and flagged.</summary>
    Late,

    /// <summary>Past, and no longer accepted.</summary>
    Over,
}

/// <summary>The two limits between the urgencies.</summary>
public static class Urgencies
{
    public static Urgency Of(TimeSpan left) =>
        left <= TimeSpan.Zero ? Urgency.Over : left < TimeSpan.FromHours(1) ? Urgency.Soon : left < TimeSpan.FromHours(4) ? Urgency.Today : Urgency.Calm;
}
