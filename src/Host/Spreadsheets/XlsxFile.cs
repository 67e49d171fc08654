using System.Xml;

namespace ClientConnect.Host.Spreadsheets;

/// <summary>A workbook: the first sheet whose first row names known columns, else the first that can be seen and holds anything.</summary>
internal sealed class XlsxFile
{
    private const string Folder = "xl/";
    private const int MostSheets = 200;

    private readonly XlsxParts parts;
    private readonly XlsxStrings strings;
    private readonly XlsxDates dates;

    private XlsxFile(XlsxParts parts, bool from1904) => (this.parts, strings, dates) = (parts, XlsxStrings.Read(parts), XlsxDates.Read(parts, from1904));

    public static SheetReading Read(byte[] content, Func<SheetRow, bool> isHeading)
    {
        try
        {
            using var parts = new XlsxParts(content);
            var (sheets, from1904) = SheetsOf(parts);
            return sheets.Count == 0 ? SheetReading.No("not-readable") : new XlsxFile(parts, from1904).Read(sheets, isHeading);
        }
        catch (WorkbookIsTooLargeException)
        {
            return SheetReading.No("too-large");
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException or NotSupportedException or ArgumentException or FormatException or OverflowException)
        {
            return SheetReading.No("not-readable");
        }
    }

    private SheetReading Read(IReadOnlyList<Sheet> sheets, Func<SheetRow, bool> isHeading)
    {
        var first = sheets.Select(s => (Sheet: s, Row: Rows(s, new HashSet<string>()).FirstOrDefault())).Where(s => s.Row is not null).ToList();
        if (first.Count == 0) return SheetReading.No("no-rows");
        var chosen = first.Find(s => isHeading(s.Row!)).Sheet ?? first.Find(s => !s.Sheet.IsHidden).Sheet ?? first[0].Sheet;
        var notes = new SortedSet<string>(StringComparer.Ordinal);
        if (first.Count(s => !s.Sheet.IsHidden) > 1) notes.Add("other-sheets");
        var rows = Rows(chosen, notes).Take(SpreadsheetFile.MostRows + 1).ToList();
        return new SheetReading(rows, [.. notes]) { Sheet = chosen.Name };
    }

    private IEnumerable<SheetRow> Rows(Sheet sheet, ISet<string> notes) => new XlsxRows(parts, strings, dates, notes).Of(sheet.Part);

    private static (IReadOnlyList<Sheet> Sheets, bool From1904) SheetsOf(XlsxParts parts)
    {
        var sheets = new List<Sheet>();
        var from1904 = false;
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in parts.Nodes(Folder + "_rels/workbook.xml.rels").Where(n => n is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }))
        {
            // What stands outside the file is never looked at.
            if (node.GetAttribute("TargetMode") != "External" && node.GetAttribute("Id") is { } id && node.GetAttribute("Target") is { } target) targets[id] = target;
        }

        foreach (var node in parts.Nodes(Folder + "workbook.xml").Where(n => n.NodeType == XmlNodeType.Element))
        {
            if (node.LocalName == "workbookPr") from1904 = node.GetAttribute("date1904") is "1" or "true";
            if (node.LocalName != "sheet" || sheets.Count >= MostSheets) continue;
            var (name, isHidden) = (node.GetAttribute("name") ?? "", node.GetAttribute("state") is "hidden" or "veryHidden");
            if (targets.TryGetValue(Relation(node), out var target)) sheets.Add(new Sheet(name, target.StartsWith('/') ? target[1..] : Folder + target, isHidden));
        }

        return (sheets, from1904);
    }

    // The attribute's namespace differs between the two dialects of the format.
    private static string Relation(XmlReader node)
    {
        for (var more = node.MoveToFirstAttribute(); more; more = node.MoveToNextAttribute())
        {
            if (node is { LocalName: "id", Prefix.Length: > 0 }) return node.Value;
        }

        return "";
    }

    private sealed record Sheet(string Name, string Part, bool IsHidden);
}
