using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace ClientConnect.Host.Pdf;

/// <summary>A piece of text that one font of the document can write.</summary>
internal readonly record struct InkRun(PdfDocumentBuilder.AddedFont Font, string Text, double Width);

/// <summary>
/// The fonts of one document. Each character is written in the first typeface that has it, and what none has as a blank box. A font
/// in a PDF holds at most 255 characters here, so a typeface is added anew whenever one is full.
/// </summary>
internal sealed class Ink(PdfDocumentBuilder document)
{
    private const int MostCharacters = 200;
    private const char Missing = '\u25a1';

    private readonly Dictionary<Typeface, List<(PdfDocumentBuilder.AddedFont Font, HashSet<char> Used)>> fonts = [];

    /// <summary>At size 1.</summary>
    public static double WidthOf(char c, bool isBold) => FaceFor(c, isBold).WidthOf(Written(c, isBold));

    /// <summary>The text in runs of one font each.</summary>
    public IEnumerable<InkRun> Runs(string text, bool isBold)
    {
        PdfDocumentBuilder.AddedFont? font = null;
        var (run, width) = (new System.Text.StringBuilder(), 0.0);
        foreach (var c in text)
        {
            var (face, written) = (FaceFor(c, isBold), Written(c, isBold));
            var with = FontFor(face, written);
            if (font is not null && font != with)
            {
                yield return new InkRun(font, run.ToString(), width);
                run.Clear();
                width = 0;
            }

            font = with;
            run.Append(written);
            width += face.WidthOf(written);
        }

        if (font is not null) yield return new InkRun(font, run.ToString(), width);
    }

    private PdfDocumentBuilder.AddedFont FontFor(Typeface face, char c)
    {
        if (!fonts.TryGetValue(face, out var added)) fonts[face] = added = [];
        var place = added.FindIndex(f => f.Used.Contains(c));
        if (place < 0)
        {
            place = added.FindIndex(f => f.Used.Count < MostCharacters);
            if (place < 0)
            {
                place = added.Count;
                added.Add((document.AddTrueTypeFont(face.Bytes), []));
            }

            added[place].Used.Add(c);
        }

        return added[place].Font;
    }

    private static Typeface FaceFor(char c, bool isBold)
    {
        var latin = isBold ? Typeface.Bold : Typeface.Latin;
        return latin.Has(c) ? latin : Typeface.Chinese.Has(c) ? Typeface.Chinese : Typeface.Chinese.Has(Missing) ? Typeface.Chinese : latin;
    }

    private static char Written(char c, bool isBold)
    {
        var face = FaceFor(c, isBold);
        return face.Has(c) ? c : face.Has(Missing) ? Missing : '?';
    }
}
