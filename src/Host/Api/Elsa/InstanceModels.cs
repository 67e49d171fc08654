using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>A run as Elsa's clients read a workflow instance: the request's id is its id, the request's number its name.</summary>
internal static class InstanceModels
{
    public static JsonObject Summary(RequestRun run) => new()
    {
        ["id"] = run.Id.ToString(),
        ["definitionId"] = run.Bundle.Key,
        ["definitionVersionId"] = run.Bundle.Hash,
        ["version"] = run.Release ?? 0,
        ["status"] = Status(run),
        ["subStatus"] = SubStatus(run),
        ["correlationId"] = run.Number,
        ["name"] = run.Number,
        ["incidentCount"] = 0,
        ["createdAt"] = Moment(run.CreatedAt),
        ["updatedAt"] = Moment(run.UpdatedAt),
        ["finishedAt"] = run.ClosedAt is { } closed ? Moment(closed) : null,
    };

    public static JsonObject Whole(RequestRun run)
    {
        var whole = Summary(run);
        whole["workflowState"] = State(run);
        return whole;
    }

    public static JsonObject ExecutionState(RequestRun run) => new() { ["status"] = Status(run), ["subStatus"] = SubStatus(run), ["updatedAt"] = Moment(run.UpdatedAt) };

    /// <summary>Names alone where the viewer may not read the request.</summary>
    public static JsonObject Variables(RequestRun run)
    {
        var items = run.Variables.Select(v => (JsonNode)new JsonObject { ["id"] = v.Key, ["name"] = v.Key, ["value"] = v.Value }).ToArray();
        return new JsonObject { ["items"] = new JsonArray(items), ["count"] = items.Length };
    }

    /// <summary>How often the steps were begun and done; of all where none are named.</summary>
    public static JsonObject Report(RequestRun run, IReadOnlyCollection<string>? nodes)
    {
        var steps = DrawnSteps.Of(run.Bundle);
        var asked = nodes is null ? run.Bundle.Flow.Steps.Select(s => steps[s.Id]) : nodes.Select(steps.AtNode).OfType<DrawnStep>();
        return new JsonObject { ["stats"] = new JsonArray([.. asked.Select(s => (JsonNode)Statistics(run, s))]) };
    }

    /// <summary>The journal: what happened, then what is waited for now. Cut to steps where some are named.</summary>
    public static JsonObject Journal(RunCourse course, Viewer viewer, JournalFilter filter, int skip, int take)
    {
        var steps = DrawnSteps.Of(course.Run.Bundle);
        var happened = course.Happenings.SelectMany(h => (h.Steps.Count == 0 ? [steps.Chart] : h.Steps.Select(s => steps[s])).Select((s, i) => Happened(course.Run, h, s, i, viewer)));
        var waiting = course.Stays.Where(s => s.Left is null).Select(s => Waits(course, s, steps[s.Step]));
        var all = happened.Concat(waiting).Where(filter.Takes).ToList();
        for (var i = 0; i < all.Count; i++) all[i]["sequence"] = i + 1;
        return new JsonObject { ["items"] = new JsonArray([.. all.Skip(skip).Take(take).Select(j => (JsonNode)j)]), ["totalCount"] = all.Count };
    }

    /// <summary>The visits of a step, or of all where none is named.</summary>
    public static IEnumerable<JsonObject> Executions(RunCourse course, string? node)
    {
        var steps = DrawnSteps.Of(course.Run.Bundle);
        return course.Stays.Where(s => node is null || steps[s.Step].NodeId == node).Select(s => Execution(course, s, steps[s.Step]));
    }

    /// <summary>Which visit of which run an id of Elsa's clients means; null where it is none.</summary>
    public static (RequestId Run, string Step, int Visit)? ReadExecutionId(string? id)
    {
        const int Guid = 36;
        return id is { Length: > Guid + 2 } && RequestId.From(id[..Guid]) is { } run && id[Guid] == ':' && id.LastIndexOf(':') is var end && end > Guid
            && int.TryParse(id[(end + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var visit) ? (run, id[(Guid + 1)..end], visit) : null;
    }

    private static string ExecutionId(RequestRun run, string step, int visit) => string.Create(CultureInfo.InvariantCulture, $"{run.Id}:{step}:{visit}");

    private static JsonObject Execution(RunCourse course, StepStay stay, DrawnStep step)
    {
        var waits = stay.Left is null;
        return new JsonObject
        {
            ["id"] = ExecutionId(course.Run, stay.Step, stay.Visit),
            ["workflowInstanceId"] = course.Run.Id.ToString(),
            ["activityId"] = step.Id,
            ["activityNodeId"] = step.NodeId,
            ["activityType"] = step.Type,
            ["activityTypeVersion"] = step.Version,
            ["activityName"] = step.Name,
            ["activityState"] = new JsonObject(),
            ["startedAt"] = Moment(course.At(stay.Entered)),
            ["hasBookmarks"] = waits,
            ["status"] = waits ? "Running" : "Completed",
            ["aggregateFaultCount"] = 0,
            ["completedAt"] = stay.Left is { } left ? Moment(course.At(left)) : null,
        };
    }

    private static JsonObject Statistics(RequestRun run, DrawnStep step)
    {
        var (begun, waiting) = (run.State.Visits.GetValueOrDefault(step.Id), run.State.Tokens.Count(t => t.Step == step.Id));
        return new JsonObject
        {
            ["activityId"] = step.Id,
            ["activityNodeId"] = step.NodeId,
            ["startedCount"] = begun,
            ["completedCount"] = begun - waiting,
            ["uncompletedCount"] = waiting,
            ["isBlocked"] = waiting > 0,
            ["isFaulted"] = false,
            ["aggregateFaultCount"] = 0,
            ["metadata"] = new JsonObject(),
        };
    }

    private static JsonObject Happened(RequestRun run, RunHappening happening, DrawnStep step, int index, Viewer viewer)
    {
        var entry = happening.Entry;
        var by = TimelineViews.By(entry.By, viewer).In(viewer.Language);
        var words = $"{Words.Of("timeline." + entry.What, viewer.Language)}: {by}";
        var payload = new JsonObject { ["what"] = entry.What, ["by"] = by, ["part"] = entry.By.Role, ["status"] = entry.Status };
        if (entry.Deadline is { } deadline) payload["deadline"] = deadline;
        if (entry.Reason is { } reason) payload["reason"] = reason;
        var name = !happening.Moved ? "Resumed" : entry.What == "withdrawn" ? "Canceled" : "Completed";
        return Journalled(run, step, string.Create(CultureInfo.InvariantCulture, $"{run.Id}:{entry.Sequence}.{index}"), entry.At, name, words, payload);
    }

    private static JsonObject Waits(RunCourse course, StepStay stay, DrawnStep step) =>
        Journalled(course.Run, step, ExecutionId(course.Run, stay.Step, stay.Visit), course.At(stay.Entered), "Suspended", null, null);

    private static JsonObject Journalled(RequestRun run, DrawnStep step, string id, DateTimeOffset at, string name, string? message, JsonObject? payload) => new()
    {
        ["id"] = id,
        ["activityInstanceId"] = id,
        ["parentActivityInstanceId"] = run.Id.ToString(),
        ["activityId"] = step.Id,
        ["activityType"] = step.Type,
        ["activityTypeVersion"] = step.Version,
        ["activityName"] = step.Name,
        ["nodeId"] = step.NodeId,
        ["timestamp"] = Moment(at),
        ["eventName"] = name,
        ["message"] = message,
        ["payload"] = payload,
    };

    private static JsonObject State(RequestRun run)
    {
        var steps = DrawnSteps.Of(run.Bundle);
        return new JsonObject
        {
            ["id"] = run.Id.ToString(),
            ["definitionId"] = run.Bundle.Key,
            ["definitionVersionId"] = run.Bundle.Hash,
            ["definitionVersion"] = run.Release ?? 0,
            ["correlationId"] = run.Number,
            ["status"] = Status(run),
            ["subStatus"] = SubStatus(run),
            ["bookmarks"] = new JsonArray([.. run.State.Tokens.Select(t => (JsonNode)new JsonObject
            {
                ["id"] = ExecutionId(run, t.Step, t.Visit), ["name"] = steps[t.Step].Name, ["activityId"] = t.Step, ["activityNodeId"] = steps[t.Step].NodeId,
                ["activityInstanceId"] = ExecutionId(run, t.Step, t.Visit), ["createdAt"] = Moment(run.UpdatedAt),
            })]),
            ["incidents"] = new JsonArray(),
            ["completionCallbacks"] = new JsonArray(),
            ["activityExecutionContexts"] = new JsonArray(),
            ["input"] = new JsonObject(),
            ["output"] = new JsonObject(),
            ["properties"] = new JsonObject(),
            ["createdAt"] = Moment(run.CreatedAt),
            ["updatedAt"] = Moment(run.UpdatedAt),
            ["finishedAt"] = run.ClosedAt is { } closed ? Moment(closed) : null,
        };
    }

    private static string Status(RequestRun run) => run.State.IsFinished ? "Finished" : "Running";

    private static string SubStatus(RequestRun run) =>
        !run.State.IsFinished ? "Suspended" : run.Status is RequestStatus.Withdrawn or RequestStatus.Cancelled ? "Cancelled" : "Finished";

    private static string Moment(DateTimeOffset at) => at.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture);
}
