using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Workflows.Requests;

/// <summary>What a stimulus makes of a request, before anything is written.</summary>
public sealed record RequestMove(LoadedRequest After, IReadOnlyList<Effect> Effects, DeadlinePlan Plan);

/// <summary>Asks the flow interpreter what follows, with the facts and the plan of deadlines as they are now.</summary>
public sealed class RequestMoves(IFlowInterpreter interpreter, CalendarStore calendars)
{
    /// <param name="request">With all that the click has changed already (answers, outcomes, parts).</param>
    public Result<RequestMove> Advance(LoadedRequest request, Stimulus stimulus, DateTimeOffset now)
    {
        var facts = RequestFacts.Of(request, now);
        var plan = DeadlinePlanner.Plan(request.Bundle.Service, facts, calendars.Current, now);
        var planned = request with { Plan = PlanJson.Of(plan) };
        facts["deadlines"] = planned.Plan.DeepClone();
        var advance = interpreter.Advance(planned.Bundle.Flow, planned.Run, stimulus, new Facts(facts));
        if (advance.Fault is { } fault) return new FlowCannotMove(fault.Step, fault.Message);
        if (advance.Ignored) return new RequestHasMovedOn(request.Status);

        if (advance.Effects.OfType<ArmDeadline>().Select(a => WhyNotPlanned(plan, a)).FirstOrDefault(r => r is not null) is { } unplanned) return unplanned;
        var status = advance.Effects.OfType<SetStatus>().LastOrDefault() is { } set
            ? RequestStatuses.From(set.Status) ?? throw new InvalidOperationException($"Step {set.Step} sets the unknown status {set.Status}.")
            : request.Status;
        return new RequestMove(AskedAnew(planned with { Run = advance.State, Status = status, FollowUps = FollowUps.After(planned.FollowUps, advance.Effects, now) }, advance.Effects), advance.Effects, plan);
    }

    /// <summary>Whether a checker of the firm has it before the clearing house, sent as it stands now.</summary>
    /// <param name="answers">As they would be sent.</param>
    public bool IsCheckedFirst(LoadedRequest request, System.Text.Json.Nodes.JsonObject answers, DateTimeOffset now)
    {
        var moved = Advance(request with { Answers = answers, Draft = null }, SubmitRequest.StimulusOf(request), now);
        return moved.IsRefused || moved.Value.After.Status == RequestStatus.PendingChecker;
    }

    /// <summary>The deadlines as they follow from the request and the calendar now.</summary>
    public DeadlinePlan PlanOf(LoadedRequest request, DateTimeOffset now) =>
        DeadlinePlanner.Plan(request.Bundle.Service, RequestFacts.Of(request, now), calendars.Current, now);

    /// <summary>
    /// The same for readers and reminders. What the request waits under lies where it was armed, however far on a rule that counts from today would put it by now.
    /// </summary>
    public DeadlinePlan ShownPlanOf(LoadedRequest request, DateTimeOffset now)
    {
        var plan = PlanOf(request, now);
        if (request.IsDraft || request.Plan is not { } armed) return plan;
        var waited = request.Waiting.SelectMany(w => request.Bundle.Flow.DeadlinesAt(w.Step.Id)).ToHashSet(StringComparer.Ordinal);
        return plan with { Planned = plan.Planned.ToDictionary(p => p.Key, p => waited.Contains(p.Key) ? PlanJson.Moved(p.Value, armed) : p.Value) };
    }

    // Who is asked again answers again: what was said before was of other answers, and stays in the record.
    private static LoadedRequest AskedAnew(LoadedRequest request, IReadOnlyList<Effect> effects) =>
        effects.OfType<OpenTask>().Where(o => o.Kind == TaskKind.Answer).Select(o => request.Bundle.Flow.Steps.First(s => s.Id == o.Step).Inputs["milestone"])
            .Aggregate(request, (asked, name) => asked with { Milestones = Milestones.Without(asked.Milestones, name) });

    private static Refusal? WhyNotPlanned(DeadlinePlan plan, ArmDeadline wanted) =>
        plan[wanted.Deadline] is not null ? null
        : plan.Refused.GetValueOrDefault(wanted.Deadline) ?? new FlowCannotMove(wanted.Step, $"No rule of the deadline {wanted.Deadline} applies to this request.");

    /// <summary>A refusal where the last moment of the deadline has passed; null where there is still time, or no deadline.</summary>
    public static Refusal? TooLate(PlannedDeadline? deadline, DateTimeOffset now) =>
        deadline is not null && now >= deadline.PassesAt ? new DeadlineHasPassed(deadline.PassesAt) : null;
}
