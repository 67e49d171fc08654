using System.Text.Json.Nodes;
using ClientConnect.Host.Spreadsheets;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Rows that wait in the box for pasted rows while a sheet's file comes in: what the file brings again is not left there.</summary>
internal static class RowsInBox
{
    /// <summary>They can be read: what their columns are is known.</summary>
    public static bool AreReadable(Asked lines, string text) =>
        text.Length <= SpreadsheetFile.MostCharacters && SheetRows.Read(text) is var rows && (rows.Count == 0 || PasteHeading.In(lines, rows[0]) is not { Wrong.Count: > 0 });

    /// <summary>Those that no row of the sheet corrects.</summary>
    public static Tried Without(Asked lines, Tried box, Tried sheet) => box with { Rows = [.. box.Rows.Where(row => !sheet.Rows.Any(other => IsCorrected(lines, row, other)))] };

    /// <summary>Both in one text: under the headings of all columns, as they may have had other ones.</summary>
    public static string Text(Asked lines, Tried box, Tried sheet, string language)
    {
        var columns = Pasting.Columns(lines);
        var rows = box.Rows.Select(r => Cells(columns, box, r)).Concat(sheet.Bad.Select(r => Cells(columns, sheet, r)));
        return string.Join('\n', rows.Prepend([.. columns.Select(c => PasteHeading.Of(lines, c, language))]).Select(cells => SheetRows.Of(0, cells).Text));
    }

    // The same line, or one that says the same but where it was at fault.
    private static bool IsCorrected(Asked lines, TriedRow left, TriedRow other)
    {
        bool Same(string name) => JsonNode.DeepEquals(left.Line[name], other.Line[name]);
        if (lines.Unique.Count > 0 && lines.Unique.All(name => left.Line[name] is not null && Same(name))) return true;
        var right = Pasting.Columns(lines).Where(c => left.Faults.All(f => f.Column != c)).ToList();
        return right.Any(c => left.Line[c.Name] is not null) && right.All(c => Same(c.Name));
    }

    // Cells beyond the columns stay beyond them.
    private static List<string> Cells(IReadOnlyList<Asked> columns, Tried tried, TriedRow row) =>
        [.. columns.Select(c => tried.Columns.Index().Where(t => t.Item == c).Select(t => row.Row.Cells.ElementAtOrDefault(t.Index)).FirstOrDefault() ?? ""), .. row.Row.Cells.Skip(tried.Columns.Count)];
}
