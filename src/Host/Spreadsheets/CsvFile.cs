using System.Text;

namespace ClientConnect.Host.Spreadsheets;

/// <summary>Text with something between its cells: a comma, a semicolon or a tab, as the country of whoever saved it has it.</summary>
internal static class CsvFile
{
    private const string Separators = ",;\t", Says = "sep=";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static SheetReading Read(byte[] content, Func<SheetRow, bool> isHeading)
    {
        if (Decoded(content) is not { } text) return SheetReading.No("not-utf-8");
        if (text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t' or '\v' or '\f'))) return SheetReading.No("not-readable");

        // Excel's own way of saying what stands between the cells.
        if (text.StartsWith(Says, StringComparison.OrdinalIgnoreCase) && text.Length > Says.Length && Separators.Contains(text[Says.Length], StringComparison.Ordinal))
        {
            var separator = text[Says.Length];
            return Rows(SheetRows.Read(text[(Says.Length + 1)..], separator, SpreadsheetFile.MostRows + 1));
        }

        var first = Separators.SelectMany(s => SheetRows.Read(text, s, most: 1).Select(row => (Separator: s, Row: row))).ToList();
        if (first.Count < Separators.Length) return SheetReading.No("no-rows");
        var best = first.OrderByDescending(s => isHeading(s.Row)).ThenByDescending(s => s.Row.Cells.Count).First().Separator;
        return Rows(SheetRows.Read(text, best, SpreadsheetFile.MostRows + 1));
    }

    // Kept as tabs would part them: what is left goes on as if it had been pasted.
    private static SheetReading Rows(IReadOnlyList<SheetRow> rows) =>
        new([.. rows.Select(r => SheetRows.Of(r.Number, [.. r.Cells.Take(SpreadsheetFile.MostColumns)]))], []);

    // Null where it is no text that can be told for certain. Excel's "Unicode text" is UTF-16, and says so in its first two bytes.
    private static string? Decoded(byte[] content)
    {
        try
        {
            return content.AsSpan().StartsWith(Encoding.Unicode.Preamble) ? Encoding.Unicode.GetString(content)[1..]
                : content.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode.GetString(content)[1..]
                : Strict.GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
