using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.EServices;
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
                Reasons = planned.Reasons,
                Source = new LocalText(planned.Source),
                IsVerified = planned.Verified,
            };
        }

        return plan.Refused.ContainsKey(name) && bundle.Service.Deadlines.FirstOrDefault(d => d.Name == name) is { } rule
            ? new DeadlineView(rule.Label, now) { IsUnknown = true }
            : null;
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
