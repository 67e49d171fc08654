using System.Globalization;

namespace ClientConnect.Host.Spreadsheets;

/// <summary>What the cells of a column hold.</summary>
public enum CellKind
{
    Text,
    Number,
    Date,
}

/// <summary>A column of a sheet that is written.</summary>
/// <param name="Choices">What may be chosen, for a workbook to offer; empty where anything may be typed.</param>
public sealed record SheetColumn(string Heading, CellKind Kind = CellKind.Text, IReadOnlyList<string>? Choices = null);

/// <summary>A sheet that is written: a row of headings, and rows of texts.</summary>
/// <param name="Rows">Numbers and dates as the house writes them (1500.5, 2026-11-30); what does not read as one stays a text.</param>
/// <param name="Filled">So many rows are made ready to be filled in.</param>
public sealed record SheetToWrite(string Name, IReadOnlyList<SheetColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, int Filled = 0)
{
    internal static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static DateOnly? Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
