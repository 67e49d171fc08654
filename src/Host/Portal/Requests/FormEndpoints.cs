using System.Text.Json.Nodes;
using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Filling in: the form of a draft or of a correction. Every button of it posts the whole form.</summary>
internal static class FormEndpoints
{
    public static void MapForm(this IEndpointRouteBuilder app)
    {
        app.MapGet("/requests/{id}/form", ShowAsync).Needs(Permission.MakeRequests).ExcludeFromDescription();
        app.MapPost("/requests/{id}/form", PostAsync).Needs(Permission.MakeRequests).TakesFiles().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, FormDesk desk, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (request, refused) = await desk.FindAsync(viewer, id, ct);
        if (request is null) return await ElsewhereAsync(http, id, refused!, ct);
        var form = await desk.EvaluateAsync(viewer, request, request.CurrentAnswers, ct);
        var frame = await Frames.ForAsync(http, ct);
        return Pages.Form(frame, await desk.Pages.OfAsync(viewer, frame, new FormToShow(request, form, request.DraftRevision) { IsOpened = true }, ct));
    }

    private static async Task<IResult> PostAsync(HttpContext http, FormDesk desk, Pasting pasting, Uploading uploading, SheetUpload sheets, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (request, refused) = await desk.FindAsync(viewer, id, ct);
        if (request is null) return await RefusedAsync(http, id, refused!, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var posted = PostedForm.Of(form);
        if (posted.Do == "autosave") return await AutosaveAsync(http, desk, request, posted.Typed, posted.Seen, ct);

        if (LinesToChange(request, form, posted) is { } settled) return await desk.ShowTypedAsync(http, request, posted.Typed, posted.Seen ?? request.DraftRevision, [settled], posted.Aside, ct);

        // Whatever the button: files that were chosen and rows that were pasted are typed too.
        var faults = await uploading.TakeAsync(viewer, request, form, posted.Typed, ct);
        if (SheetUpload.Wanted(request, form, posted.Do) is { } lines) return await sheets.LookAsync(http, request, form, posted, lines, faults, ct);
        if (posted.Do == "refresh" || posted.Do.EndsWith(".find", StringComparison.Ordinal))
        {
            return await RefreshAsync(http, desk, request, posted, faults, ct);
        }

        var pasted = await pasting.TakeAsync(viewer, request, posted.Typed, posted.Aside.Pasted, posted.PastesInto, ct);
        pasted = pasted with { Faults = [.. faults, .. pasted.Faults] };
        return posted.Do is "save" or "check" or FormDesk.DropLeft or ""
            ? await SaveAsync(http, desk, request, posted, pasted, ct)
            : await ChangeAsync(http, desk, request, posted, pasted, ct);
    }

    // A form that was opened before some of its lines were decided still has the buttons.
    private static FieldFault? LinesToChange(LoadedRequest request, IFormCollection form, PostedForm posted) => request.Form.Lines is { } lines
        && (SheetUpload.Wanted(request, form, posted.Do) is not null || posted.Aside.Pasted.Count > 0 || posted.Do.StartsWith(lines.Name + ".", StringComparison.Ordinal))
        ? SheetTrials.Settled(request, lines.Name) : null;

    private static async Task<IResult> AutosaveAsync(HttpContext http, FormDesk desk, LoadedRequest request, JsonObject typed, int? seen, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var saved = await desk.SaveAsync(viewer, request, typed, seen, ct);
        if (saved.IsRefused && saved.Refusal is not SomebodyElseHasSaved) return await RefusedAsync(http, request.Id.ToString(), saved.Refusal, ct);
        var now = await desk.AgainAsync(viewer, request, ct);
        var form = await desk.EvaluateAsync(viewer, now, now.CurrentAnswers, ct);
        var view = await desk.Pages.SavedAsync(viewer, new FormToShow(now, form, saved.IsRefused ? seen ?? 0 : now.DraftRevision) { IsConflict = saved.IsRefused }, ct);
        return Pages.FormSaved(Frames.Of(http) with { Path = $"/requests/{request.Id}/form" }, view);
    }

    // With script a refresh computes and the draft is saved after it; without, this button is the only one that could save.
    private static async Task<IResult> RefreshAsync(HttpContext http, FormDesk desk, LoadedRequest request, PostedForm posted, IReadOnlyList<FieldFault> faults, CancellationToken ct)
    {
        if (http.Request.Headers.ContainsKey("HX-Request")) return await desk.ShowTypedAsync(http, request, posted.Typed, posted.Seen ?? request.DraftRevision, faults, posted.Aside, ct);
        var viewer = http.GetViewer();
        var saved = await desk.SaveAsync(viewer, request, posted.Typed, posted.Seen, ct);
        if (saved.IsRefused) return await NotSavedAsync(http, desk, request, posted.Typed, posted.Aside.Pasted, saved.Refusal, ct);
        var now = await desk.AgainAsync(viewer, request, ct);
        return await desk.ShowTypedAsync(http, now, posted.Typed, now.DraftRevision, faults, posted.Aside, ct);
    }

    private static async Task<IResult> SaveAsync(HttpContext http, FormDesk desk, LoadedRequest request, PostedForm posted, Pasted pasted, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var saved = await desk.SaveAsync(viewer, request, posted.Typed, posted.Seen, ct, posted.Do);
        if (saved.IsRefused) return await NotSavedAsync(http, desk, request, posted.Typed, pasted.Left, saved.Refusal, ct);
        if (posted.Do == "save" && pasted.Faults.Count == 0) return PortalCalls.SeeOther("/requests?done=saved");
        if (posted.Do == FormDesk.DropLeft && pasted.Faults.Count == 0) return PortalCalls.SeeOther($"/requests/{request.Id}/form");

        var now = await desk.AgainAsync(viewer, request, ct);
        var form = await desk.EvaluateAsync(viewer, now, now.CurrentAnswers, ct);
        if (form.IsComplete && pasted.Faults.Count == 0) return PortalCalls.SeeOther($"/requests/{request.Id}/check");
        return await desk.ShowTypedAsync(http, now, now.CurrentAnswers, now.DraftRevision, posted.Do == "save" ? pasted.Faults : [.. pasted.Faults, .. form.Faults], Aside.Only(pasted.Left), ct);
    }

    // Lines and files: what was typed is saved with the change, and the page comes back at the place of it.
    private static async Task<IResult> ChangeAsync(HttpContext http, FormDesk desk, LoadedRequest request, PostedForm posted, Pasted pasted, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var button = new Button(posted.Do, posted.Aside.Picked);
        var place = posted.PastesInto is { } lines ? pasted.Place ?? lines : await desk.ApplyAsync(viewer, request, posted.Typed, button, ct);
        if (place is null) return await desk.ShowTypedAsync(http, request, posted.Typed, posted.Seen ?? request.DraftRevision, pasted.Faults, Aside.Only(pasted.Left), ct);

        var saved = await desk.SaveAsync(viewer, request, posted.Typed, posted.Seen, ct);
        if (saved.IsRefused) return await NotSavedAsync(http, desk, request, posted.Typed, pasted.Left, saved.Refusal, ct);
        await desk.RemoveFileAsync(viewer, button, ct);
        if (pasted.Faults.Count == 0) return PortalCalls.SeeOther($"/requests/{request.Id}/form#{FormItem.IdOf(place)}");

        var now = await desk.AgainAsync(viewer, request, ct);
        return await desk.ShowTypedAsync(http, now, now.CurrentAnswers, now.DraftRevision, pasted.Faults, Aside.Only(pasted.Left), ct);
    }

    /// <summary>Nothing typed is lost: after somebody else's save it is shown again, beside what they saved.</summary>
    public static async Task<IResult> NotSavedAsync(HttpContext http, FormDesk desk, LoadedRequest request, JsonObject typed, IReadOnlyDictionary<string, string> pasted, Refusal refusal, CancellationToken ct)
    {
        if (refusal is not (SomebodyElseHasSaved or SayWhichVersionYouSaw)) return await RefusedAsync(http, request.Id.ToString(), refusal, ct);
        var now = await desk.AgainAsync(http.GetViewer(), request, ct);
        return await desk.ShowTypedAsync(http, now, typed, now.DraftRevision, [], Aside.Only(pasted), ct, isConflict: true);
    }

    /// <summary>A page to look at: whoever goes back to it after sending is shown where the request is now.</summary>
    public static Task<IResult> ElsewhereAsync(HttpContext http, string id, Refusal refusal, CancellationToken ct) =>
        refusal is RequestHasMovedOn ? Task.FromResult(PortalCalls.SeeOther($"/requests/{id}?done=moved-on")) : RefusedAsync(http, id, refusal, ct);

    /// <summary>The form is not to be filled in (any more): the request's own page says where it is.</summary>
    public static Task<IResult> RefusedAsync(HttpContext http, string id, Refusal refusal, CancellationToken ct) => refusal is NothingHere
        ? PortalCalls.NothingHereAsync(http, ct)
        : PortalCalls.RefusedAsync(http, refusal, ct, ($"/requests/{id}", Texts.Words.Text("next.see-request")));
}
