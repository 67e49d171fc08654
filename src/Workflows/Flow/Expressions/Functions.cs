using System.Text.RegularExpressions;

namespace ClientConnect.Workflows.Flow.Expressions;

/// <summary>The functions that stand alone: JavaScript's conversions and plain arithmetic, and two of Elsa's.</summary>
internal static partial class Functions
{
    internal delegate object? Function(object?[] arguments, Budget budget);

    public static readonly IReadOnlyDictionary<string, Function> Global = new Dictionary<string, Function>(StringComparer.Ordinal)
    {
        ["Number"] = (a, b) => a.Length == 0 ? 0d : Coercion.ToNumber(a[0], b),
        ["String"] = (a, b) => a.Length == 0 ? "" : Coercion.ToText(a[0], b),
        ["Boolean"] = (a, _) => Json.Bool(a.Length > 0 && Coercion.IsTrue(a[0])),
        ["isNaN"] = (a, b) => Json.Bool(double.IsNaN(Coercion.ToNumber(Members.Arg(a, 0), b))),
        ["isFinite"] = (a, b) => Json.Bool(double.IsFinite(Coercion.ToNumber(Members.Arg(a, 0), b))),
        ["parseInt"] = (a, b) => a.Length < 2 ? Leading(Members.Text(a, 0, b), WholeNumber())
            : Coercion.ToNumber(a[1], b) == 10 ? Leading(Members.Text(a, 0, b), WholeNumberInTens())
            : throw new EvaluationException("parseInt reads numbers in tens only."),
        ["parseFloat"] = (a, b) => Leading(Members.Text(a, 0, b), AnyNumber()),
        ["isNullOrEmpty"] = (a, _) => Json.Bool(Coercion.IsNothing(Members.Arg(a, 0)) || a[0] is ""),
        ["isNullOrWhiteSpace"] = (a, _) => Json.Bool(Coercion.IsNothing(Members.Arg(a, 0)) || (a[0] is string s && string.IsNullOrWhiteSpace(s))),
    };

    public static readonly IReadOnlyDictionary<string, Function> OfNamespace = new Dictionary<string, Function>(StringComparer.Ordinal)
    {
        ["Math.min"] = (a, b) => Fold(a, b, double.PositiveInfinity, Math.Min),
        ["Math.max"] = (a, b) => Fold(a, b, double.NegativeInfinity, Math.Max),
        ["Math.round"] = (a, b) => Math.Floor(First(a, b)) is var floor && First(a, b) - floor >= 0.5 ? floor + 1 : floor,
        ["Math.floor"] = (a, b) => Math.Floor(First(a, b)),
        ["Math.ceil"] = (a, b) => Math.Ceiling(First(a, b)),
        ["Math.trunc"] = (a, b) => Math.Truncate(First(a, b)),
        ["Math.abs"] = (a, b) => Math.Abs(First(a, b)),
        ["Math.sign"] = (a, b) => First(a, b) is var n && double.IsNaN(n) ? n : (double)Math.Sign(n),
        ["Number.isInteger"] = (a, _) => Json.Bool(Members.Arg(a, 0) is double d && double.IsInteger(d)),
        ["Number.isFinite"] = (a, _) => Json.Bool(Members.Arg(a, 0) is double d && double.IsFinite(d)),
        ["Number.isNaN"] = (a, _) => Json.Bool(Members.Arg(a, 0) is double.NaN),
        ["Array.isArray"] = (a, _) => Json.Bool(Members.Arg(a, 0) is System.Text.Json.Nodes.JsonArray or List<object?>),
    };

    private static double First(object?[] arguments, Budget budget) => Coercion.ToNumber(Members.Arg(arguments, 0), budget);

    private static double Fold(object?[] arguments, Budget budget, double seed, Func<double, double, double> step) =>
        arguments.Aggregate(seed, (sum, next) => step(sum, Coercion.ToNumber(next, budget)));

    // parseInt and parseFloat take the longest beginning that is a number, and leave the rest.
    private static double Leading(string text, Regex number)
    {
        var match = number.Match(Coercion.TrimStart(text));
        return match.Success && match.Groups["digits"].ValueSpan is not ("0x" or "0X") ? (match.Groups["minus"].Success ? -1 : 1) * Coercion.ToNumber(match.Groups["digits"].Value) : double.NaN;
    }

    [GeneratedRegex(@"^(?:\+|(?<minus>-))?(?<digits>0[xX][0-9a-fA-F]*|[0-9]+)", RegexOptions.NonBacktracking)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^(?:\+|(?<minus>-))?(?<digits>[0-9]+)", RegexOptions.NonBacktracking)]
    private static partial Regex WholeNumberInTens();

    [GeneratedRegex(@"^(?:\+|(?<minus>-))?(?<digits>Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)", RegexOptions.NonBacktracking)]
    private static partial Regex AnyNumber();
}
