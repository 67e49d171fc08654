namespace ClientConnect.Host.Portal.Requests;

/// <summary>One row as it was pasted.</summary>
/// <param name="Number">From 1, as the rows were pasted, a row of headings counted.</param>
/// <param name="Text">Exactly as pasted, so that it can be put back for correction.</param>
internal sealed record PastedRow(int Number, string Text, IReadOnlyList<string> Cells);

/// <summary>
/// Rows as spreadsheets copy them: cells between tabs, rows between line ends, quotes around what holds either. Pure; knows no
/// form.
/// </summary>
internal static class PastedRows
{
    /// <summary>The rows that hold anything.</summary>
    public static IReadOnlyList<PastedRow> Read(string text)
    {
        var pasted = text.ReplaceLineEndings("\n");
        var rows = new List<PastedRow>();
        for (int at = 0, number = 1; at < pasted.Length; number++)
        {
            var start = at;
            var cells = new List<string> { Cell(pasted, ref at) };
            while (at < pasted.Length && pasted[at] == '\t')
            {
                at++;
                cells.Add(Cell(pasted, ref at));
            }

            if (cells.Any(c => c.Length > 0)) rows.Add(new PastedRow(number, pasted[start..at], cells));
            at++;
        }

        return rows;
    }

    // Leaves the position on the tab or line end that ends the cell.
    private static string Cell(string text, ref int at)
    {
        if (at < text.Length && text[at] == '"' && Quoted(text, at) is { } quoted)
        {
            at = quoted.End;
            return quoted.Cell.Trim();
        }

        var start = at;
        while (at < text.Length && text[at] is not ('\t' or '\n')) at++;
        return text[start..at].Trim();
    }

    // Null where the quote is one of the text's own: it does not close, or something follows it.
    private static (string Cell, int End)? Quoted(string text, int open)
    {
        for (var at = open + 1; at < text.Length; at++)
        {
            if (text[at] != '"') continue;
            if (at + 1 < text.Length && text[at + 1] == '"')
            {
                at++;
                continue;
            }

            return at + 1 == text.Length || text[at + 1] is '\t' or '\n' ? (text[(open + 1)..at].Replace("\"\"", "\"", StringComparison.Ordinal), at + 1) : null;
        }

        return null;
    }
}
