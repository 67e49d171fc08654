using System.Globalization;
using System.Numerics;

namespace ClientConnect.Workflows.Flow.Expressions;

/// <summary>A number as JavaScript writes it: the shortest digits that mean it, with an exponent only where it is very long.</summary>
internal static class NumberText
{
    private const long Fraction = (1L << 52) - 1;

    public static string Of(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return "0";
        }

        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var whole = shortest[0].IndexOf('.', StringComparison.Ordinal) is var dot && dot < 0 ? shortest[0].Length : dot;
        var digits = shortest[0].Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        var point = whole - (digits.Length - significant.Length) + (shortest.Length > 1 ? int.Parse(shortest[1], CultureInfo.InvariantCulture) : 0);
        return (value < 0 ? "-" : "") + Placed(significant.TrimEnd('0'), point);
    }

    /// <summary>Fixed decimals, rounded half away from zero on the exact value, as <c>toFixed</c> does.</summary>
    public static string Fixed(double value, double decimals)
    {
        if (double.IsNaN(decimals) || decimals < 0 || decimals > 100)
        {
            throw new EvaluationException("toFixed takes 0 to 100 decimals.");
        }

        if (!double.IsFinite(value) || Math.Abs(value) >= 1e21)
        {
            return Of(value);
        }

        // .NET's "F2" rounds an exact half to even; JavaScript rounds it up, so the double is taken apart.
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        var exponent = (int)(bits >> 52) - 1075;
        var mantissa = exponent == -1075 ? (bits & Fraction) << 1 : (bits & Fraction) | (Fraction + 1);
        var scaled = mantissa * BigInteger.Pow(10, (int)decimals);
        var rounded = exponent >= 0 ? scaled << exponent : (scaled + (BigInteger.One << (-exponent - 1))) >> -exponent;
        var digits = rounded.ToString(CultureInfo.InvariantCulture).PadLeft((int)decimals + 1, '0');
        return (value < 0 ? "-" : "") + digits[..^(int)decimals] + (decimals >= 1 ? "." + digits[^(int)decimals..] : "");
    }

    // point: how many digits stand before the decimal point (ECMA-262, Number::toString).
    private static string Placed(string digits, int point) => point switch
    {
        > 21 or <= -6 => digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + "e" + (point > 0 ? "+" : "-") + Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture),
        <= 0 => "0." + new string('0', -point) + digits,
        _ when point >= digits.Length => digits.PadRight(point, '0'),
        _ => digits[..point] + "." + digits[point..],
    };
}
