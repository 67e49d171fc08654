using System.IO.Compression;
using System.Text;

namespace ClientConnect.Host.Tests.Spreadsheets;

/// <summary>Workbooks as other programs write them, and as nobody should.</summary>
internal static class Workbooks
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>What cells may be shown as: 1 and 2 are a day, 3 a day with a time, 4 a time, 5 a number in colour.</summary>
    public const string Styles =
        $"""
        <styleSheet xmlns="{Main}"><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="[$-409]d mmm yyyy h:mm"/><numFmt numFmtId="166" formatCode="[Red]#,##0 &quot;days&quot;"/></numFmts>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="166"/></cellXfs></styleSheet>
        """;

    /// <summary>One sheet of these rows.</summary>
    public static byte[] Of(string rows, string strings = "", string around = "") => Zip([.. Parts([("Sheet", "", rows)], strings, around: around)]);

    /// <summary>Several sheets: name, state and rows of each.</summary>
    public static byte[] Of(params (string Name, string State, string Rows)[] sheets) => Zip([.. Parts(sheets, "")]);

    public static byte[] From1904(string rows) => Zip([.. Parts([("Sheet", "", rows)], "", properties: "<workbookPr date1904=\"1\"/>")]);

    /// <summary>A part as it is, beside an ordinary sheet.</summary>
    public static byte[] With(string part, string content) =>
        Zip([.. Parts([("Sheet", "", "")], "").Where(p => p.Name != part), (part, Encoding.UTF8.GetBytes(content))]);

    public static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(content);
            }
        }

        return file.ToArray();
    }

    public static string Sheet(string rows, string around = "") => $"""<?xml version="1.0"?><worksheet xmlns="{Main}">{around}<sheetData>{rows}</sheetData></worksheet>""";

    private static IEnumerable<(string Name, byte[] Content)> Parts((string Name, string State, string Rows)[] sheets, string strings, string around = "", string properties = "")
    {
        var listed = string.Concat(sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" {s.State} r:id=\"r{i + 1}\"/>"));
        var related = string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"r{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"{(i % 2 == 0 ? "" : "/xl/")}worksheets/sheet{i + 1}.xml\"/>"));
        var parts = new List<(string, string)>
        {
            ("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}">{properties}<sheets>{listed}</sheets></workbook>"""),
            ("xl/_rels/workbook.xml.rels", $"<Relationships>{related}<Relationship Id=\"x\" Type=\"{Relations}/externalLink\" Target=\"http://127.0.0.1:9/never\" TargetMode=\"External\"/></Relationships>"),
            ("xl/styles.xml", Styles),
            ("xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{strings}</sst>"""),
        };
        parts.AddRange(sheets.Select((s, i) => ($"xl/worksheets/sheet{i + 1}.xml", Sheet(s.Rows, around))));
        return parts.Select(p => (p.Item1, Encoding.UTF8.GetBytes(p.Item2)));
    }
}
