using System.Text.Json.Nodes;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>A request of which deadlines move with the calendar. Pure.</summary>
internal sealed record MovingRequest(LoadedRequest Request, IReadOnlyList<MovingDeadline> Deadlines, string CalendarVersion, DateTimeOffset Now)
{
    private const string Template = "deadline-moved";

    public IEnumerable<MovedDeadline> Shown => Deadlines.Select(d => Named(Request, d.Open.Step, d.Open.Name, d.From, d.To, Now));

    /// <summary>Null where none of its deadlines moves.</summary>
    /// <param name="before">Null where the rows have only just been armed: then they are as their rules gave them.</param>
    public static MovingRequest? Of(LoadedRequest request, IReadOnlyList<OpenDeadline> open, BusinessCalendar? before, BusinessCalendar after, DateTimeOffset now)
    {
        var moving = new List<MovingDeadline>();
        foreach (var armed in open.GroupBy(d => d.PlannedAt))
        {
            // A rule that counts from today counts from the day on which the row was armed.
            var facts = RequestFacts.Of(request, armed.Key);
            var old = before is null ? null : DeadlinePlanner.Plan(request.Bundle.Service, facts, before, armed.Key);
            var planned = DeadlinePlanner.Plan(request.Bundle.Service, facts, after, armed.Key);
            moving.AddRange(armed.Where(d => old is null || old[d.Name]?.DueAt == d.DueAt).Select(d => MovingDeadline.Of(d, planned[d.Name])).OfType<MovingDeadline>());
        }

        return moving.Count == 0 ? null : new MovingRequest(request, moving, after.Version, now);
    }

    /// <summary>What is written: rows, work and plan move, the record says so, and who waits or is waited for is told.</summary>
    public RequestChange Change(Guid import)
    {
        var planned = new DeadlinePlan(Deadlines.Select(d => d.Planned).DistinctBy(p => p.Name).ToDictionary(p => p.Name), new Dictionary<string, Refusal>(), CalendarVersion);
        var plan = Request.Plan?.DeepClone() as JsonObject ?? [];
        foreach (var (name, moment) in PlanJson.Of(planned)) plan[name] = moment?.DeepClone();
        var what = new DeadlinesMoved([.. Deadlines.Select(d => new MovedMoment(d.Open.Name, d.Open.Step, d.From.ToHongKong(), d.To.ToHongKong()))], import.ToString(), Request.Status.Code());
        return new RequestChange(Request with { Plan = plan }, what, [.. Deadlines.SelectMany(d => EffectsOf(d, import))], planned);
    }

    /// <summary>As the clearing house may read it: what is still with a firm is named without number and firm.</summary>
    public static MovedDeadline Named(LoadedRequest request, string step, string deadline, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var service = request.Bundle.Service;
        var isKnown = request.SubmittedAt is not null;
        return new MovedDeadline(
            request.Id, isKnown ? request.Number : null, isKnown ? request.FirmName : null, service.Name, request.Bundle.Flow.Steps.FirstOrDefault(s => s.Id == step)?.Title ?? step,
            service.Deadlines.FirstOrDefault(d => d.Name == deadline)?.Label ?? new LocalText(deadline), from, to, to <= now);
    }

    private IEnumerable<Effect> EffectsOf(MovingDeadline moving, Guid import)
    {
        var (step, visit, name) = (moving.Open.Step, moving.Open.Visit, moving.Open.Name);
        yield return new MoveDeadline(step, visit, name, import);
        yield return new MoveTask(step, visit, name);
        yield return new QueueNotice(step, visit, Template, ["maker", .. WaitedFor(step)], name) { MovedFrom = moving.From };
    }

    private IEnumerable<string> WaitedFor(string step) => FlowWays.WaitAt(Request.Bundle.Flow, step)?.Work switch
    {
        TaskKind.Check => ["checkers"],
        TaskKind.Correction => ["makers"],
        TaskKind.Review or TaskKind.Milestone => ["reviewers"],
        TaskKind.Approval => ["approvers"],
        TaskKind.Answer => ["counterparty"],
        _ => [],
    };
}

/// <summary>A deadline, and where the changed calendar puts it.</summary>
/// <param name="From">The first moment of it that moves.</param>
internal sealed record MovingDeadline(OpenDeadline Open, PlannedDeadline Planned, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Null where it stays.</summary>
    public static MovingDeadline? Of(OpenDeadline open, PlannedDeadline? after)
    {
        if (after is null) return null;
        if (after.DueAt != open.DueAt && (open.HasCutOff || open.LeavesAt is null || after.LateAt is null)) return new MovingDeadline(open, after, open.DueAt, after.DueAt);
        return open.LeavesAt is { } leaves && after.PassesAt != leaves ? new MovingDeadline(open, after, leaves, after.PassesAt) : null;
    }
}
