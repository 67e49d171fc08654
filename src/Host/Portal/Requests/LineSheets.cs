using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Host.Spreadsheets;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A form's lines as a sheet: the columns that people type into, and nothing that the portal works out itself.</summary>
internal static class LineSheets
{
    private const int LongestName = 31;

    /// <summary>What a file may be asked for as, and the type that it is sent with.</summary>
    public static readonly IReadOnlyDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["csv"] = "text/csv; charset=utf-8",
        ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    /// <summary>The lines that are there; without any, what is to be filled in.</summary>
    /// <param name="language">Whose words headings and choices have; null for names and codes.</param>
    public static SheetToWrite Of(Asked lines, JsonObject answers, string? language)
    {
        var columns = Pasting.Columns(lines);
        return new SheetToWrite(
            NameOf(lines, language),
            [.. columns.Select(c => Column(lines, c, language))],
            [.. Pasting.Lines(answers, lines).OfType<JsonObject>().Where(l => l.Count > 0).Select(l => columns.Select(c => CellReading.Write(c, l[c.Name], language)).ToList())],
            FormPages.Most(lines));
    }

    /// <summary>Rows that were not taken, as they were written, with a first column that says what to correct.</summary>
    public static SheetToWrite Left(Asked lines, Tried tried, string language)
    {
        var bad = tried.Bad.ToList();
        var width = Math.Max(tried.Columns.Count, bad.Max(r => r.Row.Cells.Count));
        var headings = Enumerable.Range(0, width).Select(i => tried.Heading?.Cells.ElementAtOrDefault(i) ?? "").ToList();
        var shown = Enumerable.Range(0, width).Where(i => !PasteHeading.SaysWhy(headings[i])).ToList();
        return new SheetToWrite(
            NameOf(lines, language),
            [new SheetColumn(Words.Of(PasteHeading.Why, language)), .. shown.Select(i => tried.Columns.ElementAtOrDefault(i) is { } column ? Column(lines, column, language) : new SheetColumn(headings[i]))],
            [.. bad.Select(r => shown.Select(i => Formulas.Unquoted(r.Row.Cells.ElementAtOrDefault(i) ?? "")).Prepend(string.Join(' ', r.Faults.Select(f => Why(f, language)))).ToList())]);
    }

    /// <summary>"Row 7, Quantity (C7): …"</summary>
    public static string InCell(RowFault fault, string language) => Words.Of("sheet.row", language, ("n", PortalCalls.Number(fault.Row.Number)),
        ("column", fault.Column is null ? "" : Words.Of("sheet.column", language, ("label", fault.Column.Label.In(language)), ("cell", fault.Cell ?? "–")))) + fault.Words.In(language);

    public static byte[] Write(SheetToWrite sheet, string format) => format == "csv" ? CsvWriter.Write(sheet) : WorkbookWriter.Write(sheet);

    /// <summary>What the file is called: the request's number, or what is asked for, and the lines' name.</summary>
    public static string FileName(LoadedRequest request, Asked lines, string language, string format) =>
        string.Concat($"{request.Number ?? request.Bundle.Service.Id} {lines.Label.In(language)}".Select(c => char.IsLetterOrDigit(c) || c is ' ' or '-' ? c : '_')) + "." + format;

    private static string Why(RowFault fault, string language) =>
        (fault.Column is null ? "" : Words.Of("sheet.cell", language, ("label", fault.Column.Label.In(language)), ("cell", fault.Cell ?? "–"))) + fault.Words.In(language);

    private static SheetColumn Column(Asked lines, Asked column, string? language) => new(
        PasteHeading.Of(lines, column, language),
        column.Type switch
        {
            FieldType.Integer or FieldType.Money or FieldType.Decimal => CellKind.Number,
            FieldType.Date => CellKind.Date,
            _ => CellKind.Text,
        },
        column.Type switch
        {
            FieldType.Choice => [.. column.Options.Select(o => CellReading.Chosen(column, o.Value, language))],
            FieldType.YesNo => [CellReading.Write(column, true, language), CellReading.Write(column, false, language)],
            FieldType.Declaration => [CellReading.Write(column, true, language)],
            _ => [],
        });

    // A sheet's name is short, and holds none of these.
    private static string NameOf(Asked lines, string? language)
    {
        var name = string.Concat((language is null ? lines.Name : lines.Label.In(language)).Select(c => "[]:*?/\\'".Contains(c, StringComparison.Ordinal) ? ' ' : c)).Trim();
        return name.Length > LongestName ? name[..LongestName].Trim() : name;
    }
}
