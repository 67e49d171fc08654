using System.Collections.Concurrent;
using System.Reflection;
using UglyToad.PdfPig.Fonts.TrueType;
using UglyToad.PdfPig.Fonts.TrueType.Parser;

namespace ClientConnect.Host.Pdf;

/// <summary>A font that documents are set in: which characters it has, and how wide they are. Read once, when first used.</summary>
internal sealed class Typeface
{
    private readonly TrueTypeFont font;
    private readonly ConcurrentDictionary<char, double> widths = new();

    private Typeface(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Fonts/" + file)!;
        Bytes = new byte[stream.Length];
        stream.ReadExactly(Bytes);
        font = TrueTypeFontParser.Parse(new TrueTypeDataBytes(Bytes));
    }

    public byte[] Bytes { get; }

    public bool Has(char c) => WidthOf(c) >= 0;

    /// <summary>Of one character at size 1; negative where the font lacks it.</summary>
    public double WidthOf(char c) => widths.GetOrAdd(c, Measured);

    private double Measured(char c) =>
        font.TableRegister.CMapTable?.TryGetGlyphIndex(c, out var glyph) == true && glyph > 0 && font.TryGetAdvanceWidth(c, out var width) ? width / font.GetUnitsPerEm() : -1;

    private static readonly Lazy<Typeface> LatinFace = new(() => new("NotoSans-Regular.ttf")), BoldFace = new(() => new("NotoSans-Bold.ttf")), ChineseFace = new(() => new("NotoSansSC-Receipt.ttf"));

    public static Typeface Latin => LatinFace.Value;

    public static Typeface Bold => BoldFace.Value;

    /// <summary>Large, so it is read only where something is written that the others lack.</summary>
    public static Typeface Chinese => ChineseFace.Value;
}
