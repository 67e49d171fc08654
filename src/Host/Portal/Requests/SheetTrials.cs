using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Host.Spreadsheets;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Rows of a file on their way into a form's lines.</summary>
/// <param name="Rows">Those that hold anything.</param>
/// <param name="Replaces">They take the place of all lines that are there; else they come below them.</param>
internal sealed record SheetRowsToTake(Asked Lines, IReadOnlyList<SheetRow> Rows, bool Replaces)
{
    /// <summary>What waits in the box for pasted rows meanwhile.</summary>
    public string Box { get; init; } = "";
}

/// <summary>A spreadsheet's file for a form's lines: read, judged with the whole form as pasted rows are, and taken in where that is wanted.</summary>
internal sealed class SheetTrials(FormDesk desk, Pasting pasting)
{
    /// <summary>The form's lines of that name; null where it has none.</summary>
    public static Asked? LinesOf(LoadedRequest request, string name) => request.Form.Fields.FirstOrDefault(f => f.Type == FieldType.Lines && f.Name == name);

    /// <summary>The name of the control for the file; as a fault's path it leads there.</summary>
    public static string BoxOf(string lines) => "sheet." + lines;

    /// <summary>Once lines are decided, none comes or goes: null where rows may come in, else what is wrong with them.</summary>
    public static FieldFault? Settled(LoadedRequest request, string lines) => Outcomes.Open(request) is null ? null : new FieldFault(lines, "lines-stay");

    public static async Task<SheetReading> ReadAsync(IFormFile file, Asked lines, CancellationToken ct)
    {
        if (file.Length > SpreadsheetFile.MostMegabytes * 1024 * 1024) return SheetReading.No("too-large");
        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, ct);
        bool IsHeading(SheetRow row) => PasteHeading.In(lines, row) is not null;
        var reading = SpreadsheetFile.Read(content.ToArray(), IsHeading);
        return reading.Rows.Count == 1 && IsHeading(reading.Rows[0]) ? SheetReading.No("no-lines") : reading;
    }

    /// <summary>A sentence about the whole file.</summary>
    public static LocalText Said(string fault) => PortalCalls.Texts(l => Words.Of("sheet.fault." + fault, l, ("mb", PortalCalls.Number(SpreadsheetFile.MostMegabytes)), ("rows", PortalCalls.Number(SpreadsheetFile.MostRows))));

    /// <summary>What the form says to the rows; changes nothing.</summary>
    public Task<Tried> TryAsync(Viewer viewer, LoadedRequest request, SheetRowsToTake rows, CancellationToken ct) =>
        pasting.TryAsync(viewer, request, request.CurrentAnswers, rows.Lines, rows.Rows, Kept(request, rows), ct);

    /// <summary>Takes the good rows in and saves; what is left goes into the box for pasted rows, to be corrected there.</summary>
    public async Task<(Result<RequestReceipt> Saved, Pasted Pasted)> TakeAsync(Viewer viewer, LoadedRequest request, SheetRowsToTake rows, Tried tried, int? seen, CancellationToken ct)
    {
        var typed = (JsonObject)request.CurrentAnswers.DeepClone();
        foreach (var row in rows.Replaces ? tried.Good : [])
        {
            // No spreadsheet holds files: they stay with the line of which the row tells the same.
            var before = Filled(request, rows.Lines).FirstOrDefault(line => IsSame(rows.Lines, line, row));
            foreach (var (name, files) in before is null ? [] : FilesOf(rows.Lines, before)) row.Line[name] = files.DeepClone();
        }

        var pasted = Pasting.Took(typed, rows.Lines, Kept(request, rows), tried, Pasted.Nothing, SheetRows.Text(rows.Rows));
        pasted = await WithBoxAsync(viewer, request, rows, tried, typed, pasted, ct);
        return (await desk.SaveAsync(viewer, request, typed, seen, ct), pasted);
    }

    // What the sheet did not bring again waits on, above what is to be corrected of the sheet.
    private async Task<Pasted> WithBoxAsync(Viewer viewer, LoadedRequest request, SheetRowsToTake rows, Tried tried, JsonObject typed, Pasted pasted, CancellationToken ct)
    {
        if (tried.Headings.Count > 0 || !RowsInBox.AreReadable(rows.Lines, rows.Box) || SheetRows.Read(rows.Box) is not { Count: > 0 } box) return pasted;
        var waits = RowsInBox.Without(rows.Lines, await pasting.TryAsync(viewer, request, request.CurrentAnswers, rows.Lines, box, Kept(request, rows), ct), tried);
        if (waits.Rows.Count == 0) return pasted;
        var all = new Dictionary<string, string> { [rows.Lines.Name] = RowsInBox.Text(rows.Lines, waits, tried, viewer.Language) };
        var both = await pasting.TakeAsync(viewer, request, typed, all, null, ct);
        return both with { Place = pasted.Place ?? both.Place };
    }

    /// <summary>The lines that hold anything.</summary>
    public static IEnumerable<JsonObject> Filled(LoadedRequest request, Asked lines) =>
        Pasting.Lines(request.CurrentAnswers, lines).OfType<JsonObject>().Where(l => l.Any(p => p.Value is not null));

    /// <summary>A line that would go has files, which no row can bring back.</summary>
    public static bool LosesFiles(LoadedRequest request, SheetRowsToTake rows, Tried tried) =>
        rows.Replaces && Filled(request, rows.Lines).Any(line => FilesOf(rows.Lines, line).Any() && !tried.Good.Any(row => IsSame(rows.Lines, line, row)));

    private static JsonArray Kept(LoadedRequest request, SheetRowsToTake rows) => rows.Replaces ? [] : [.. Filled(request, rows.Lines).Select(l => l.DeepClone())];

    private static bool IsSame(Asked lines, JsonObject line, TriedRow row) => lines.Unique.Count > 0 && lines.Unique.All(name => JsonNode.DeepEquals(line[name], row.Judged[name]));

    private static IEnumerable<(string Name, JsonArray Files)> FilesOf(Asked lines, JsonObject line) =>
        lines.Columns.Where(c => c.Type == FieldType.Files).Select(c => (c.Name, Files: line[c.Name] as JsonArray)).Where(f => f.Files is { Count: > 0 }).Select(f => (f.Name, f.Files!));
}
