using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Host.Spreadsheets;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/requests/{id}/lines/{lines}</c>: a form's lines as a spreadsheet's file, and what a file would bring into them.</summary>
internal static class LinesApi
{
    public static void MapLines(this RouteGroupBuilder api)
    {
        api.MapGet("/requests/{id}/lines/{lines}", Save).Needs(Permission.ViewRequests).WithMetadata(new QueryParameter("format", "csv where it is not said.", [.. LineSheets.Types.Keys]))
            .WithSummary("The lines as a file: names and codes, whatever the language. Query: format.").Produces<Stream>(contentType: "application/octet-stream");
        api.MapPost("/requests/{id}/lines/{lines}/trial", Try).Needs(Permission.MakeRequests).Accepts<IFormFile>("multipart/form-data").TakesFiles().WithMetadata(new QueryParameter("mode", "Whether the rows would take the lines' place or come below them; replace where it is not said.", [Replace, Add]))
            .WithSummary("What a spreadsheet (multipart: file; CSV or XLSX) would bring into the lines: its rows, and what is wrong in which cell. Stores nothing. Query: mode.").Produces<TrialModel>();
    }

    private const string Replace = "replace", Add = "add";

    /// <summary>What a file would bring.</summary>
    /// <param name="Mode"><c>replace</c> or <c>add</c>.</param>
    /// <param name="Sheet">The sheet that was read; null for CSV.</param>
    /// <param name="Headings">What is wrong with them: no row was tried then.</param>
    /// <param name="Notes">How it was read: <c>formulas</c>, <c>hidden</c>, <c>merged</c>, <c>other-sheets</c>.</param>
    public sealed record TrialModel(string Mode, string? Sheet, IReadOnlyList<HeadingModel> Headings, IReadOnlyList<string> Notes, IReadOnlyList<TrialRowModel> Rows);

    /// <summary>A heading at fault.</summary>
    public sealed record HeadingModel(string Heading, string Code, string Message);

    /// <summary>One row of the file.</summary>
    /// <param name="Row">As the spreadsheet counts it.</param>
    /// <param name="Line">As the form reads it: what a line of the answers would hold.</param>
    /// <param name="Faults">Empty where the row can be taken.</param>
    public sealed record TrialRowModel(int Row, JsonObject Line, IReadOnlyList<TrialFaultModel> Faults);

    /// <summary>What is wrong with a row.</summary>
    /// <param name="Cell">As the spreadsheet calls it (C7); null where it is about the row.</param>
    /// <param name="Column">The column's name; null where it is about the row.</param>
    public sealed record TrialFaultModel(string? Cell, string? Column, string Code, string Message);

    private static async Task<IResult> Save(HttpContext http, RequestReader requests, string id, string lines, string? format, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        format = string.IsNullOrEmpty(format) ? "csv" : format;
        if (!LineSheets.Types.ContainsKey(format)) return Problems.Of(new AnswersAreIncomplete([new FieldFault("format", "not-an-option")]), viewer.Language);
        return RequestId.From(id) is { } key && await requests.FindAsync(viewer, key, ct) is { } request && SheetTrials.LinesOf(request, lines) is { } asked
            ? LineSheetEndpoints.File(http, request, asked, format, language: null, "application/octet-stream")
            : Problems.Of(new NothingHere(), viewer.Language);
    }

    private static async Task<IResult> Try(HttpContext http, RequestReader requests, SheetTrials trials, KeptAnswers answers, string id, string lines, string? mode, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        mode = string.IsNullOrEmpty(mode) ? Replace : mode;
        if (mode is not (Replace or Add)) return Problems.Of(new AnswersAreIncomplete([new FieldFault("mode", "not-an-option")]), viewer.Language);
        if (RequestId.From(id) is not { } key || await requests.FindAsync(viewer, key, ct) is not { } request || SheetTrials.LinesOf(request, lines) is not { } asked) return Problems.Of(new NothingHere(), viewer.Language);
        if (RequestAccess.WhyNotEdit(viewer, request) is { } no) return Problems.Of(no, viewer.Language);
        if (SheetTrials.Settled(request, lines) is { } settled) return Problems.Of(new AnswersAreIncomplete([settled]), viewer.Language);
        var (file, _, problem) = await Uploads.ReadAsync(http, ct);
        if (problem is not null) return problem;
        var reading = await SheetTrials.ReadAsync(file!, asked, ct);
        if (reading.Fault is { } fault) return Problems.Of(StatusCodes.Status422UnprocessableEntity, "spreadsheet-" + fault, SheetTrials.Said(fault).In(viewer.Language), Words.Of("sheet.hint", viewer.Language));

        var (operation, unusable) = ApiCalls.Operation(http, ApiCalls.HasKey(http) ? new JsonArray(mode, await DigestAsync(file!, ct)) : null);
        if (unusable is not null) return unusable;
        var rows = new SheetRowsToTake(asked, reading.Rows, mode == Replace);
        var result = await answers.OnceAsync(viewer, operation, TryAsync, ct);
        return result.Match(trial => Results.Json(trial with { Rows = [.. trial.Rows.Select(r => r with { Line = Ordered(asked, r.Line) })] }), refusal => Problems.Of(refusal, viewer.Language));

        async Task<Result<TrialModel>> TryAsync() => Of(reading, rows, await trials.TryAsync(viewer, request, rows, ct), viewer.Language);
    }

    private static TrialModel Of(SheetReading reading, SheetRowsToTake rows, Tried tried, string language) => new(
        rows.Replaces ? Replace : Add, reading.Sheet, [.. tried.Headings.Select(h => new HeadingModel(h.Heading, h.Code, h.Words.In(language)))], reading.Notes,
        [.. tried.Rows.Select(r => new TrialRowModel(r.Row.Number, Ordered(rows.Lines, r.Judged), [.. r.Faults.Select(f => new TrialFaultModel(f.Cell, f.Column?.Name, f.Code, f.Words.In(language)))]))]);

    // What people type, in the order of the form: an answer that was kept for its key comes back in another one.
    private static JsonObject Ordered(FormField lines, JsonObject line) =>
        new(Pasting.Columns(lines).Where(c => line[c.Name] is not null).Select(c => KeyValuePair.Create(c.Name, line[c.Name]?.DeepClone())));

    private static async Task<string> DigestAsync(IFormFile file, CancellationToken ct)
    {
        await using var content = file.OpenReadStream();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
    }
}
