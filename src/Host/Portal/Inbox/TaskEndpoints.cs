using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Errors;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>One task: reading it, taking it on, giving it back, deciding it.</summary>
internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/tasks/{id}", ShowAsync).Needs(Permission.ViewRequests).ExcludeFromDescription();
        app.MapPost("/tasks/{id}/claim", ClaimAsync).Needs(Permission.DecideTasks).IsClick().ExcludeFromDescription();
        app.MapPost("/tasks/{id}/release", ReleaseAsync).Needs(Permission.ViewInbox).IsClick().ExcludeFromDescription();
        app.MapPost("/tasks/{id}/decision", DecideAsync).Needs(Permission.DecideTasks).IsClick().ExcludeFromDescription();
        app.MapPost("/tasks/{id}/notes", NoteAsync).Needs(Permission.ViewInbox).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, ReadTask read, TaskPages pages, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (await FindAsync(read, viewer, id, ct) is not { } content) return await PortalCalls.NothingHereAsync(http, ct);
        if (content.Task.Kind == TaskKind.Correction && content.WhyNot is null) return Results.LocalRedirect($"/requests/{content.Request.Id}/form");
        var frame = await Frames.ForAsync(http, ct);
        return Pages.Task(frame, await pages.OfAsync(viewer, frame, content, null, [], ct));
    }

    private static async Task<TaskContent?> FindAsync(ReadTask read, Viewer viewer, string id, CancellationToken ct)
    {
        if (TaskId.From(id) is not { } key) return null;
        var found = await read.HandleAsync(viewer, key, ct);
        return found.IsRefused ? null : found.Value;
    }

    private static async Task<IResult> ClaimAsync(HttpContext http, ClaimTask claim, string id, CancellationToken ct)
    {
        if (TaskId.From(id) is not { } key) return await PortalCalls.NothingHereAsync(http, ct);
        var claimed = await claim.HandleAsync(http.GetViewer(), key, ct);
        return claimed.IsRefused ? await RefusedAsync(http, id, claimed.Refusal, ct) : PortalCalls.SeeOther($"/tasks/{id}?done=claimed");
    }

    private static async Task<IResult> ReleaseAsync(HttpContext http, ReleaseTask release, string id, CancellationToken ct)
    {
        if (TaskId.From(id) is not { } key) return await PortalCalls.NothingHereAsync(http, ct);
        var released = await release.HandleAsync(http.GetViewer(), key, ct);
        return released.IsRefused ? await RefusedAsync(http, id, released.Refusal, ct) : PortalCalls.SeeOther("/inbox?done=released");
    }

    private static async Task<IResult> DecideAsync(HttpContext http, DecideTask decide, ReadTask read, TaskPages pages, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (await FindAsync(read, viewer, id, ct) is not { } content) return await PortalCalls.NothingHereAsync(http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var posted = PostedDecision.Read(form, content.Request.Bundle.Form);
        var decided = await decide.HandleAsync(viewer, content.Task.Id, posted.ToDecision(content.Task.Kind), PortalCalls.Operation(http, form), ct);
        if (!decided.IsRefused) return PortalCalls.SeeOther($"/requests/{decided.Value.Id}?done=decided");
        switch (decided.Refusal)
        {
            case ContentHasChanged changed:
                return await ChangedAsync(http, id, content.Request.Bundle.Form, changed, ct);
            case { Fields.Count: > 0 } faulty and (AnswersAreIncomplete or SayWhy):
                var frame = await Frames.ForAsync(http, ct) with { Path = $"/tasks/{id}" };
                return Pages.Task(frame, await pages.OfAsync(viewer, frame, content, posted, faulty.Fields, ct));
            default:
                return await RefusedAsync(http, id, decided.Refusal, ct);
        }
    }

    private static async Task<IResult> NoteAsync(HttpContext http, ReadTask read, Notes notes, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (await FindAsync(read, viewer, id, ct) is not { } content) return await PortalCalls.NothingHereAsync(http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var added = await notes.AddAsync(viewer, content.Request.Id, form["text"].ToString(), ct);
        return added.IsRefused ? await RefusedAsync(http, id, added.Refusal, ct) : PortalCalls.SeeOther($"/tasks/{id}?done=noted");
    }

    // What was decided on is no longer what is there: the differences, and the way to decide anew.
    private static async Task<IResult> ChangedAsync(HttpContext http, string id, FormDefinition form, ContentHasChanged changed, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        var rows = changed.Differences.Select(d => new DifferenceRow(What(form, d.Path), AnswerWords.Plain(d.Before, frame.Language), AnswerWords.Plain(d.After, frame.Language)));
        return Pages.Refused(frame, changed, ($"/tasks/{id}", Words.Text("next.decide-anew")), [.. rows]);
    }

    // "answers.…" is a place of the form; what the register holds is named as the register names it.
    private static LocalText What(FormDefinition form, string path)
    {
        const string Answers = "answers.";
        if (path.StartsWith(Answers, StringComparison.Ordinal)) return FieldWords.Of(form, path[Answers.Length..]);
        var name = path[(path.LastIndexOf('.') + 1)..];
        var field = form.Fields.Concat(form.Fields.SelectMany(f => f.Columns)).FirstOrDefault(f => f.Name == name);
        var where = path.Split('.', '[')[0];
        return PortalCalls.Texts(l => $"{(Words.Has("content." + where) ? Words.Of("content." + where, l) : where)}: {field?.Label.In(l) ?? name}");
    }

    private static Task<IResult> RefusedAsync(HttpContext http, string id, Refusal refusal, CancellationToken ct) => refusal is NothingHere
        ? PortalCalls.NothingHereAsync(http, ct)
        : PortalCalls.RefusedAsync(http, refusal, ct, refusal is TaskIsClosed or NotYoursToDo ? ("/inbox", Words.Text("inbox.title")) : ($"/tasks/{id}", Words.Text("next.see-task")));
}
