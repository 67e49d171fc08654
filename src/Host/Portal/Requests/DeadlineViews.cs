using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Is it in time? The plan of deadlines as the head of a page says it.</summary>
internal static class DeadlineViews
{
    /// <summary>Null where no deadline is waited for, or none follows from the answers yet.</summary>
    /// <param name="forMaker">The maker also wants to know by when the checker should have it.</param>
    public static DeadlineView? Of(LoadedRequest request, DeadlinePlan plan, DateTimeOffset now, bool forMaker) =>
        NameFor(request) is { } name ? Of(request.Bundle, plan, name, now, forMaker) : null;

    public static DeadlineView? Of(EServiceBundle bundle, DeadlinePlan plan, string name, DateTimeOffset now, bool forMaker)
    {
        if (plan[name] is { } planned)
        {
            return new DeadlineView(planned.Label, planned.DueAt)
            {
                LateUntil = planned.LateAt is { } late ? new Moment(late) : null,
                CheckerBy = forMaker && now < planned.DueAt ? new Moment(planned.LatestSafeAt) : null,
                StartBy = forMaker && now < planned.StartBy && planned.StartBy < planned.LatestSafeAt ? new Moment(planned.StartBy) : null,
                Reasons = planned.Reasons,
                Source = new LocalText(planned.Source),
                IsVerified = planned.Verified,
            };
        }

        return plan.Refused.ContainsKey(name) && bundle.Service.Deadlines.FirstOrDefault(d => d.Name == name) is { } rule
            ? new DeadlineView(rule.Label, now) { IsUnknown = true }
            : null;
    }

    /// <summary>Every deadline with its moment, and what became of it so far.</summary>
    public static IReadOnlyList<PlannedRow> Rows(LoadedRequest request, DeadlinePlan plan, IReadOnlyList<LedgerEntry> ledger, DateTimeOffset now) =>
        [.. request.Bundle.Service.Deadlines.Select(d => d.Name).Distinct().Select(name => plan[name]).OfType<PlannedDeadline>().Select(d => AsArmed(d, ledger)).OrderBy(d => d.DueAt)
            .Select(d => new PlannedRow(d.Label, d.DueAt, d.LateAt is { } late ? new Moment(late) : null, StateOf(request, d, ledger, now), d.Verified)
            {
                Reasons = d.Verified ? [.. d.Reasons, PortalCalls.Texts(l => $"{Words.Of("deadline.source", l)} {d.Source}")] : [.. d.Reasons, Words.Text("deadline.unverified")],
            })];

    // Where it was armed last: a rule that counts from today would put it elsewhere each day.
    private static PlannedDeadline AsArmed(PlannedDeadline deadline, IReadOnlyList<LedgerEntry> ledger)
    {
        var own = ledger.Where(e => e.Name == deadline.Name).ToList();
        DateTimeOffset? Last(params DeadlineKind[] kinds) => own.Where(e => kinds.Contains(e.Kind)).Select(e => (DateTimeOffset?)e.DueAt).Max();
        var (cutOff, end) = (Last(DeadlineKind.CutOff), Last(DeadlineKind.Passes, DeadlineKind.Wait) ?? Last(DeadlineKind.Escalation));
        return cutOff is { } due ? deadline with { DueAt = due, LateAt = end } : end is { } at ? deadline with { DueAt = at, LateAt = null } : deadline;
    }

    // Armed anew with each round: what runs now counts, then what happened last. Where only warnings hang on it, they tell.
    private static LocalText StateOf(LoadedRequest request, PlannedDeadline deadline, IReadOnlyList<LedgerEntry> ledger, DateTimeOffset now)
    {
        var own = ledger.Where(e => e.Name == deadline.Name).ToList();
        var binding = own.Where(e => e.Kind is DeadlineKind.Passes or DeadlineKind.Wait).ToList();
        var states = (binding.Count > 0 ? binding : own.Where(e => e.Kind is not DeadlineKind.Reminder || e.State == DeadlineState.Armed)).Select(e => e.State).ToHashSet();
        return Words.Text("deadline-state." + (
            states.Contains(DeadlineState.Armed) ? now < deadline.DueAt ? "running" : "late"
            : states.Contains(DeadlineState.Fired) ? "passed"
            : own.Count > 0 ? "closed"
            : request.Status.IsFinal() || (request.Status is RequestStatus.Approved or RequestStatus.PartiallyApproved && !request.CameBackInPart) ? "not-needed" : "not-begun"));
    }

    /// <summary>The deadline that the request waits under; before it is sent, the one that its first check will wait under.</summary>
    public static string? NameFor(LoadedRequest request) => request.IsDraft
        ? FirstOf(request.Bundle)
        : request.Waiting.Select(w => DeadlineOf(w.Step)).FirstOrDefault(d => d is not null);

    /// <summary>What a participant's check waits under first; null where the eService sets nothing.</summary>
    public static string? FirstOf(EServiceBundle bundle) =>
        bundle.Flow.Steps.Where(s => s.Type.EndsWith(".ParticipantCheck", StringComparison.Ordinal)).Select(DeadlineOf).FirstOrDefault(d => d is not null);

    private static string? DeadlineOf(Workflows.Flow.FlowStep step) =>
        step.Inputs.GetValueOrDefault("deadline")?.Trim('"') is { Length: > 0 } name ? name : null;
}
