namespace ClientConnect.Host.Spreadsheets;

/// <summary>What was read of a spreadsheet's file.</summary>
/// <param name="Rows">The rows that hold anything, of one sheet.</param>
/// <param name="Notes">What whoever sent it should know: <c>formulas</c>, <c>hidden</c>, <c>merged</c>, <c>other-sheets</c>.</param>
/// <param name="Fault">Why nothing can be read; null where the rows are there.</param>
public sealed record SheetReading(IReadOnlyList<SheetRow> Rows, IReadOnlyList<string> Notes, string? Fault = null)
{
    /// <summary>The name of the sheet that was read; null for a file that has none.</summary>
    public string? Sheet { get; init; }

    public static SheetReading No(string fault) => new([], [], fault);
}

/// <summary>Reads a spreadsheet by what is in it, whatever it is called. Bounded in time and memory, whatever is sent.</summary>
public static class SpreadsheetFile
{
    public const int MostMegabytes = 5, MostRows = 2_000, MostCharacters = 200_000;

    /// <summary>No row is looked for further down: a single cell may stand in row 1,048,576.</summary>
    internal const int LastRow = 20_000;

    /// <summary>Cells beyond this one are read as if they stood in it.</summary>
    internal const int MostColumns = 256;

    /// <param name="isHeading">Whether a first row names the columns that are looked for: it chooses the sheet, and what stands between cells.</param>
    public static SheetReading Read(byte[] content, Func<SheetRow, bool> isHeading)
    {
        if (content.Length > MostMegabytes * 1024 * 1024) return SheetReading.No("too-large");
        if (content.Length == 0) return SheetReading.No("no-rows");
        var reading = Begins(content, 0x50, 0x4B) ? XlsxFile.Read(content, isHeading)

            // What Excel saved before 2007, and what it saves with a password.
            : Begins(content, 0xD0, 0xCF, 0x11, 0xE0) ? SheetReading.No("old-workbook")
            : CsvFile.Read(content, isHeading);
        return reading.Fault is not null ? reading
            : reading.Rows.Count == 0 ? SheetReading.No("no-rows")
            : reading.Rows.Count > MostRows || reading.Rows[^1].Number > LastRow ? SheetReading.No("too-many-rows")
            : reading.Rows.Sum(r => r.Text.Length + 1L) + reading.Rows[^1].Number > MostCharacters ? SheetReading.No("too-much")
            : reading;
    }

    private static bool Begins(byte[] content, params ReadOnlySpan<byte> with) => content.AsSpan().StartsWith(with);
}
