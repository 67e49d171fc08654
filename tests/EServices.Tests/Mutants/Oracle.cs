using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.EServices.Tests.Mutants;

/// <summary>
/// Whether a drawing breaks a house rule, found by playing it: everybody answers everything, every deadline passes or does
/// not, every condition comes out either way, and only what the interpreter did is looked at. Knows nothing of the checker.
/// </summary>
internal sealed class Oracle(EServiceDefinition service, Playground playground)
{
    private static readonly string[] Approvals = ["approved", "partiallyApproved", "completed"];
    private static readonly string[] Overs = ["rejectedByChecker", "rejectedByHkex", "completed", "expired", "withdrawn", "cancelled"];
    private static readonly string[] NeedTelling = ["returnedByChecker", "rejectedByChecker", "returnedByHkex", "rejectedByHkex"];

    private readonly Dictionary<string, (FlowState State, Past Past)> seen = [];
    private readonly Queue<string> due = new();
    private readonly List<(string From, string To, string? Deadline)> moves = [];
    private readonly HashSet<string> entered = [];
    private readonly HashSet<string> deadlines = [];
    private readonly Dictionary<string, OpenTask> tasks = [];
    private readonly Dictionary<string, string> passing = [];
    private readonly HashSet<string> finished = [];
    private string? broken;

    /// <summary>What is broken, in a word; null where nothing is.</summary>
    public string? Verdict()
    {
        Play(FlowState.New, new Past(), new RunStarted(), "new", null);
        while (broken is null && due.TryDequeue(out var key))
        {
            var (state, past) = seen[key];
            foreach (var token in state.Tokens)
            {
                foreach (var (stimulus, deadline) in Stimuli(token))
                {
                    Play(state, past, stimulus, key, deadline);
                }
            }
        }

        return broken ?? Afterwards();
    }

    private IEnumerable<(Stimulus Stimulus, string? Deadline)> Stimuli(WaitingToken token)
    {
        if (!tasks.TryGetValue(token.Step, out var task))
        {
            var isForPlaces = playground.Flow.Steps.First(s => s.Id == token.Step).Type == "ClientConnect.AwaitPlaces";
            (Stimulus, string?) goesOn = (isForPlaces ? new PlacesGiven() : new WaitIsOver(token.Step, token.Visit), null);
            return passing.TryGetValue(token.Step, out var passes) ? [goesOn, (new DeadlinePassed(passes), passes)] : [goesOn];
        }

        var ports = task.Kind switch { TaskKind.Correction or TaskKind.Milestone or TaskKind.Answer => ["Done"], _ => new[] { "approve", "return", "reject" } };
        return ports.Select(p => ((Stimulus)new TaskAnswered(token.Step, token.Visit, p), (string?)null))
            .Concat(task.Deadline is { } deadline ? [(new DeadlinePassed(deadline), deadline)] : []);
    }

    private void Play(FlowState state, Past past, Stimulus stimulus, string from, string? deadline)
    {
        if (stimulus is TaskAnswered answer && !playground.Flow.Connections.Any(c => c.From == answer.Step && c.Port == answer.Port))
        {
            broken ??= $"{answer.Port} at {answer.Step} leads nowhere";
        }

        foreach (var (advance, path) in playground.Play(state, stimulus))
        {
            if (advance.Fault is { } fault)
            {
                broken ??= fault.Message.Contains("by design", StringComparison.Ordinal) ? null : "stops: " + fault.Message;
                continue;
            }

            entered.UnionWith(path);
            var then = past;
            foreach (var effect in advance.Effects)
            {
                then = Look(then, effect);
            }

            then = Told(then, past, stimulus, advance);
            var key = $"{string.Join(',', advance.State.Tokens.Select(t => t.Step).Order())}|{then}|{advance.State.IsFinished}";
            moves.Add((from, key, deadline));
            if (advance.State.IsFinished)
            {
                finished.Add(key);
                JudgeEnd(then, path);
            }
            else if (Overs.Contains(then.Status))
            {
                broken ??= $"waits although {then.Status}";
            }

            if (seen.TryAdd(key, (advance.State, then)))
            {
                due.Enqueue(key);
            }
        }
    }

    private Past Look(Past past, Effect effect)
    {
        switch (effect)
        {
            case OpenTask open:
                tasks[open.Step] = open;
                if (open.Deadline is null && open.Kind is TaskKind.Check or TaskKind.Correction or TaskKind.Answer && Missable().Any())
                {
                    broken ??= $"{open.Step} waits without a deadline";
                }

                return past;
            case ArmDeadline arm:
                deadlines.Add(arm.Deadline);
                if (arm.Kind == DeadlineKind.Passes) passing[arm.Step] = arm.Deadline;
                return past;
            case CloseTask close when tasks[close.Step].Kind == TaskKind.Correction:
                return past with { Check = 0, Review = 0, Approval = 0 };
            case RecordDecision { Port: "approve" } yes:
                return Yes(past, yes.Kind, tasks[yes.Step].Quorum);
            case SetStatus set:
                Changes(past, set.Status, Approvals.Contains(set.Status));
                return past with { Status = set.Status };
            case ApplyToRegister apply:
                Changes(past, "a register entry", true, apply.Step);
                return past;
            default:
                return past;
        }
    }

    private void Changes(Past past, string what, bool grants, string? step = null)
    {
        if (Overs.Contains(past.Status) && past.Status != what)
        {
            broken ??= $"{what} after {past.Status}";
        }

        int Owed(string part, int people) => service.Exemptions.Any(e => e.Rule == part && e.Step is not null && e.Step == step) ? 0 : people;
        if (grants && (past.Check < Owed("check", service.Parts.Check) || past.Review < Owed("review", service.Parts.Review) || past.Approval < Owed("approval", service.Parts.Approval)))
        {
            broken ??= $"{what} after {past.Check} checks, {past.Review} reviews, {past.Approval} approvals";
        }
    }

    private static Past Yes(Past past, TaskKind kind, int people) => kind switch
    {
        TaskKind.Check => past with { Check = Math.Max(past.Check, people) },
        TaskKind.Review => past with { Review = Math.Max(past.Review, people) },
        TaskKind.Approval => past with { Approval = Math.Max(past.Approval, people) },
        _ => past,
    };

    /// <summary>Whether a return or a rejection reached the maker in the moment in which it was decided, or is still between reviewer and approver.</summary>
    private Past Told(Past then, Past before, Stimulus stimulus, FlowAdvance advance)
    {
        then = then with { Proposed = false };
        if (advance.Effects.OfType<QueueNotice>().Any(n => n.To.Contains("maker") || n.To.Contains("makers")))
        {
            return then;
        }

        var kind = stimulus is TaskAnswered a ? tasks[a.Step].Kind : TaskKind.Answer;
        var port = (stimulus as TaskAnswered)?.Port;
        var hard = advance.Effects.OfType<SetStatus>().Any(s => NeedTelling.Contains(s.Status)) || (kind == TaskKind.Check && port is "return" or "reject");
        var confirmed = kind == TaskKind.Approval && port == "approve" && before.Proposed;
        var soft = confirmed || (kind is TaskKind.Review or TaskKind.Approval && port is "return" or "reject");
        var inside = advance.Waits.Any(w => tasks.TryGetValue(w.Step, out var t) && t.Kind is TaskKind.Review or TaskKind.Approval);
        if (hard || (soft && !inside))
        {
            broken ??= $"{port} at {(stimulus as TaskAnswered)?.Step} tells the maker nothing";
        }

        var toApprover = advance.Waits.Any(w => tasks.TryGetValue(w.Step, out var t) && t.Kind == TaskKind.Approval);
        return then with { Proposed = toApprover && (confirmed || (kind == TaskKind.Review && port == "reject")) };
    }

    private void JudgeEnd(Past past, List<string> path)
    {
        if (path.Count == 0 || playground.Flow.Steps.First(s => s.Id == path[^1]).Type is not ("Elsa.End" or "Elsa.Finish"))
        {
            broken ??= $"stops at {(path.Count == 0 ? "an answer" : path[^1])}, which is no end";
        }

        if (!Overs.Contains(past.Status) && !Approvals.Contains(past.Status))
        {
            broken ??= $"ends while {past.Status}";
        }
    }

    private string? Afterwards()
    {
        if (playground.Flow.Steps.FirstOrDefault(s => !entered.Contains(s.Id)) is { } dead)
        {
            return $"{dead.Id} is never entered";
        }

        if (service.Deadlines.FirstOrDefault(d => !deadlines.Contains(d.Name) && service.Withdrawal?.Until.Values.Contains(d.Name) != true) is { } idle)
        {
            return $"nothing is armed for {idle.Name}";
        }

        var ending = new HashSet<string>(finished);
        while (moves.Where(m => ending.Contains(m.To) && !ending.Contains(m.From)).Select(m => m.From).ToList() is { Count: > 0 } more)
        {
            ending.UnionWith(more);
        }

        return seen.Keys.FirstOrDefault(k => !ending.Contains(k)) is { } stuck ? $"no end from {stuck}"
            : moves.Select(m => m.Deadline).OfType<string>().Distinct().FirstOrDefault(GoesRound) is { } round ? $"goes round for ever once {round} has passed" : null;
    }

    /// <summary>What is left after taking away, again and again, what leads to nothing, is a round.</summary>
    private bool GoesRound(string deadline)
    {
        var left = moves.Where(m => m.Deadline == deadline).ToHashSet();
        while (left.RemoveWhere(m => !left.Any(n => n.From == m.To)) > 0)
        {
        }

        return left.Count > 0;
    }

    private IEnumerable<string> Missable() => playground.Flow.Steps.Select(s => s.Inputs.GetValueOrDefault("deadline")).OfType<string>().Intersect(service.Deadlines.Select(d => d.Name));

    /// <summary>What counts of what has happened: the yeses to what the request holds now, its status, and whether a rejection is only proposed.</summary>
    private sealed record Past(int Check = 0, int Review = 0, int Approval = 0, string Status = "", bool Proposed = false);
}
