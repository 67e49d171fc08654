using System.Text.Json.Nodes;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>A request that the calendar concerns: deadlines of it move, or days that it speaks of are closed. Pure.</summary>
internal sealed record MovingRequest(LoadedRequest Request, IReadOnlyList<MovingDeadline> Deadlines, IReadOnlyList<ClosedDay> Closing, string CalendarVersion, DateTimeOffset Now)
{
    private const string MovedNotice = "deadline-moved", ClosedNotice = "day-closed";

    public IEnumerable<MovedDeadline> Shown => Deadlines.Select(d => Named(Request, d.Open.Step, d.Open.Name, d.From, d.To, Now));

    public IEnumerable<ClosingDay> Closed => Closing.Select(day => new ClosingDay(Request.Id, IsKnown(Request) ? Request.Number : null, IsKnown(Request) ? Request.FirmName : null, Request.Bundle.Service.Name, day.Path, day.Label, day.Line, day.Day, day.Why));

    /// <summary>Null where none of its deadlines moves and none of its days closes.</summary>
    /// <param name="before">Null where the rows have only just been armed: then they are as their rules gave them, and answers are left alone.</param>
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

        IReadOnlyList<ClosedDay> closing = before is null ? [] : [.. DaysOf(after).ExceptBy(DaysOf(before).Select(d => d.Path), d => d.Path)];
        return moving.Count + closing.Count == 0 ? null : new MovingRequest(request, moving, closing, after.Version, now);

        IReadOnlyList<ClosedDay> DaysOf(BusinessCalendar calendar) => ClosedDays.Of(request.Bundle.Service, request.Form, request.Answers, calendar, HongKong.DateIn(now));
    }

    /// <summary>What is written: rows, work and plan move, the record says so, and who waits or is waited for is told.</summary>
    public RequestChange Change(Guid import)
    {
        var planned = new DeadlinePlan(Deadlines.Select(d => d.Planned).DistinctBy(p => p.Name).ToDictionary(p => p.Name), new Dictionary<string, Refusal>(), CalendarVersion);
        var plan = Request.Plan?.DeepClone() as JsonObject ?? [];
        foreach (var (name, moment) in PlanJson.Of(planned)) plan[name] = moment?.DeepClone();
        var what = new DeadlinesMoved([.. Deadlines.Select(d => new MovedMoment(d.Open.Name, d.Open.Step, d.From.ToHongKong(), d.To.ToHongKong()))], import.ToString(), Request.Status.Code(), Closing.Count == 0 ? null : [.. Closing.Select(c => new ClosedAnswer(c.Path, c.Day))]);
        return new RequestChange(Request with { Plan = plan }, what, [.. Deadlines.SelectMany(d => EffectsOf(d, import)), .. Closing.Count == 0 ? [] : ToldOfClosed()], planned);
    }

    /// <summary>As the clearing house may read it: what is still with a firm is named without number and firm.</summary>
    public static MovedDeadline Named(LoadedRequest request, string step, string deadline, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var service = request.Bundle.Service;
        return new MovedDeadline(
            request.Id, IsKnown(request) ? request.Number : null, IsKnown(request) ? request.FirmName : null, service.Name, request.Bundle.Flow.Steps.FirstOrDefault(s => s.Id == step)?.Title ?? step,
            service.Deadlines.FirstOrDefault(d => d.Name == deadline)?.Label ?? new LocalText(deadline), from, to, to <= now);
    }

    private IEnumerable<Effect> EffectsOf(MovingDeadline moving, Guid import)
    {
        var (step, visit, name) = (moving.Open.Step, moving.Open.Visit, moving.Open.Name);
        yield return new MoveDeadline(step, visit, name, import);
        yield return new MoveTask(step, visit, name);
        yield return new QueueNotice(step, visit, MovedNotice, ["maker", .. WaitedFor(step)], name) { MovedFrom = moving.From };
    }

    // Once the clearing house has it, it answers for what was asked of it, wherever it stands.
    private IEnumerable<Effect> ToldOfClosed() => Request.Waiting.Take(1).Select(at => new QueueNotice(at.Step.Id, at.Visit, ClosedNotice, [.. WaitedFor(at.Step.Id).Prepend("maker").Concat(IsKnown(Request) ? ["reviewers"] : []).Distinct()]));

    private static bool IsKnown(LoadedRequest request) => request.SubmittedAt is not null;

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
