using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>One task: reading it, taking it on, giving it back or to somebody else, noting what others should know.</summary>
internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/tasks/{id}", ShowAsync).Needs(Permission.ViewRequests).ExcludeFromDescription();
        app.MapPost("/tasks/{id}/claim", ClaimAsync).Needs(Permission.DecideTasks).IsClick().ExcludeFromDescription();
        app.MapPost("/tasks/{id}/release", ReleaseAsync).Needs(Permission.ViewInbox).IsClick().ExcludeFromDescription();
        app.MapPost("/tasks/{id}/assignment", AssignAsync).Needs(Permission.Reassign).IsClick().ExcludeFromDescription();
        app.MapPost("/tasks/{id}/notes", NoteAsync).Needs(Permission.ViewInbox).ExcludeFromDescription();
        app.MapDecisions();
    }

    public static async Task<TaskContent?> FindAsync(ReadTask read, Viewer viewer, string id, CancellationToken ct)
    {
        if (TaskId.From(id) is not { } key) return null;
        var found = await read.HandleAsync(viewer, key, ct);
        return found.IsRefused ? null : found.Value;
    }

    /// <param name="typed">What was typed and could not be recorded; null where nothing was.</param>
    public static Task<IResult> RefusedAsync(HttpContext http, string id, Refusal refusal, Series? series, string? typed, CancellationToken ct) => refusal is NothingHere
        ? PortalCalls.NothingHereAsync(http, ct)
        : PortalCalls.RefusedAsync(http, refusal, ct, refusal is TaskIsClosed or NotYoursToDo
            ? (series?.Href ?? "/inbox", Words.Text("next.inbox"))
            : (PortalCalls.Address($"/tasks/{id}", ("in", series?.Text)), Words.Text("next.see-task")), typed);

    private static async Task<IResult> ShowAsync(HttpContext http, ReadTask read, TaskPages pages, MarkNoticesRead notices, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (await FindAsync(read, viewer, id, ct) is not { } content) return await PortalCalls.NothingHereAsync(http, ct);
        await notices.LookedAtAsync(viewer, content.Request.Id, ct);
        if (content.Task.Kind == TaskKind.Correction && content.WhyNot is null) return Results.LocalRedirect($"/requests/{content.Request.Id}/form");
        var frame = await Frames.ForAsync(http, ct);
        return Pages.Task(frame, await pages.OfAsync(viewer, frame, content, Series.From(http.Request.Query["in"]), null, [], ct));
    }

    private static async Task<IResult> ClaimAsync(HttpContext http, ClaimTask claim, string id, CancellationToken ct)
    {
        if (TaskId.From(id) is not { } key) return await PortalCalls.NothingHereAsync(http, ct);
        var series = await SeriesAsync(http, ct);
        var claimed = await claim.HandleAsync(http.GetViewer(), key, null, PortalCalls.Operation(http, await http.Request.ReadFormAsync(ct)), ct);
        return claimed.IsRefused
            ? await RefusedAsync(http, id, claimed.Refusal, series, null, ct)
            : PortalCalls.SeeOther(PortalCalls.Address($"/tasks/{id}", ("done", "claimed"), ("in", series?.Text)));
    }

    private static async Task<IResult> ReleaseAsync(HttpContext http, ReleaseTask release, string id, CancellationToken ct)
    {
        if (TaskId.From(id) is not { } key) return await PortalCalls.NothingHereAsync(http, ct);
        var series = await SeriesAsync(http, ct);
        var released = await release.HandleAsync(http.GetViewer(), key, null, PortalCalls.Operation(http, await http.Request.ReadFormAsync(ct)), ct);
        return released.IsRefused ? await RefusedAsync(http, id, released.Refusal, series, null, ct) : PortalCalls.SeeOther(PortalCalls.WithDone(series?.Href ?? "/inbox", "released"));
    }

    private static async Task<IResult> AssignAsync(HttpContext http, ReassignTask reassign, string id, CancellationToken ct)
    {
        if (TaskId.From(id) is not { } key) return await PortalCalls.NothingHereAsync(http, ct);
        var series = await SeriesAsync(http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var given = await reassign.HandleAsync(http.GetViewer(), key, form["to"].ToString(), null, PortalCalls.Operation(http, form), ct);
        return given.IsRefused
            ? await RefusedAsync(http, id, given.Refusal, series, null, ct)
            : PortalCalls.SeeOther(PortalCalls.Address($"/tasks/{id}", ("done", "assigned"), ("in", series?.Text)));
    }

    private static async Task<IResult> NoteAsync(HttpContext http, ReadTask read, Notes notes, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (await FindAsync(read, viewer, id, ct) is not { } content) return await PortalCalls.NothingHereAsync(http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var series = Series.From(form["in"]);
        var text = form["text"].ToString();
        var added = await notes.AddAsync(viewer, content.Request.Id, text, ct);
        return added.IsRefused
            ? await RefusedAsync(http, id, added.Refusal, series, text, ct)
            : PortalCalls.SeeOther(PortalCalls.Address($"/tasks/{id}", ("done", "noted"), ("in", series?.Text)) + "#notes");
    }

    private static async Task<Series?> SeriesAsync(HttpContext http, CancellationToken ct) => Series.From((await http.Request.ReadFormAsync(ct))["in"]);
}
