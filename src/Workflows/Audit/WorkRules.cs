using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.Audit;

/// <summary>O3 and O7: what is open is what the run waits for; and nobody played two parts.</summary>
internal sealed class WorkRules(AuditedRequest request, EServiceBundle bundle, Action<string, string> differs)
{
    private static readonly string[] Granted = ["approved", "partiallyApproved", "completed"];

    public void Check()
    {
        CheckTasks();
        CheckDeadlines();
        CheckParts();
    }

    private void CheckTasks()
    {
        var works = request.Run.Tokens.Select(t => (t.Step, t.Visit, FlowWays.WaitAt(bundle.Flow, t.Step)?.Work)).Where(t => t.Work is not null).ToList();
        var waiting = works.ConvertAll(t => (t.Step, t.Visit));

        // A counterparty that is no participant here has no task: the wait runs out.
        var open = request.Tasks.Where(t => t.IsOpen && !t.IsBeside).Select(t => (t.Step, t.Visit)).ToList();
        foreach (var (step, visit) in works.Where(w => w.Work != TaskKind.Answer).Select(w => (w.Step, w.Visit)).Except(open)) differs("O3", $"it waits at {step} (visit {visit}) and no task is open there");
        foreach (var (step, visit) in open.Except(waiting)) differs("O3", $"a task is open at {step} (visit {visit}), where it does not wait");
        foreach (var stray in request.Tasks.Where(t => t.IsBeside && !FlowWays.IsBeside(bundle.Flow, t.Step))) differs("O3", $"work beside it is open at {stray.Step}, where none is begun");
        if (request.Tasks.Exists(t => t.IsBeside && t.IsOpen) && request.Status is "withdrawn" or "cancelled") differs("O3", "it was taken back and work beside it is still open");
        if (!request.IsClosed) return;
        if (open.Count > 0) differs("O3", "it is closed and has an open task");
        if (request.Run.Tokens.Length > 0) differs("O3", "it is closed and its run still waits");
    }

    private void CheckDeadlines()
    {
        var waiting = request.Run.Tokens.Select(t => (t.Step, t.Visit)).ToHashSet();
        foreach (var stale in request.Deadlines.Where(d => d.State == "Armed" && !waiting.Contains((d.Step, d.Visit))))
        {
            differs("O3", $"the deadline {stale.Name} ({stale.Kind}) is armed for {stale.Step} (visit {stale.Visit}), where it does not wait");
        }

        foreach (var token in request.Run.Tokens)
        {
            if (FlowWays.WaitAt(bundle.Flow, token.Step) is not { Deadline: { } deadline } wait) continue;
            var kind = wait.Passes ? "passes" : "wait";
            var armed = request.Deadlines.Count(d => (d.Step, d.Visit, d.Name, d.Kind) == (token.Step, token.Visit, deadline, kind) && d.State is "Armed" or "Parked");
            if (armed != 1) differs("O3", $"it waits at {token.Step} under the deadline {deadline}, which is armed {armed} times");
        }
    }

    private void CheckParts()
    {
        var parts = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal) { ["edit"] = Editors(), ["check"] = Deciders("check"), ["review"] = Deciders("review"), ["approval"] = Deciders("approval") };
        foreach (var (one, other) in parts.SelectMany(a => parts.Where(b => string.CompareOrdinal(a.Key, b.Key) < 0), (a, b) => (a, b)))
        {
            foreach (var person in one.Value.Intersect(other.Value)) differs("O7", $"the user {person} played two parts: {one.Key} and {other.Key}");
        }

        if (!Granted.Contains(request.Status)) return;
        foreach (var (part, owed) in new[] { ("check", bundle.Service.Parts.Check), ("review", bundle.Service.Parts.Review), ("approval", bundle.Service.Parts.Approval) })
        {
            if (parts[part].Count < owed) differs("O7", $"it is {request.Status} and {parts[part].Count} of {owed} people did the {part}");
        }
    }

    private HashSet<string> Editors() =>
    [
        .. request.Events.Where(e => e.Type == "sentToChecker").SelectMany(e => e.Data["editors"]?.AsArray().Select(u => (string?)u) ?? []).OfType<string>(),
        .. request.Events.Where(e => e.Type == "sentToChecker").Select(e => e.User?.ToString()).OfType<string>(),
    ];

    private HashSet<string> Deciders(string kind) =>
        [.. request.Events.Where(e => e.Type == "taskDecided" && e.Text("kind") == kind).Select(e => e.User?.ToString()).OfType<string>()];
}
