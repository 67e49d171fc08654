using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>
/// What Studio's instance viewer asks: where a request stands in its flow, what happened when, by whom. All of it only reads, the POSTs
/// too; a run that the viewer may not follow is not there.
/// </summary>
internal static class InstanceEndpoints
{
    private const int MostInJournal = 1000;

    public static void MapInstances(this RouteGroupBuilder elsa)
    {
        var instances = elsa.MapGroup("/workflow-instances");
        instances.MapPost("", ListAsync);
        instances.MapGet("/{id}", (HttpContext http, RequestRuns runs, string id, CancellationToken ct) => RunAsync(http, runs, id, InstanceModels.Whole, ct));
        instances.MapGet("/{id}/execution-state", (HttpContext http, RequestRuns runs, string id, CancellationToken ct) => RunAsync(http, runs, id, InstanceModels.ExecutionState, ct));
        instances.MapGet("/{id}/variables", (HttpContext http, RequestRuns runs, string id, CancellationToken ct) => RunAsync(http, runs, id, InstanceModels.Variables, ct));
        instances.MapPost("/{id}/journal", JournalAsync);
        var executions = elsa.MapGroup("/activity-executions");
        executions.MapPost("/report", ReportAsync);
        executions.MapGet("/list", ExecutionsAsync);
        executions.MapGet("/by-id", ExecutionAsync);
        elsa.MapGet("/activity-execution-summaries/list", ExecutionsAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, RequestRuns runs, CancellationToken ct)
    {
        var (body, problem) = await JsonBody.ReadAnyAsync(http.Request, ct);
        if (body is null) return problem!;
        var query = InstanceQuery.Read(body);
        var page = query.IsEmpty ? new RunPage([], 0) : await runs.ListAsync(http.GetViewer(), query.Runs, ct);
        return Results.Json(new JsonObject { ["items"] = new JsonArray([.. page.Items.Select(r => (JsonNode)InstanceModels.Summary(r))]), ["totalCount"] = page.Total });
    }

    private static async Task<IResult> RunAsync(HttpContext http, RequestRuns runs, string id, Func<RequestRun, JsonObject> told, CancellationToken ct) =>
        RequestId.From(id) is { } request && await runs.FindAsync(http.GetViewer(), request, ct) is { } run ? Results.Json(told(run)) : NotFound();

    private static async Task<IResult> JournalAsync(HttpContext http, RequestRuns runs, string id, string? skip, string? take, CancellationToken ct)
    {
        var (body, problem) = await JsonBody.ReadAnyAsync(http.Request, ct);
        if (body is null) return problem!;
        if (await CourseAsync(http, runs, id, ct) is not { } course) return NotFound();
        var some = Math.Min(InstanceBody.Number(take, MostInJournal), MostInJournal);
        return Results.Json(InstanceModels.Journal(course, http.GetViewer(), JournalFilter.Read(body), InstanceBody.Number(skip, 0), some));
    }

    private static async Task<IResult> ReportAsync(HttpContext http, RequestRuns runs, CancellationToken ct)
    {
        var (body, problem) = await JsonBody.ReadAnyAsync(http.Request, ct);
        if (body is null) return problem!;
        var nodes = body["activityNodeIds"] is JsonArray ? InstanceBody.Texts(body, "activityNodeIds") : null;
        return await RunAsync(http, runs, body.Text("workflowInstanceId") ?? "", run => InstanceModels.Report(run, nodes), ct);
    }

    private static async Task<IResult> ExecutionsAsync(HttpContext http, RequestRuns runs, string? workflowInstanceId, string? activityNodeId, CancellationToken ct)
    {
        if (await CourseAsync(http, runs, workflowInstanceId, ct) is not { } course) return NotFound();
        var items = InstanceModels.Executions(course, string.IsNullOrEmpty(activityNodeId) ? null : activityNodeId).ToArray();
        return Results.Json(new JsonObject { ["items"] = new JsonArray([.. items]), ["count"] = items.Length });
    }

    private static async Task<IResult> ExecutionAsync(HttpContext http, RequestRuns runs, string? id, CancellationToken ct) =>
        InstanceModels.ReadExecutionId(id) is { } visit && await runs.CourseAsync(http.GetViewer(), visit.Run, ct) is { } course
        && InstanceModels.Executions(course, null).FirstOrDefault(e => e.Text("id") == id) is { } execution ? Results.Json(execution) : NotFound();

    private static async Task<RunCourse?> CourseAsync(HttpContext http, RequestRuns runs, string? id, CancellationToken ct) =>
        RequestId.From(id) is { } request ? await runs.CourseAsync(http.GetViewer(), request, ct) : null;

    private static IResult NotFound() => Problems.Of(new NothingHere());
}
