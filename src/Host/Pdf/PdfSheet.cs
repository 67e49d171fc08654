using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace ClientConnect.Host.Pdf;

/// <summary>
/// A document that is written from top to bottom: headings, rows of label and value, paragraphs; A4, with a line at the foot of
/// every page. Knows no request.
/// </summary>
internal sealed class PdfSheet : IDisposable
{
    private const double Left = 56, Right = 539, Top = 780, Bottom = 64, LabelWidth = 138, RowSize = 9.5, Leading = 1.4;
    private static readonly (byte, byte, byte) Black = (23, 33, 44), Grey = (86, 99, 113), Rule = (200, 206, 213);

    private readonly PdfDocumentBuilder document = new();
    private readonly List<PdfPageBuilder> pages = [];
    private readonly Ink ink;
    private double y;

    public PdfSheet(string title)
    {
        document.DocumentInformation.Title = title;
        document.DocumentInformation.Producer = "Client Connect";
        ink = new Ink(document);
        NewPage();
    }

    public void Title(string text) => Block(text, Left, Right - Left, 16, true, Black);

    /// <summary>Never the last line of a page: what it heads comes with it.</summary>
    public void Heading(string text)
    {
        Gap(12);
        Keep(60);
        Block(text, Left, Right - Left, 11, true, Black);
        Line();
    }

    public void Subheading(string text)
    {
        Gap(5);
        Keep(40);
        Block(text, Left, Right - Left, 9.5, true, Black);
    }

    public void Paragraph(string text, bool isQuiet = false) => Block(text, Left, Right - Left, 9.5, false, isQuiet ? Grey : Black);

    /// <summary>Not cut in two by the end of a page, unless it is longer than half of one. The label is written whole before the value, as it is read.</summary>
    public void Row(string label, string value)
    {
        var (labels, values) = (Typesetting.Lines(label, LabelWidth - 12, RowSize, false), Typesetting.Lines(value, Right - Left - LabelWidth, RowSize, false));
        var height = Math.Max(labels.Count, values.Count) * RowSize * Leading;
        if (height < (Top - Bottom) / 2) Keep(height);
        var (top, page) = (y, pages.Count);
        var below = Column(labels, Left, Grey);
        y = top;
        var end = Column(values, Left + LabelWidth, Black);
        y = (pages.Count > page ? end : Math.Min(below, end)) - 2.5;
    }

    private double Column(IReadOnlyList<string> lines, double x, (byte R, byte G, byte B) colour)
    {
        foreach (var line in lines)
        {
            Keep(RowSize * Leading);
            Write(line, x, RowSize, false, colour);
            y -= RowSize * Leading;
        }

        return y;
    }

    /// <param name="foot">At the left of every page's foot; the page's number stands at the right.</param>
    /// <param name="numbered">"Page 1 of 3", from the two numbers.</param>
    public byte[] Build(string foot, Func<int, int, string> numbered)
    {
        for (var i = 0; i < pages.Count; i++)
        {
            y = Bottom - 24;
            var number = numbered(i + 1, pages.Count);
            Write(foot, Left, 8, false, Grey, pages[i]);
            Write(number, Right - (number.Sum(c => Ink.WidthOf(c, false)) * 8), 8, false, Grey, pages[i]);
        }

        return document.Build();
    }

    public void Dispose() => document.Dispose();

    private void Gap(double points) => y -= points;

    private void Line()
    {
        pages[^1].SetStrokeColor(Rule.Item1, Rule.Item2, Rule.Item3);
        pages[^1].DrawLine(new PdfPoint(Left, y + 6), new PdfPoint(Right, y + 6), 0.6);
        y -= 6;
    }

    private void Block(string text, double x, double width, double size, bool isBold, (byte R, byte G, byte B) colour)
    {
        foreach (var line in Typesetting.Lines(text, width, size, isBold))
        {
            Keep(size * Leading);
            Write(line, x, size, isBold, colour);
            y -= size * Leading;
        }
    }

    private void Write(string text, double x, double size, bool isBold, (byte R, byte G, byte B) colour, PdfPageBuilder? on = null)
    {
        var page = on ?? pages[^1];
        page.SetTextAndFillColor(colour.R, colour.G, colour.B);
        foreach (var run in ink.Runs(text, isBold))
        {
            page.AddText(run.Text, size, new PdfPoint(x, y), run.Font);
            x += run.Width * size;
        }
    }

    private void Keep(double points)
    {
        if (y - points < Bottom) NewPage();
    }

    private void NewPage()
    {
        pages.Add(document.AddPage(PageSize.A4));
        y = Top;
    }
}
