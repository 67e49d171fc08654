using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Host.Spreadsheets;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>What came of pasting: good rows are lines now, the others stay where they were pasted, with what is wrong.</summary>
/// <param name="Left">By the lines' name, what is still to be corrected; headings come with it.</param>
/// <param name="Place">The first line that was added; null where none was.</param>
internal sealed record Pasted(IReadOnlyDictionary<string, string> Left, IReadOnlyList<FieldFault> Faults, string? Place)
{
    public static readonly Pasted Nothing = new(new Dictionary<string, string>(), [], null);

    /// <summary>The same with what came of one more field of lines.</summary>
    public Pasted And(Asked lines, string left, IReadOnlyList<FieldFault> faults, string? place = null) => new(
        left.Length == 0 ? Left : new Dictionary<string, string>(Left) { [lines.Name] = left }, [.. Faults, .. faults], Place ?? place);
}

/// <summary>
/// Rows of a spreadsheet become lines of a form. A cell is read as if it had been typed; each row is judged with the whole form, so
/// that nothing is taken that the form would not take. What is merely missing may be filled in afterwards.
/// </summary>
internal sealed class Pasting(FormDesk desk)
{
    /// <summary>More faults than these are counted, not told.</summary>
    public const int MostFaults = 50;

    private const int MostCharacters = SpreadsheetFile.MostCharacters;

    /// <summary>Columns that people type into, in the order in which a row without headings has them.</summary>
    public static IReadOnlyList<Asked> Columns(Asked lines) =>
        [.. lines.Columns.Where(c => !c.IsComputed && !c.Hidden && c.Type is not (FieldType.Files or FieldType.Entry or FieldType.Lines or FieldType.Words))];

    /// <summary>The name of the box for rows; as a fault's path it leads there.</summary>
    public static string BoxOf(string lines) => "paste." + lines;

    /// <summary>Takes what was pasted, if anything was, into what was typed.</summary>
    /// <param name="texts">By the lines' name, as pasted.</param>
    /// <param name="wanted">The lines whose button was pressed: an empty box is a fault then. Null for other buttons.</param>
    public async Task<Pasted> TakeAsync(Viewer viewer, LoadedRequest request, JsonObject typed, IReadOnlyDictionary<string, string> texts, string? wanted, CancellationToken ct)
    {
        var all = Pasted.Nothing;
        foreach (var lines in request.Form.Fields.Where(f => f.Type == FieldType.Lines))
        {
            var text = texts.GetValueOrDefault(lines.Name, "");
            var rows = text.Length > MostCharacters ? [] : SheetRows.Read(text);
            if (text.Length > MostCharacters) all = all.And(lines, text, [Fault(lines, "too-much", l => Words.Of("paste.too-much", l))]);
            else if (rows.Count > 0) all = await TakeAsync(viewer, request, typed, lines, new PastedText(text, rows, lines.Name == wanted), all, ct);
            else if (lines.Name == wanted) all = all.And(lines, "", [Fault(lines, "empty", l => Words.Of("paste.empty", l))]);
        }

        return all;
    }

    private async Task<Pasted> TakeAsync(Viewer viewer, LoadedRequest request, JsonObject typed, Asked lines, PastedText pasted, Pasted all, CancellationToken ct)
    {
        // A blank line was opened to be filled by hand. Other buttons name lines by their place, so there it stays.
        var kept = new JsonArray([.. Lines(typed, lines).Where(l => !pasted.IsWanted || l is JsonObject { Count: > 0 }).Select(l => l?.DeepClone())]);
        return Took(typed, lines, kept, await TryAsync(viewer, request, typed, lines, pasted.Rows, kept, ct), all, pasted.Text);
    }

    /// <summary>The lines among the answers.</summary>
    public static IEnumerable<JsonNode?> Lines(JsonObject answers, Asked lines) => answers[lines.Name] as JsonArray ?? [];

    /// <summary>Judges rows as lines below those that are kept; changes nothing.</summary>
    public async Task<Tried> TryAsync(Viewer viewer, LoadedRequest request, JsonObject typed, Asked lines, IReadOnlyList<SheetRow> rows, JsonArray kept, CancellationToken ct)
    {
        var heading = PasteHeading.In(lines, rows[0]);
        var columns = heading?.Columns ?? Columns(lines);
        if (heading is { Wrong.Count: > 0 }) return new Tried(rows[0], columns, heading.Wrong, []);
        var trial = new PasteTrial(lines, kept.Count, columns, heading is null ? rows : [.. rows.Skip(1)]);
        return new Tried(heading is null ? null : rows[0], columns, [], trial.Judge(await desk.EvaluateAsync(viewer, request, trial.With(typed, kept), ct)));
    }

    /// <summary>Puts the good rows below the lines that are kept; the others are left.</summary>
    /// <param name="text">All of it as it was pasted, for where nothing can be taken.</param>
    public static Pasted Took(JsonObject typed, Asked lines, JsonArray kept, Tried tried, Pasted all, string text)
    {
        if (tried.Headings.Count > 0) return all.And(lines, text, [.. tried.Headings.Select(h => Fault(lines, h.Code, h.Words.In))]);
        foreach (var row in tried.Good) kept.Add((JsonNode)row.Line);
        typed[lines.Name] = kept;

        var bad = tried.Bad.ToList();
        var left = bad.Count == 0 ? "" : string.Join('\n', bad.Select(r => r.Row).Prepend(tried.Heading).OfType<SheetRow>().Select(r => r.Text));
        var faults = bad.SelectMany(r => r.Faults).ToList();
        var place = new BoxPlaces(tried, kept.Count);
        var shown = faults.Take(MostFaults).Select(f => Fault(lines, f.Code, l => place.Sentence(f, l))).ToList();
        if (faults.Count > MostFaults) shown.Add(Fault(lines, "more", l => Words.Of("paste.more", l, ("n", PortalCalls.Number(faults.Count - MostFaults)))));
        var good = tried.Rows.Count - bad.Count;
        return all.And(lines, left, shown, good == 0 ? null : FieldWords.LinePath(lines, kept.Count - good));
    }

    private sealed record PastedText(string Text, IReadOnlyList<SheetRow> Rows, bool IsWanted);

    internal static FieldFault Fault(Asked lines, string code, Func<string, string> words) => new(BoxOf(lines.Name), "paste-" + code, PortalCalls.Texts(words));
}
