using System.Globalization;
using System.Text;
using System.Xml;

namespace ClientConnect.Host.Spreadsheets;

/// <summary>The rows of one sheet, one after the other. Formulas are never computed: the value that was last saved with them counts.</summary>
/// <param name="notes">What whoever sent the file should know is added to it.</param>
internal sealed class XlsxRows(XlsxParts parts, XlsxStrings strings, XlsxDates dates, ISet<string> notes)
{
    private readonly List<(int From, int To)> hidden = [];
    private readonly List<string> cells = [];
    private readonly XlsxText inline = new();
    private readonly StringBuilder value = new(), formula = new();
    private string type = "", style = "", within = "";
    private int number, column;
    private bool isHidden, isFormula, hasValue;

    /// <summary>Rows that hold anything.</summary>
    public IEnumerable<SheetRow> Of(string part)
    {
        foreach (var node in parts.Nodes(part))
        {
            if (within == "is") inline.Take(node);
            if (node.NodeType == XmlNodeType.Element) Open(node);
            else if (node.NodeType == XmlNodeType.EndElement && Close(node.LocalName) is { } row) yield return row;
            else if (within == "v") value.Append(node.Value);
            else if (within == "f") formula.Append(node.Value);
        }
    }

    private void Open(XmlReader node)
    {
        switch (node.LocalName)
        {
            case "row":
                number = int.TryParse(node.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r) && r > number ? r : number + 1;
                (column, isHidden) = (-1, node.GetAttribute("hidden") is "1" or "true");
                cells.Clear();
                break;
            case "c":
                column = Column(node.GetAttribute("r")) ?? column + 1;
                (type, style) = (node.GetAttribute("t") ?? "n", node.GetAttribute("s") ?? "0");
                (isFormula, hasValue) = (false, false);
                value.Clear();
                formula.Clear();
                break;
            case "col" when node.GetAttribute("hidden") is "1" or "true" && hidden.Count < SpreadsheetFile.MostColumns:
                hidden.Add((Index(node.GetAttribute("min")), Index(node.GetAttribute("max"))));
                break;
            case "mergeCell":
                notes.Add("merged");
                break;
            case "v" or "f" or "is":
                if (!node.IsEmptyElement) within = node.LocalName;

                // A formula may be an empty element, where it is written out in another cell; and its value an empty text.
                isFormula |= node.LocalName == "f";
                hasValue |= node.LocalName == "v";
                break;
        }
    }

    private SheetRow? Close(string name)
    {
        if (name is "v" or "f" or "is") within = "";
        else if (name == "c") Put(Cell());
        else if (name == "row" && cells.Exists(c => c.Length > 0))
        {
            if (isHidden) notes.Add("hidden");
            return SheetRows.Of(number, [.. cells]);
        }

        return null;
    }

    private void Put(string cell)
    {
        if (cell.Length == 0) return;
        var at = Math.Min(column, SpreadsheetFile.MostColumns);
        while (cells.Count <= at) cells.Add("");
        cells[at] = cell;
        if (hidden.Exists(h => column >= h.From && column <= h.To)) notes.Add("hidden");
    }

    private string Cell()
    {
        if (isFormula && !hasValue) return "=" + formula;
        if (isFormula) notes.Add("formulas");
        var text = value.ToString().Trim();
        return type switch
        {
            "s" => Formulas.Quoted(strings.At(text).Trim()),
            "inlineStr" => Formulas.Quoted(inline.Taken().Trim()),
            "str" => Formulas.Quoted(XlsxText.Decoded(text)),
            "b" when text.Length > 0 => text == "1" ? "TRUE" : "FALSE",
            "d" => text.Replace('T', ' '),
            "n" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) => dates.Shown(n, style),
            _ => text,
        };
    }

    private static int Index(string? number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n - 1 : -1;

    // "AB12" is column 27, counted from nothing.
    private static int? Column(string? cell)
    {
        var column = 0;
        foreach (var c in cell ?? "")
        {
            if (c is < 'A' or > 'Z' || column > 20_000) break;
            column = (column * 26) + c - 'A' + 1;
        }

        return column == 0 ? null : column - 1;
    }
}
