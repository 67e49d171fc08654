using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Audit;

/// <summary>O2 and O5: what one request's events say must follow from each other by the drawing, and each told those whom it had to tell.</summary>
internal sealed class RecordRules(AuditedRequest request, EServiceBundle bundle, Action<string, string> differs)
{
    public void Check()
    {
        var before = "draft";
        foreach (var happened in request.Events)
        {
            if (RequestStatuses.From(before)?.IsFinal() == true && !IsBeside(happened)) differs("O2", $"event {happened.Sequence} ({happened.Type}) came after the end ({before})");
            CheckOne(happened, before);
            before = happened.Status;
        }

        if (before != request.Status) differs("O2", $"its status is {request.Status}, its last event says {before}");
        CheckFired();
        CheckNotices();
    }

    private void CheckOne(AuditedEvent happened, string before)
    {
        var step = happened.Text("step");
        if (step is not null && FlowWays.WaitAt(bundle.Flow, step) is null && !IsBeside(happened))
        {
            differs("O2", $"event {happened.Sequence} ({happened.Type}) names the step '{step}', which the release {bundle.Hash[..12]} does not have");
            return;
        }

        var ways = Ways(happened, before).ToList();
        var fitting = ways.Where(w => (w.Status ?? before) == happened.Status).ToList();
        if (!FlowWays.AreSingle(bundle.Flow))
        {
            if (happened.Status != before && !bundle.Flow.Statuses.Contains(happened.Status) && fitting.Count == 0) differs("O2", $"event {happened.Sequence}: no step sets the status {happened.Status}");
        }
        else if (fitting.Count == 0)
        {
            differs("O2", $"event {happened.Sequence} ({happened.Type}): {happened.Status} does not follow from {before}");
        }
        else
        {
            CheckTold(happened, fitting);
        }
    }

    private void CheckTold(AuditedEvent happened, List<FlowWay> ways)
    {
        var told = request.Notices.Where(n => n.Sequence == happened.Sequence).Select(n => n.Template).ToHashSet(StringComparer.Ordinal);
        if (ways.Exists(w => told.SetEquals(w.Told))) return;
        var owed = ways.MinBy(w => w.Told.Except(told).Count() + told.Except(w.Told).Count())!.Told;
        foreach (var missing in owed.Except(told)) differs("O5", $"event {happened.Sequence} ({happened.Type}): nobody was told '{missing}'");
        foreach (var more in told.Except(owed)) differs("O5", $"event {happened.Sequence} ({happened.Type}): '{more}' was queued, which it does not tell");
    }

    private IEnumerable<FlowWay> Ways(AuditedEvent happened, string before) => happened.Type switch
    {
        "sentToChecker" when happened.Text("release") != bundle.Hash => [],
        "sentToChecker" => happened.Sequence == 1 ? FlowWays.FromStart(bundle.Flow) : FlowWays.AfterCorrection(bundle.Flow),
        "taskDecided" => Decided(happened),
        "taskClaimed" when happened.Text("kind") == "review" && before == "submitted" => [new FlowWay("processing", [])],
        "taskClaimed" or "taskReleased" or "taskReassigned" => [new FlowWay(null, [])],
        "requestWithdrawn" => bundle.Service.Withdrawal is { } rule && rule.While.Contains(before) ? [new FlowWay("withdrawn", [rule.Template])] : [],
        "deadlineFired" => RowsOf(happened).SelectMany(Fired),
        _ => [new FlowWay(happened.Status, [.. request.Notices.Where(n => n.Sequence == happened.Sequence).Select(n => n.Template)])],
    };

    // What is followed up goes on after the end, and moves nothing.
    private bool IsBeside(AuditedEvent happened) => happened.Text("kind") == "followUp" && happened.Text("step") is { } step && FlowWays.IsBeside(bundle.Flow, step);

    private IEnumerable<FlowWay> Decided(AuditedEvent happened)
    {
        var step = happened.Text("step")!;
        if (IsBeside(happened)) return [new FlowWay(null, [])];
        if (FlowWays.WaitAt(bundle.Flow, step)!.Work?.ToString() is not { } work || !string.Equals(work, happened.Text("kind"), StringComparison.OrdinalIgnoreCase)) return [];
        var moved = FlowWays.After(bundle.Flow, step, happened.Text("outcome") ?? string.Empty);
        // One of several who must answer alike moves nothing.
        return request.Tasks.Exists(t => t.Step == step && t.Quorum > 1) ? [.. moved, new FlowWay(null, [])] : moved;
    }

    private IEnumerable<FlowWay> Fired(AuditedDeadline row) => row.Kind switch
    {
        "passes" => FlowWays.After(bundle.Flow, row.Step, Ports.DeadlinePassed),
        "place" => FlowWays.After(bundle.Flow, row.Step, Ports.Done),
        "cancellation" => bundle.Service.Cancellation is { } rule ? [new FlowWay("cancelled", [rule.Template])] : [],
        "wait" => FlowWays.After(bundle.Flow, row.Step, Ports.Done),
        _ => [new FlowWay(null, row.Template is null ? [] : [row.Template])],
    };

    private IEnumerable<AuditedDeadline> RowsOf(AuditedEvent fired) => request.Deadlines.Where(d => d.State == "Fired" && Key(d) == Key(fired));

    private void CheckFired()
    {
        var rows = request.Deadlines.Where(d => d.State == "Fired").GroupBy(Key).ToDictionary(g => g.Key, g => g.Count());
        var events = request.Events.Where(e => e.Type == "deadlineFired").GroupBy(Key).ToDictionary(g => g.Key, g => g.Count());
        foreach (var (name, kind, at) in rows.Keys.Union(events.Keys))
        {
            var (fired, recorded) = (rows.GetValueOrDefault((name, kind, at)), events.GetValueOrDefault((name, kind, at)));
            if (fired != recorded) differs("O2", $"the deadline {name} ({kind}, due {at:u}) stands {fired} times as fired in the ledger and {recorded} times in the record");
        }
    }

    private void CheckNotices()
    {
        foreach (var twice in request.Notices.GroupBy(n => n).Where(g => g.Count() > 1))
        {
            differs("O5", $"event {twice.Key.Sequence}: '{twice.Key.Template}' to {twice.Key.Email} was queued {twice.Count()} times");
        }

        foreach (var stray in request.Notices.Where(n => n.Sequence < 1 || n.Sequence > request.Sequence))
        {
            differs("O5", $"'{stray.Template}' to {stray.Email} belongs to event {stray.Sequence}, which there is not");
        }
    }

    private static (string, string, DateTimeOffset) Key(AuditedDeadline row) => (row.Name, row.Kind, row.DueAt.ToUniversalTime());

    private static (string, string, DateTimeOffset) Key(AuditedEvent fired) => (
        fired.Text("deadline") ?? string.Empty, fired.Text("kind") ?? string.Empty,
        DateTimeOffset.TryParse(fired.Text("dueAt"), System.Globalization.CultureInfo.InvariantCulture, out var due) ? due.ToUniversalTime() : default);
}
