namespace ClientConnect.Host.Pdf;

/// <summary>Breaks text into lines: after spaces and hyphens, between Chinese characters, and anywhere in a word wider than the line.</summary>
internal static class Typesetting
{
    // Never the first of a line.
    private const string Closing = "，。；：！？、）」』”’》】,.;:!?)%";

    public static IReadOnlyList<string> Lines(string text, double width, double size, bool isBold)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Replace('\t', ' ').Split('\n'))
        {
            for (var rest = paragraph.TrimEnd(); ;)
            {
                var end = End(rest, width / size, isBold);
                lines.Add(rest[..end].TrimEnd());
                if (end >= rest.Length) break;
                rest = rest[end..].TrimStart(' ');
            }
        }

        return lines;
    }

    // Where the first line ends: at the last chance to break before the width is used up.
    private static int End(string text, double width, bool isBold)
    {
        var (used, chance) = (0.0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            used += Ink.WidthOf(text[i], isBold);
            if (used > width && text[i] != ' ') return chance > 0 ? chance : Math.Max(1, i);
            if (MayBreakAfter(text, i)) chance = i + 1;
        }

        return text.Length;
    }

    private static bool MayBreakAfter(string text, int i) =>
        i + 1 < text.Length && !Closing.Contains(text[i + 1], StringComparison.Ordinal) && (text[i] is ' ' or '-' or '/' || IsWide(text[i]) || (IsWide(text[i + 1]) && text[i] != '（' && text[i] != '「'));

    private static bool IsWide(char c) => c is >= '\u2e80' and <= '\u9fff' or >= '\uf900' and <= '\ufaff' or >= '\uff00' and <= '\uffef' && c is not ('（' or '「');
}
