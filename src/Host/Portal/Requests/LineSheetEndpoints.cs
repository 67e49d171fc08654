using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Host.Spreadsheets;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A form's lines as a spreadsheet's file: to take along, and what a file that came back would bring.</summary>
internal static class LineSheetEndpoints
{
    public static void MapLineSheets(this IEndpointRouteBuilder app)
    {
        foreach (var format in LineSheets.Types.Keys)
        {
            app.MapGet("/requests/{id}/lines/{lines}." + format, (HttpContext http, RequestReader requests, string id, string lines, CancellationToken ct) => DownloadAsync(http, requests, id, lines, format, ct))
                .Needs(Permission.ViewRequests).ExcludeFromDescription();
        }

        app.MapGet("/requests/{id}/lines/{lines}", BackAsync).Needs(Permission.MakeRequests).ExcludeFromDescription();
        app.MapPost("/requests/{id}/lines/{lines}", PostAsync).Needs(Permission.MakeRequests).ExcludeFromDescription();
    }

    /// <summary>The lines as the viewer sees them.</summary>
    /// <param name="language">Whose words headings and choices have; null for names and codes.</param>
    public static IResult File(HttpContext http, LoadedRequest request, Asked lines, string format, string? language, string type)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(LineSheets.Write(LineSheets.Of(lines, request.CurrentAnswers, language), format), type, LineSheets.FileName(request, lines, language ?? LocalText.Languages[0], format));
    }

    private static async Task<IResult> DownloadAsync(HttpContext http, RequestReader requests, string id, string lines, string format, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        return RequestId.From(id) is { } key && await requests.FindAsync(viewer, key, ct) is { } request && SheetTrials.LinesOf(request, lines) is { } asked
            ? File(http, request, asked, format, viewer.Language, LineSheets.Types[format])
            : await PortalCalls.NothingHereAsync(http, ct);
    }

    // What was looked at is not kept: opened again it is the form.
    private static async Task<IResult> BackAsync(HttpContext http, RequestReader requests, string id, CancellationToken ct) =>
        RequestId.From(id) is { } key && await requests.FindAsync(http.GetViewer(), key, ct) is { } request ? PortalCalls.SeeOther($"/requests/{request.Id}/form") : await PortalCalls.NothingHereAsync(http, ct);

    private static async Task<IResult> PostAsync(HttpContext http, FormDesk desk, Pasting pasting, SheetTrials trials, string id, string lines, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (request, refused) = await desk.FindAsync(viewer, id, ct);
        if (request is null) return await FormEndpoints.RefusedAsync(http, id, refused!, ct);
        if (SheetTrials.LinesOf(request, lines) is not { } asked) return await PortalCalls.NothingHereAsync(http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var text = form["rows"].ToString();
        var sent = text.Length > SpreadsheetFile.MostCharacters ? [] : SheetRows.Read(text);
        if (sent.Count == 0 || SheetTrials.Settled(request, lines) is not null) return PortalCalls.SeeOther($"/requests/{request.Id}/form");

        var todo = form["do"].ToString();
        var replaces = form["replaces"] == "true" != (todo == "other");
        var rows = new SheetRowsToTake(asked, sent, replaces) { Box = form["box"].ToString() };
        return todo switch
        {
            "take" => await TakeAsync(http, desk, trials, request, rows, FormDesk.SeenRevision(form), ct),
            "leave" => await LeaveAsync(http, desk, pasting, request, rows, ct),
            "csv" or "xlsx" => await LeftAsync(http, trials, request, rows, todo, ct),
            _ => await ShowAsync(http, trials, request, rows, [], ct),
        };
    }

    /// <summary>What the rows would bring, to be looked at.</summary>
    public static async Task<IResult> ShowAsync(HttpContext http, SheetTrials trials, LoadedRequest request, SheetRowsToTake rows, IReadOnlyList<LocalText> notes, CancellationToken ct, bool isAgain = false)
    {
        var viewer = http.GetViewer();
        var tried = await trials.TryAsync(viewer, request, rows, ct);
        var columns = Pasting.Columns(rows.Lines).Where(c => tried.Columns.Contains(c)).ToList();
        var there = SheetTrials.Filled(request, rows.Lines).Count();
        var frame = await Frames.ForAsync(http, ct) with { Path = $"/requests/{request.Id}/form" };
        return Pages.SheetTrial(frame, new SheetTrialView(Heads.Of(request, viewer), rows.Lines.Label, $"/requests/{request.Id}/lines/{rows.Lines.Name}", SheetRows.Text(rows.Rows))
        {
            Revision = request.DraftRevision,
            Box = rows.Box,
            There = there,
            Replaces = rows.Replaces,
            MayChoose = there > 0,
            IsAgain = isAgain,
            Notes = [.. notes, .. SheetTrials.LosesFiles(request, rows, tried) ? [Words.Text("sheet.note.files")] : Array.Empty<LocalText>(), .. rows.Box.Length > 0 ? [Words.Text("sheet.note.box")] : Array.Empty<LocalText>()],
            Headings = [.. tried.Headings.Select(h => h.Words)],
            Columns = [.. columns.Select(c => c.Label)],
            Good = [.. tried.Good.Select(r => new GoodRowView(r.Row.Number, [.. columns.Select(c => AnswerWords.Of(c, r.Judged[c.Name], viewer.Language) ?? "")], [.. r.Missing.Select(c => c.Label)]))],
            Bad = [.. tried.Bad.Select(r => new BadRowView(r.Row.Number, [.. r.Faults.Select(f => PortalCalls.Texts(l => LineSheets.InCell(f, l)))]))],
        });
    }

    private static async Task<IResult> TakeAsync(HttpContext http, FormDesk desk, SheetTrials trials, LoadedRequest request, SheetRowsToTake rows, int? seen, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var tried = await trials.TryAsync(viewer, request, rows, ct);
        if (!tried.Good.Any()) return await ShowAsync(http, trials, request, rows, [], ct);
        var (saved, pasted) = await trials.TakeAsync(viewer, request, rows, tried, seen, ct);
        var now = await desk.AgainAsync(viewer, request, ct);

        // The lines that would be replaced may be others now: nobody takes rows in unseen.
        if (saved.IsRefused) return saved.Refusal is SomebodyElseHasSaved or SayWhichVersionYouSaw ? await ShowAsync(http, trials, now, rows, [], ct, isAgain: true) : await FormEndpoints.RefusedAsync(http, request.Id.ToString(), saved.Refusal, ct);
        return pasted.Faults.Count == 0
            ? PortalCalls.SeeOther($"/requests/{request.Id}/form#{FormItem.IdOf(pasted.Place ?? rows.Lines.Name)}")
            : await desk.ShowTypedAsync(http, now, now.CurrentAnswers, now.DraftRevision, pasted.Faults, Aside.Only(pasted.Left), ct);
    }

    // Nothing is kept on the server: what waits in the box goes back with the page.
    private static async Task<IResult> LeaveAsync(HttpContext http, FormDesk desk, Pasting pasting, LoadedRequest request, SheetRowsToTake rows, CancellationToken ct)
    {
        var typed = (JsonObject)request.CurrentAnswers.DeepClone();
        var pasted = await pasting.TakeAsync(http.GetViewer(), request, typed, new Dictionary<string, string> { [rows.Lines.Name] = rows.Box }, null, ct);
        return await desk.ShowTypedAsync(http, request, typed, request.DraftRevision, pasted.Faults, Aside.Only(pasted.Left), ct);
    }

    private static async Task<IResult> LeftAsync(HttpContext http, SheetTrials trials, LoadedRequest request, SheetRowsToTake rows, string format, CancellationToken ct)
    {
        var language = http.GetViewer().Language;
        var tried = await trials.TryAsync(http.GetViewer(), request, rows, ct);
        if (!tried.Bad.Any()) return await ShowAsync(http, trials, request, rows, [], ct);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(LineSheets.Write(LineSheets.Left(rows.Lines, tried, language), format), LineSheets.Types[format], LineSheets.FileName(request, rows.Lines, language, Words.Of("sheet.left-name", language) + "." + format));
    }
}
