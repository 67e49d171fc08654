using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace ClientConnect.Host.Spreadsheets;

/// <summary>Which of a workbook's numbers are dates: only how a cell is shown says so.</summary>
internal sealed partial class XlsxDates
{
    private const int MostStyles = 70_000;
    private const double Days1904 = 1462, LastDay = 2_958_466;

    private static readonly SearchValues<char> Letters = SearchValues.Create("yYdDhHsS");

    private readonly List<bool> isDate = [];
    private readonly bool from1904;

    private XlsxDates(bool from1904) => this.from1904 = from1904;

    public static XlsxDates Read(XlsxParts parts, bool from1904)
    {
        var dates = new XlsxDates(from1904);
        var own = new Dictionary<string, bool>(StringComparer.Ordinal);
        var isCells = false;
        foreach (var node in parts.Nodes("xl/styles.xml").Where(n => n.NodeType is XmlNodeType.Element or XmlNodeType.EndElement))
        {
            if (node.LocalName == "cellXfs") isCells = node.NodeType == XmlNodeType.Element && !node.IsEmptyElement;
            if (node.NodeType == XmlNodeType.EndElement) continue;
            if (own.Count > MostStyles || dates.isDate.Count > MostStyles) throw new WorkbookIsTooLargeException();
            if (node.LocalName == "numFmt") own[node.GetAttribute("numFmtId") ?? ""] = ShowsDate(node.GetAttribute("formatCode") ?? "");
            if (isCells && node.LocalName == "xf") dates.isDate.Add(node.GetAttribute("numFmtId") is { } format && (own.TryGetValue(format, out var shows) ? shows : IsBuiltIn(format)));
        }

        return dates;
    }

    /// <summary>The number as people see it: a date, a time, both, or the number itself.</summary>
    public string Shown(double number, string? style)
    {
        var isShownAsDate = int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < isDate.Count && isDate[at];
        if (!isShownAsDate || number < 0 || number + Days1904 >= LastDay) return Plain(number);
        if (number < 1) return Time(TimeSpan.FromSeconds(Math.Round(number * 86_400)));
        var moment = DateTime.FromOADate(from1904 ? number + Days1904 : number);
        moment = new DateTime((long)Math.Round(moment.Ticks / (double)TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond, DateTimeKind.Unspecified);
        var date = moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return moment.TimeOfDay == TimeSpan.Zero ? date : $"{date} {Time(moment.TimeOfDay)}";
    }

    // As a spreadsheet shows it: fifteen digits, so that 0.1 + 0.2 is 0.3.
    private static string Plain(double number) =>
        Math.Abs(number) < 1e28 ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture);

    private static string Time(TimeSpan time) => time.ToString(time.Seconds == 0 ? @"hh\:mm" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);

    // The numbers below 164 that the format itself gives to dates and times.
    private static bool IsBuiltIn(string format) => int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    private static bool ShowsDate(string code) => code.Length <= 255 && Parts().Replace(code, "").AsSpan().ContainsAny(Letters);

    // Words in quotes, escaped characters, and what stands in brackets (colours, countries) say nothing about days.
    [GeneratedRegex("""("[^"]*")|(\\.)|(_.)|(\[(?!h+\]|m+\]|s+\])[^\]]*\])""", RegexOptions.IgnoreCase)]
    private static partial Regex Parts();
}
