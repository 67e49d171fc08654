using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace ClientConnect.Host.Spreadsheets;

/// <summary>The texts that a workbook's cells share.</summary>
internal sealed class XlsxStrings
{
    private const int MostTexts = 200_000;

    private readonly List<string> texts = [];

    public static XlsxStrings Read(XlsxParts parts)
    {
        var strings = new XlsxStrings();
        var text = new XlsxText();
        foreach (var node in parts.Nodes("xl/sharedStrings.xml"))
        {
            text.Take(node);
            if (node.LocalName != "si" || !(node.NodeType == XmlNodeType.EndElement || node is { NodeType: XmlNodeType.Element, IsEmptyElement: true })) continue;
            if (strings.texts.Count >= MostTexts) throw new WorkbookIsTooLargeException();
            strings.texts.Add(text.Taken());
        }

        return strings;
    }

    public string At(string index) => int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < texts.Count ? texts[at] : "";
}

/// <summary>One text, put together of its pieces; how it is pronounced stands beside it and is passed over.</summary>
internal sealed partial class XlsxText
{
    private readonly StringBuilder text = new();
    private bool isText, isPronunciation;

    public void Take(XmlReader node)
    {
        var isOpening = node.NodeType == XmlNodeType.Element && !node.IsEmptyElement;
        if (node.LocalName == "rPh" && node.NodeType is XmlNodeType.Element or XmlNodeType.EndElement) isPronunciation = isOpening;
        if (node.LocalName == "t" && node.NodeType is XmlNodeType.Element or XmlNodeType.EndElement) isText = isOpening && !isPronunciation;
        if (isText && node.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace) text.Append(node.Value);
    }

    /// <summary>What has been taken so far; another text begins.</summary>
    public string Taken()
    {
        var taken = Decoded(text.ToString());
        text.Clear();
        return taken;
    }

    /// <summary>Characters that XML can't hold are written by their number.</summary>
    public static string Decoded(string text) =>
        text.Contains("_x", StringComparison.Ordinal) ? Coded().Replace(text, m => ((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()) : text;

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Coded();
}
