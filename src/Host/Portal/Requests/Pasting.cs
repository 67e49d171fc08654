using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
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
    private const int MostCharacters = 200_000, MostFaults = 50;

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
        foreach (var lines in request.Bundle.Form.Fields.Where(f => f.Type == FieldType.Lines))
        {
            var text = texts.GetValueOrDefault(lines.Name, "");
            var rows = text.Length > MostCharacters ? [] : PastedRows.Read(text);
            if (text.Length > MostCharacters) all = all.And(lines, text, [Fault(lines, "too-much", l => Words.Of("paste.too-much", l))]);
            else if (rows.Count > 0) all = await TakeAsync(viewer, request, typed, lines, new PastedText(text, rows, lines.Name == wanted), all, ct);
            else if (lines.Name == wanted) all = all.And(lines, "", [Fault(lines, "empty", l => Words.Of("paste.empty", l))]);
        }

        return all;
    }

    private async Task<Pasted> TakeAsync(Viewer viewer, LoadedRequest request, JsonObject typed, Asked lines, PastedText pasted, Pasted all, CancellationToken ct)
    {
        var rows = pasted.Rows;
        var heading = PasteHeading.In(lines, rows[0]);
        if (heading is { Unknown.Count: > 0 })
        {
            return all.And(lines, pasted.Text, [.. heading.Unknown.Select(u => Fault(lines, "unknown-column", l => Words.Of("paste.unknown-column", l, ("column", u))))]);
        }

        var body = heading is null ? rows : [.. rows.Skip(1)];

        // A blank line was opened to be filled by hand. Other buttons name lines by their place, so there it stays.
        var kept = new JsonArray([.. (typed[lines.Name] as JsonArray ?? []).Where(l => !pasted.IsWanted || l is JsonObject { Count: > 0 }).Select(l => l?.DeepClone())]);
        var tried = new PasteTrial(lines, kept.Count, heading?.Columns ?? Columns(lines), body);
        var judged = await desk.EvaluateAsync(viewer, request, tried.With(typed, kept), ct);
        var (good, bad, faults) = tried.Judge(judged);

        foreach (var line in good) kept.Add((JsonNode)line);
        typed[lines.Name] = kept;
        var left = bad.Count == 0 ? "" : string.Join('\n', (heading is null ? bad : bad.Prepend(rows[0])).Select(r => r.Text));
        var shown = faults.Count <= MostFaults ? faults : [.. faults.Take(MostFaults), Fault(lines, "more", l => Words.Of("paste.more", l, ("n", (faults.Count - MostFaults).ToString(System.Globalization.CultureInfo.InvariantCulture))))];
        return all.And(lines, left, shown, good.Count == 0 ? null : FieldWords.LinePath(lines, kept.Count - good.Count));
    }

    private sealed record PastedText(string Text, IReadOnlyList<PastedRow> Rows, bool IsWanted);

    internal static FieldFault Fault(Asked lines, string code, Func<string, string> words) => new(BoxOf(lines.Name), "paste-" + code, PortalCalls.Texts(words));
}
