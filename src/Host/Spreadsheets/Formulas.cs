namespace ClientConnect.Host.Spreadsheets;

/// <summary>
/// Text that a spreadsheet would take for a formula is written with an apostrophe before it, as people type it themselves, and read without: also what it
/// would take for a number (+852…), which would lose its sign. A cell that begins with "=" all the same is a formula, and has no value: nothing is ever computed.
/// </summary>
public static class Formulas
{
    private const string Beginnings = "=+-@'\t\r";

    private static readonly HashSet<string> Errors = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!"];

    /// <summary>The text as it can't be taken for a formula, nor an apostrophe of its own for such a one.</summary>
    public static string Quoted(string text) => IsQuotable(text) ? "'" + text : text;

    /// <summary>The text that was meant.</summary>
    public static string Unquoted(string cell) => cell.StartsWith('\'') && IsQuotable(cell[1..]) ? cell[1..] : cell;

    /// <summary>A formula of which the file holds no value.</summary>
    public static bool IsFormula(string cell) => cell.StartsWith('=');

    /// <summary>What a spreadsheet shows where a formula has failed.</summary>
    public static bool IsError(string cell) => Errors.Contains(cell);

    private static bool IsQuotable(string text) => text.Length > 0 && Beginnings.Contains(text[0], StringComparison.Ordinal);
}
