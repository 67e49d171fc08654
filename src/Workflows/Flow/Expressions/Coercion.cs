using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Flow.Expressions;

/// <summary>JavaScript's own rules for turning one kind of value into another, and for comparing two.</summary>
internal static class Coercion
{
    private static readonly char[] Blank =
        ['\t', '\n', '\v', '\f', '\r', ' ', '\u00a0', '\u1680', '\u2000', '\u2001', '\u2002', '\u2003', '\u2004', '\u2005', '\u2006', '\u2007', '\u2008', '\u2009', '\u200a', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000', '\ufeff'];

    private static readonly SearchValues<char> DecimalCharacters = SearchValues.Create("0123456789+-.eE");

    public static bool IsNothing(object? value) => value is null or Undefined;

    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool b => b,
        double d => d != 0 && !double.IsNaN(d),
        string s => s.Length > 0,
        _ => true,
    };

    public static string TypeOf(object? value) => value switch
    {
        Undefined => "undefined",
        bool => "boolean",
        double => "number",
        string => "string",
        _ => "object",
    };

    public static double ToNumber(object? value) => value switch
    {
        null => 0,
        Undefined => double.NaN,
        bool b => b ? 1 : 0,
        double d => d,
        string s => ToNumber(s),
        _ => double.NaN,
    };

    public static double ToNumber(object? value, Budget budget) => ToNumber(ToPrimitive(value, budget));

    public static double ToNumber(string text)
    {
        var trimmed = Trim(text);
        if (trimmed.Length == 0)
        {
            return 0;
        }

        if (trimmed.Length > 2 && trimmed[0] == '0' && char.ToLowerInvariant(trimmed[1]) is ('x' or 'o' or 'b'))
        {
            return Digits(trimmed.AsSpan(2), char.ToLowerInvariant(trimmed[1]) switch { 'x' => 16, 'o' => 8, _ => 2 });
        }

        return trimmed switch
        {
            "Infinity" or "+Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => Decimal(trimmed),
        };
    }

    public static double Decimal(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(DecimalCharacters) < 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    public static string Trim(string text) => text.Trim(Blank);

    public static string TrimStart(string text) => text.TrimStart(Blank);

    public static string TrimEnd(string text) => text.TrimEnd(Blank);

    public static string ToText(object? value, Budget budget) => value switch
    {
        null => "null",
        Undefined => "undefined",
        bool b => b ? "true" : "false",
        double d => NumberText.Of(d),
        string s => s,
        JsonArray or List<object?> => Joined(value, ",", budget),
        _ => "[object Object]",
    };

    /// <summary>A list as text: nothing for null and undefined.</summary>
    public static string Joined(object? list, string separator, Budget budget)
    {
        var items = Members.Items(list);
        budget.Pay(items.Count + ((long)separator.Length * items.Count));
        return budget.Paid(string.Join(separator, items.Select(item => IsNothing(item) ? "" : ToText(item, budget))));
    }

    public static object? ToPrimitive(object? value, Budget budget) =>
        value is null or Undefined or bool or double or string ? value : ToText(value, budget);

    public static bool StrictlyEqual(object? a, object? b) => (a, b) switch
    {
        (null, null) or (Undefined, Undefined) => true,
        (bool x, bool y) => x == y,
        (double x, double y) => x == y,
        (string x, string y) => string.Equals(x, y, StringComparison.Ordinal),
        _ => a is not null && ReferenceEquals(a, b),
    };

    public static bool LooselyEqual(object? a, object? b, Budget budget)
    {
        if (IsNothing(a) || IsNothing(b))
        {
            return IsNothing(a) && IsNothing(b);
        }

        if (TypeOf(a) == TypeOf(b))
        {
            return StrictlyEqual(a, b);
        }

        // Of two kinds, text stays text only against an object; all else meets as numbers.
        var (x, y) = (ToPrimitive(a, budget), ToPrimitive(b, budget));
        return x is string && y is string ? StrictlyEqual(x, y) : ToNumber(x) == ToNumber(y);
    }

    /// <summary>Below zero, zero, above zero; null where the two can't be compared (NaN).</summary>
    public static int? Compare(object? a, object? b, Budget budget)
    {
        var (x, y) = (ToPrimitive(a, budget), ToPrimitive(b, budget));
        if (x is string s && y is string t)
        {
            return string.CompareOrdinal(s, t);
        }

        var (m, n) = (ToNumber(x), ToNumber(y));
        return double.IsNaN(m) || double.IsNaN(n) ? null : m.CompareTo(n);
    }

    private static double Digits(ReadOnlySpan<char> digits, int radix)
    {
        var sum = 0d;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
            {
                return double.NaN;
            }

            sum = (sum * radix) + digit;
        }

        return sum;
    }
}
