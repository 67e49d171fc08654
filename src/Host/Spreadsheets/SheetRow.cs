namespace ClientConnect.Host.Spreadsheets;

/// <summary>One row of cells, pasted or out of a file.</summary>
/// <param name="Number">From 1, as the spreadsheet counts them: a row of headings and empty rows count too.</param>
/// <param name="Text">As it was pasted, so that it can be put back for correction; of a file, as it would have been.</param>
public sealed record SheetRow(int Number, string Text, IReadOnlyList<string> Cells)
{
    /// <summary>What spreadsheets call a cell: the third of the seventh row is C7.</summary>
    public string CellName(int column)
    {
        var letters = "";
        for (var left = column + 1; left > 0; left = (left - 1) / 26) letters = (char)('A' + ((left - 1) % 26)) + letters;
        return letters + Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>
/// Rows as spreadsheets copy and save them: cells between tabs (or commas, or semicolons), rows between line ends, quotes around what
/// holds either. Pure; knows no form.
/// </summary>
public static class SheetRows
{
    /// <summary>The rows that hold anything.</summary>
    /// <param name="most">No more rows than these are read.</param>
    public static IReadOnlyList<SheetRow> Read(string text, char separator = '\t', int most = int.MaxValue)
    {
        var all = text.ReplaceLineEndings("\n");
        var rows = new List<SheetRow>();
        for (int at = 0, number = 1; at < all.Length && rows.Count < most; number++)
        {
            var start = at;
            var cells = new List<string> { Cell(all, separator, ref at) };
            while (at < all.Length && all[at] == separator)
            {
                at++;
                cells.Add(Cell(all, separator, ref at));
            }

            if (cells.Any(c => c.Length > 0)) rows.Add(new SheetRow(number, all[start..at], cells));
            at++;
        }

        return rows;
    }

    /// <summary>A row as it would have been pasted.</summary>
    public static SheetRow Of(int number, IReadOnlyList<string> cells) =>
        new(number, string.Join('\t', cells.Select(c => c.AsSpan().IndexOfAny("\t\n\r") >= 0 || c.StartsWith('"') ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c)), cells);

    /// <summary>The rows as one text, each on the line of its number: read again, they are the same.</summary>
    public static string Text(IReadOnlyList<SheetRow> rows)
    {
        var text = new System.Text.StringBuilder();
        var line = 1;
        foreach (var row in rows)
        {
            text.Append('\n', row.Number - line).Append(row.Text);
            line = row.Number;
        }

        return text.ToString();
    }

    // Leaves the position on the separator or line end that ends the cell.
    private static string Cell(string text, char separator, ref int at)
    {
        if (at < text.Length && text[at] == '"' && Quoted(text, separator, at) is { } quoted)
        {
            at = quoted.End;
            return quoted.Cell.Trim();
        }

        var start = at;
        while (at < text.Length && text[at] != separator && text[at] != '\n') at++;
        return text[start..at].Trim();
    }

    // Null where the quote is one of the text's own: it does not close, or something follows it.
    private static (string Cell, int End)? Quoted(string text, char separator, int open)
    {
        for (var at = open + 1; at < text.Length; at++)
        {
            if (text[at] != '"') continue;
            if (at + 1 < text.Length && text[at + 1] == '"')
            {
                at++;
                continue;
            }

            return at + 1 == text.Length || text[at + 1] == separator || text[at + 1] == '\n' ? (text[(open + 1)..at].Replace("\"\"", "\"", StringComparison.Ordinal), at + 1) : null;
        }

        return null;
    }
}
