using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>What moved a run, as its record tells it.</summary>
/// <param name="At">Number of the event.</param>
public abstract record FlowMove(int At)
{
    /// <summary>The maker sent for the first time.</summary>
    public sealed record Begun(int At) : FlowMove(At);

    /// <summary>The task of a step was answered by one of its ports.</summary>
    public sealed record Answered(int At, string Step, string Port) : FlowMove(At);

    /// <summary>The maker sent what had been returned.</summary>
    public sealed record Corrected(int At) : FlowMove(At);

    /// <summary>A deadline passed: all that waits under it goes on.</summary>
    public sealed record Passed(int At, string Deadline) : FlowMove(At);

    /// <summary>A moment that was waited for came.</summary>
    public sealed record Waited(int At, string Until) : FlowMove(At);

    /// <summary>Places became free for who waited for them.</summary>
    public sealed record Placed(int At) : FlowMove(At);

    /// <summary>All that waited vanished: the request was taken back.</summary>
    public sealed record Ended(int At) : FlowMove(At);
}

/// <summary>One visit of a step: between which events a token was there.</summary>
/// <param name="Entered">Number of the event that brought the token there.</param>
/// <param name="Left">Number of the event by which it went on; null while it waits.</param>
public sealed record StepStay(string Step, int Visit, int Entered, int? Left);

/// <summary>
/// Which steps a run went through, and by which event: read off the drawing, the visits that the run has counted and the order of what
/// moved it, for the facts of those days are gone. Where ways part, the way that leads to what was answered next is the one that was taken.
/// </summary>
public sealed class FlowCourse
{
    private readonly FlowDefinition flow;
    private readonly FlowState run;
    private readonly List<StepStay> stays = [];
    private readonly Dictionary<int, IReadOnlyList<string>> left = [];

    private FlowCourse(FlowDefinition flow, FlowState run) => (this.flow, this.run) = (flow, run);

    /// <summary>In the order in which they were entered.</summary>
    public IReadOnlyList<StepStay> Stays => stays;

    public static FlowCourse Of(FlowDefinition flow, FlowState run, IReadOnlyList<FlowMove> moves)
    {
        var course = new FlowCourse(flow, run);
        for (var i = 0; i < moves.Count; i++) course.Follow(moves[i], [.. moves.Skip(i + 1)]);
        return course;
    }

    /// <summary>The steps that a token left by that event; the first step where it began the run.</summary>
    public IReadOnlyList<string> LeftAt(int number) => left.GetValueOrDefault(number) ?? [];

    /// <summary>The steps that waited when that event came, and went on waiting.</summary>
    public IEnumerable<string> WaitingAt(int number) =>
        stays.Where(s => flow.Step(s.Step)!.Behaviour is Waiting && s.Entered < number && (s.Left is not { } end || end > number)).Select(s => s.Step);

    private IEnumerable<StepStay> Open => stays.Where(s => s.Left is null);

    private void Follow(FlowMove move, IReadOnlyList<FlowMove> later)
    {
        if (move is FlowMove.Begun)
        {
            left[move.At] = [flow.Start.Id];
            Enter(flow.Start, move.At, later);
            return;
        }

        var leaving = Open.Where(s => MayLeave(flow.Step(s.Step)!, move)).ToList();
        if (leaving.Count == 0) return;
        // Who is asked of several answers first of all without moving it: the step's next answer is what counts.
        if (move is FlowMove.Answered answered && later is [FlowMove.Answered next, ..] && next.Step == answered.Step && !Reached(answered.Step, answered.Port).Contains(flow.Step(next.Step)!)) return;
        left[move.At] = [.. leaving.Select(s => s.Step)];
        Leave(leaving, move.At);
        foreach (var step in leaving.Select(s => flow.Step(s.Step)!))
        {
            if (PortOf(move) is { } port && step.Target(port) is { } target) Enter(target, move.At, later);
        }
    }

    private void Leave(List<StepStay> leaving, int at)
    {
        foreach (var stay in leaving) stays[stays.IndexOf(stay)] = stay with { Left = at };
    }

    private static bool MayLeave(Step step, FlowMove move) => (move, step.Behaviour) switch
    {
        (FlowMove.Answered answered, _) => step.Id == answered.Step,
        (FlowMove.Corrected, People people) => people.Kind == TaskKind.Correction,
        (FlowMove.Passed passed, People people) => people.Deadline == passed.Deadline,
        (FlowMove.Passed passed, PlaceWait places) => places.Deadline == passed.Deadline,
        (FlowMove.Placed, PlaceWait) => true,
        (FlowMove.Waited waited, Pause pause) => pause.Until == waited.Until,
        (FlowMove.Ended, _) => true,
        _ => false,
    };

    private static string? PortOf(FlowMove move) => move switch
    {
        FlowMove.Answered answered => answered.Port,
        FlowMove.Passed => Ports.DeadlinePassed,
        FlowMove.Ended => null,
        _ => Ports.Done,
    };

    private void Enter(Step first, int at, IReadOnlyList<FlowMove> later)
    {
        var shut = ShutJoins(Reach(first, []));
        var reached = Reach(first, shut);
        var landings = Landings(reached, shut, later);
        foreach (var step in reached.Where(s => !shut.Contains(s) && (s == first || IsDue(s)) && Reach(s, shut).Exists(landings.Contains)))
        {
            // What still waits where others race past, or where all is over, goes with it.
            if (step.Behaviour is Join) Leave([.. Open.Where(s => IsInside(flow.Step(s.Step)!, step))], at);
            if (step.Behaviour is Ending) Leave([.. Open], at);
            stays.Add(new StepStay(step.Id, stays.Count(s => s.Step == step.Id) + 1, at, step.Behaviour is Waiting ? null : at));
        }
    }

    // Where the tokens came to rest: at what is answered next, at what waits now or is left later, else at what the run has visited more often than is told so far.
    private HashSet<Step> Landings(List<Step> reached, HashSet<Step> shut, IReadOnlyList<FlowMove> later)
    {
        var rests = reached.Where(s => s.Behaviour is Waiting or Ending || s.Exits.Count == 0).Where(IsDue).ToList();
        // Branches side by side come to rest each for itself.
        if (reached.Exists(s => s.Behaviour is Fork)) return [.. rests, .. shut];
        if (later is [not FlowMove.Ended and var next, ..] && rests.Find(s => MayLeave(s, next)) is { } only) return [only];
        var kept = rests.Where(s => run.Tokens.Any(t => t.Step == s.Id) || later.Any(m => m is not FlowMove.Ended && MayLeave(s, m))).ToHashSet();
        return kept.Count > 0 ? kept : [.. rests, .. shut];
    }

    private bool IsDue(Step step) => run.Visits.GetValueOrDefault(step.Id) > stays.Count(s => s.Step == step.Id);

    private List<Step> Reached(string step, string port) => flow.Step(step)?.Target(port) is { } target ? Reach(target, []) : [];

    // Joins that a token only reaches: others are still on their way there.
    private HashSet<Step> ShutJoins(List<Step> reached) =>
        [.. reached.Where(join => join.Behaviour is Join { Any: false } && Open.Select(s => flow.Step(s.Step)!).Concat(reached.Where(s => s.Behaviour is Waiting && IsDue(s))).Any(s => IsInside(s, join)))];

    private static bool IsInside(Step step, Step join)
    {
        for (var branch = step.Within; branch is not null; branch = branch.Around)
        {
            if (branch.Fork.ClosedBy == join) return true;
        }

        return false;
    }

    // All that a token can come to before it rests, nearest first.
    private static List<Step> Reach(Step first, HashSet<Step> shut)
    {
        var reached = new List<Step> { first };
        for (var i = 0; i < reached.Count; i++)
        {
            if (reached[i].Behaviour is Waiting || shut.Contains(reached[i])) continue;
            reached.AddRange(reached[i].Exits.Select(e => e.To).Distinct().Where(to => !reached.Contains(to)));
        }

        return reached;
    }
}
