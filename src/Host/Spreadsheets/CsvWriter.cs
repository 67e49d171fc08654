using System.Text;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Spreadsheets;

/// <summary>A sheet as CSV, in UTF-8 that says so: programs that guess would guess wrong.</summary>
public static class CsvWriter
{
    public static byte[] Write(SheetToWrite sheet) =>
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Csv.Of(sheet.Columns.Select(c => Formulas.Quoted(c.Heading)), sheet.Rows.Select(row => row.Zip(sheet.Columns, Cell))))];

    private static string Cell(string text, SheetColumn column) => column.Kind == CellKind.Number && SheetToWrite.Number(text) is not null ? text : Formulas.Quoted(text);
}
