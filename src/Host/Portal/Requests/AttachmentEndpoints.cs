using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Files of a form, without script: the button sends the whole form, so that what was typed is kept with the file.</summary>
internal static class AttachmentEndpoints
{
    public static void MapAttachments(this IEndpointRouteBuilder app)
    {
        app.MapPost("/requests/{id}/attachments", AddAsync).Needs(Permission.MakeRequests).TakesFiles().ExcludeFromDescription();
        app.MapGet("/requests/{id}/templates/{field}", TemplateAsync).Needs(Permission.MakeRequests).ExcludeFromDescription();
        app.MapGet("/requests/{id}/attachments/{attachment}", SaveAsync).Needs(Permission.ViewRequests).ExcludeFromDescription();
    }

    private static async Task<IResult> TemplateAsync(HttpContext http, FormDesk desk, DraftAnswers drafts, BusinessClock clock, string id, string field, CancellationToken ct)
    {
        var (request, refused) = await desk.FindAsync(http.GetViewer(), id, ct);
        if (request is null) return await FormEndpoints.RefusedAsync(http, id, refused!, ct);
        return drafts.Check(request, clock.GetUtcNow()).Templates.GetValueOrDefault(field) is { } offered && FileTemplates.Of(offered.Structure, offered.Name, offered.Columns) is { } bytes
            ? Results.File(bytes, "text/plain; charset=utf-8", $"{offered.Name}.{offered.Extension}")
            : await PortalCalls.NothingHereAsync(http, ct);
    }

    private static async Task<IResult> AddAsync(HttpContext http, FormDesk desk, Pasting pasting, Uploading uploading, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (request, refused) = await desk.FindAsync(viewer, id, ct);
        if (request is null) return await FormEndpoints.RefusedAsync(http, id, refused!, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var posted = PostedForm.Of(form);
        var typed = posted.Typed;
        var path = posted.Do is { } todo && todo.StartsWith("files.add.", StringComparison.Ordinal) ? todo["files.add.".Length..] : "";
        if (FieldWords.Find(request.Bundle.Form, path) is not { Type: FieldType.Files }) return await PortalCalls.NothingHereAsync(http, ct);

        var faults = new List<FieldFault>(await uploading.TakeAsync(viewer, request, form, typed, ct));
        var pasted = await pasting.TakeAsync(viewer, request, typed, posted.Aside.Pasted, null, ct);
        faults.AddRange(pasted.Faults);
        if (form.Files.Count == 0) faults.Add(new FieldFault(path, "no-file", Words.Text("file.choose-first")));
        var saved = await desk.SaveAsync(viewer, request, typed, posted.Seen, ct);
        if (saved.IsRefused) return await FormEndpoints.NotSavedAsync(http, desk, request, typed, pasted.Left, saved.Refusal, ct);
        if (faults.Count == 0) return PortalCalls.SeeOther($"/requests/{request.Id}/form#{FormItem.IdOf(path)}");

        var now = await desk.AgainAsync(viewer, request, ct);
        return await desk.ShowTypedAsync(http, now, now.CurrentAnswers, now.DraftRevision, faults, Aside.Only(pasted.Left), ct);
    }

    private static async Task<IResult> SaveAsync(HttpContext http, ReadAttachment read, string id, string attachment, CancellationToken ct)
    {
        if (RequestId.From(id) is null || AttachmentId.From(attachment) is not { } key) return await PortalCalls.NothingHereAsync(http, ct);
        var file = await read.HandleAsync(http.GetViewer(), key, ct);
        return file.IsRefused ? await PortalCalls.RefusedAsync(http, file.Refusal, ct) : Uploads.Download(http, file.Value);
    }
}
