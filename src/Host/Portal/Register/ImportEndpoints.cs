using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Register;

/// <summary>Files of entries: uploaded, looked at, and only then taken in or thrown away.</summary>
internal static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/register/imports", ListAsync).Needs(Permission.ReadRegister).ExcludeFromDescription();
        app.MapGet("/register/imports/new", AskAsync).Needs(Permission.ImportRegister).ExcludeFromDescription();
        app.MapPost("/register/imports", OfferAsync).Needs(Permission.ImportRegister).TakesFiles().ExcludeFromDescription();
        app.MapGet("/register/imports/{id:guid}", ShowAsync).Needs(Permission.ReadRegister).ExcludeFromDescription();
        app.MapPost("/register/imports/{id:guid}/confirmation", ConfirmAsync).Needs(Permission.ImportRegister).ExcludeFromDescription();
        app.MapPost("/register/imports/{id:guid}/removal", DropAsync).Needs(Permission.ImportRegister).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(HttpContext http, ImportPages pages, int? page, CancellationToken ct) =>
        Pages.Imports(await Frames.ForAsync(http, ct), await pages.ListAsync(http.GetViewer(), Math.Max(1, page ?? 1), ct));

    private static async Task<IResult> AskAsync(HttpContext http, ImportPages pages, string? kind, CancellationToken ct) =>
        Pages.ImportForm(await Frames.ForAsync(http, ct), pages.Form(http.GetViewer(), kind, []));

    private static async Task<IResult> OfferAsync(HttpContext http, OfferImport offer, ImportPages pages, KeptAnswers answers, IRegisterKinds kinds, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        var kind = form["kind"].ToString();
        var faults = new List<FieldFault>();
        if (CalendarFiles.MarketOf(kind) is null && kinds.All().GetValueOrDefault(kind)?.Fed is null) faults.Add(new FieldFault("kind", "required-choice"));
        if (form.Files.GetFile("file") is not { } file)
        {
            faults.Add(new FieldFault("file", "no-file", Words.Text("file.choose-first")));
            return Pages.ImportForm(await Frames.ForAsync(http, ct), pages.Form(viewer, kind, faults));
        }

        if (faults.Count > 0) return Pages.ImportForm(await Frames.ForAsync(http, ct), pages.Form(viewer, kind, faults));
        await using var content = file.OpenReadStream();
        var offered = await answers.OnceAsync(viewer, PortalCalls.Operation(http, form), () => offer.HandleAsync(viewer, kind, file.FileName, content, ct), ct);
        if (!offered.IsRefused) return PortalCalls.SeeOther($"/register/imports/{offered.Value}");
        var refusal = offered.Refusal;
        if (refusal is NothingHere or OperationKeyWasUsedForSomethingElse) return await PortalCalls.RefusedAsync(http, refusal, ct);
        var fault = new FieldFault("file", refusal.Code, PortalCalls.Texts(l => $"{Words.Of(refusal, l)} {Words.NextAfter(refusal, l)}"));
        return Pages.ImportForm(await Frames.ForAsync(http, ct), pages.Form(viewer, kind, [fault], refusal));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, ImportPages pages, MarkNoticesRead notices, Guid id, CancellationToken ct)
    {
        if (await pages.OneAsync(http.GetViewer(), id, false, ct) is not { } view) return await PortalCalls.NothingHereAsync(http, ct);
        await notices.LookedAtImportAsync(http.GetViewer(), id, ct);
        return Pages.Import(await Frames.ForAsync(http, ct), view);
    }

    private static async Task<IResult> ConfirmAsync(HttpContext http, ConfirmImport confirm, ImportPages pages, Guid id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var form = await http.Request.ReadFormAsync(ct);
        var confirmed = await confirm.HandleAsync(viewer, id, form["contentHash"].ToString(), form["without"] == "true", ct);
        if (!confirmed.IsRefused) return PortalCalls.SeeOther($"/register/imports/{id}?done=imported");
        return confirmed.Refusal is ImportHasFaults && await pages.OneAsync(viewer, id, true, ct) is { Preview: not null } view
            ? Pages.Import(await Frames.ForAsync(http, ct), view)
            : await PortalCalls.RefusedAsync(http, confirmed.Refusal, ct, confirmed.Refusal is NothingHere ? null : ($"/register/imports/{id}", Words.Text("imports.look-again")));
    }

    private static async Task<IResult> DropAsync(HttpContext http, DropImport drop, Guid id, CancellationToken ct)
    {
        var dropped = await drop.HandleAsync(http.GetViewer(), id, ct);
        return dropped.IsRefused ? await PortalCalls.RefusedAsync(http, dropped.Refusal, ct, ("/register/imports", Words.Text("imports.title"))) : PortalCalls.SeeOther("/register/imports?done=import-dropped");
    }
}
