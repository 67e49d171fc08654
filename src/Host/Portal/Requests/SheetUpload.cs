using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Host.Spreadsheets;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A spreadsheet that was chosen in a form: whatever the button, it is looked at, and the form is saved as it stands.</summary>
internal sealed class SheetUpload(FormDesk desk, Pasting pasting, SheetTrials trials)
{
    private const string Button = ".sheet";

    /// <summary>The lines that a file was chosen for, or whose button was pressed; null where neither.</summary>
    public static Asked? Wanted(LoadedRequest request, IFormCollection form, string button) => request.Form.Fields.FirstOrDefault(f =>
        f.Type == FieldType.Lines && (button == f.Name + Button || form.Files.GetFile(SheetTrials.BoxOf(f.Name)) is not null));

    /// <param name="faults">What was wrong with the form's other files.</param>
    public async Task<IResult> LookAsync(HttpContext http, LoadedRequest request, IFormCollection form, PostedForm posted, Asked lines, IReadOnlyList<FieldFault> faults, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var chosen = SheetTrials.BoxOf(lines.Name);
        var reading = form.Files.GetFile(chosen) is { } file ? await SheetTrials.ReadAsync(file, lines, ct) : SheetReading.No("none");
        var pasted = await pasting.TakeAsync(viewer, request, posted.Typed, posted.Aside.Pasted, null, ct);

        // What waits in the box is no reason against another file, which may be what corrects it.
        var box = pasted.Left.GetValueOrDefault(lines.Name, "");
        var waits = reading.Fault is null && RowsInBox.AreReadable(lines, box) ? Pasting.BoxOf(lines.Name) : null;
        faults = [.. faults, .. pasted.Faults.Where(f => f.Path != waits)];
        if (reading.Fault is { } fault) faults = [.. faults, new FieldFault(chosen, "sheet-" + fault, SheetTrials.Said(fault))];
        else if (faults.Count > 0) faults = [.. faults, .. pasted.Faults.Where(f => f.Path == waits), new FieldFault(chosen, "sheet-later", SheetTrials.Said("later"))];

        var saved = await desk.SaveAsync(viewer, request, posted.Typed, posted.Seen, ct);
        if (saved.IsRefused) return await FormEndpoints.NotSavedAsync(http, desk, request, posted.Typed, Kept(pasted, lines, reading), saved.Refusal, ct);
        var now = await desk.AgainAsync(viewer, request, ct);
        if (faults.Count > 0) return await desk.ShowTypedAsync(http, now, now.CurrentAnswers, now.DraftRevision, faults, Aside.Only(pasted.Left), ct);

        // Rows that were left last time come to those that were taken in.
        var replaces = SheetTrials.Filled(now, lines).Any() && !reading.Rows[0].Cells.Any(PasteHeading.SaysWhy);
        return await LineSheetEndpoints.ShowAsync(http, trials, now, new SheetRowsToTake(lines, reading.Rows, replaces) { Box = box }, Notes(reading), ct);
    }

    /// <summary>How the file was read, as sentences.</summary>
    public static IReadOnlyList<LocalText> Notes(SheetReading reading) =>
        [.. reading.Notes.Select(note => PortalCalls.Texts(l => Words.Of("sheet.note." + note, l, ("sheet", reading.Sheet))))];

    // Somebody else saved meanwhile: the file's rows stand in the box for pasted rows, so that nothing has to be chosen again.
    private static IReadOnlyDictionary<string, string> Kept(Pasted pasted, Asked lines, SheetReading reading) =>
        reading.Rows.Count == 0 || pasted.Left.ContainsKey(lines.Name) ? pasted.Left : new Dictionary<string, string>(pasted.Left) { [lines.Name] = string.Join('\n', reading.Rows.Select(r => r.Text)) };
}
