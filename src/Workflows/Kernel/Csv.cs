using System.Globalization;
using System.Text;

namespace ClientConnect.Workflows.Kernel;

/// <summary>
/// Rows as CSV (RFC 4180). A cell that a spreadsheet would run as a formula begins with an apostrophe: what a participant typed must not act on
/// the desk of whoever opens the file.
/// </summary>
public static class Csv
{
    /// <summary>True for a cell that a spreadsheet would run. A number keeps its minus sign; everything else that begins like a formula is text.</summary>
    public static bool ActsAsFormula(string cell) =>
        cell.TrimStart().Length > 0 && "=+-@\t\r".Contains(cell.TrimStart(' ')[0], StringComparison.Ordinal)
        && !decimal.TryParse(cell, NumberStyles.Number, CultureInfo.InvariantCulture, out _);

    public static string Of(IEnumerable<string> head, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(head))
        {
            text.AppendJoin(',', row.Select(cell => Quoted(Harmless(cell)))).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Harmless(string cell) => ActsAsFormula(cell) ? $"'{cell}" : cell;

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
