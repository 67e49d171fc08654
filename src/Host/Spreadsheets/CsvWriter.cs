using System.Buffers;
using System.Text;

namespace ClientConnect.Host.Spreadsheets;

/// <summary>A sheet as CSV: UTF-8 that says so, commas, and no text that a spreadsheet would compute.</summary>
public static class CsvWriter
{
    private static readonly SearchValues<char> Parting = SearchValues.Create("\",;\t\r\n");

    public static byte[] Write(SheetToWrite sheet)
    {
        var text = new StringBuilder();
        Row(text, sheet.Columns.Select(c => Formulas.Quoted(c.Heading)));
        foreach (var row in sheet.Rows)
        {
            Row(text, row.Zip(sheet.Columns, (cell, column) => column.Kind == CellKind.Number && SheetToWrite.Number(cell) is not null ? cell : Formulas.Quoted(cell)));
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(c => c.AsSpan().ContainsAny(Parting) ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c)).Append("\r\n");
}
