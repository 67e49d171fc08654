using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Flow.Expressions;

/// <summary>What may be asked of a value: its members, and the few methods that neither loop nor grow without bound.</summary>
internal static class Members
{
    /// <summary>A method on a value, with its evaluated arguments.</summary>
    internal delegate object? Method(object? target, object?[] arguments, Budget budget);

    /// <summary>Methods by name; any other call is refused when the expression is read.</summary>
    public static readonly IReadOnlyDictionary<string, Method> Methods = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["includes"] = (t, a, b) => Json.Bool(t is string s ? Found(s, Text(a, 0, b), From(a, 1, s.Length, b), b) >= 0 : Find(t, "includes", a, b, SameValueZero) >= 0),
        ["indexOf"] = (t, a, b) => (double)(t is string s ? Found(s, Text(a, 0, b), From(a, 1, s.Length, b), b) : Find(t, "indexOf", a, b, Coercion.StrictlyEqual)),
        ["startsWith"] = (t, a, b) => Of(t, "startsWith", s => Json.Bool(s.AsSpan(From(a, 1, s.Length, b)).StartsWith(Text(a, 0, b), StringComparison.Ordinal))),
        ["endsWith"] = (t, a, b) => Of(t, "endsWith", s => Json.Bool(s.AsSpan(0, Arg(a, 1) is Undefined ? s.Length : From(a, 1, s.Length, b)).EndsWith(Text(a, 0, b), StringComparison.Ordinal))),
        ["toUpperCase"] = (t, _, b) => Of(t, "toUpperCase", s => b.Paid(s.ToUpperInvariant())),
        ["toLowerCase"] = (t, _, b) => Of(t, "toLowerCase", s => b.Paid(s.ToLowerInvariant())),
        ["trim"] = (t, _, _) => Of(t, "trim", Coercion.Trim),
        ["trimStart"] = (t, _, _) => Of(t, "trimStart", Coercion.TrimStart),
        ["trimEnd"] = (t, _, _) => Of(t, "trimEnd", Coercion.TrimEnd),
        ["charAt"] = (t, a, b) => Of(t, "charAt", s => Whole(a, 0, b) is >= 0 and var i && i < s.Length ? s[(int)i].ToString() : ""),
        ["at"] = (t, a, b) => At(t, Whole(a, 0, b)),
        ["slice"] = Slice,
        ["substring"] = (t, a, b) => Of(t, "substring", s => Substring(s, a, b)),
        ["split"] = (t, a, b) => Of(t, "split", s => Split(s, a, b)),
        ["concat"] = Concat,
        ["join"] = (t, a, b) => t is JsonArray or List<object?> ? Coercion.Joined(t, Arg(a, 0) is Undefined ? "," : Text(a, 0, b), b) : throw NoMethod(t, "join"),
        ["toFixed"] = (t, a, b) => t is double d ? NumberText.Fixed(d, Whole(a, 0, b)) : throw NoMethod(t, "toFixed"),
        ["toString"] = (t, a, b) => a.Length > 0 ? throw new EvaluationException("toString takes nothing here; numbers are written in tens.") : Coercion.ToText(t, b),
    };

    /// <summary>Names that lead out of the data into JavaScript's own machinery.</summary>
    public static readonly IReadOnlySet<string> Hidden = new HashSet<string>(StringComparer.Ordinal)
    {
        "constructor", "prototype", "__proto__", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "valueOf",
        "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__",
    };

    public static object? Get(object? target, object? key, Budget budget)
    {
        if (Coercion.IsNothing(target))
        {
            throw new EvaluationException($"There is nothing to read '{Coercion.ToText(key, budget)}' of: the value before it is {Coercion.ToText(target, budget)}. Write '?.' where it may be missing.");
        }

        var name = Coercion.ToText(key, budget);
        return target switch
        {
            JsonObject o => o.TryGetPropertyValue(name, out var node) ? Json.Value(node) : NoMember(name),
            OrderedDictionary<string, object?> o => o.TryGetValue(name, out var value) ? value : NoMember(name),
            string s when name == "length" => (double)s.Length,
            string s => Index(name) is { } i && i < s.Length ? s[i].ToString() : NoMember(name),
            JsonArray list when name == "length" => (double)list.Count,
            JsonArray list => Index(name) is { } i && i < list.Count ? Json.Value(list[i]) : NoMember(name),
            List<object?> list when name == "length" => (double)list.Count,
            List<object?> list => Index(name) is { } i && i < list.Count ? list[i] : NoMember(name),
            _ => NoMember(name),
        };
    }

    public static IReadOnlyList<object?> Items(object? list) => list switch
    {
        JsonArray a => [.. a.Select(Json.Value)],
        List<object?> own => own,
        _ => [],
    };

    public static EvaluationException NoMethod(object? target, string name) =>
        new($"'{name}' can't be asked of {(Coercion.IsNothing(target) ? "a missing value" : "a value of type " + Coercion.TypeOf(target))}.");

    public static object? Arg(object?[] arguments, int index) => index < arguments.Length ? arguments[index] : Undefined.Value;

    public static string Text(object?[] arguments, int index, Budget budget) => Coercion.ToText(Arg(arguments, index), budget);

    // JavaScript would hand out a function or a prototype; data has neither, so the reader is told instead of getting undefined.
    private static Undefined NoMember(string name) => Hidden.Contains(name) || Methods.ContainsKey(name)
        ? throw new EvaluationException($"'{name}' can only be called, on a value that has it.")
        : Undefined.Value;

    private static int? Index(string name) =>
        name.Length is > 0 and < 10 && name.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && (name.Length == 1 || name[0] != '0') ? int.Parse(name, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static object? Of(object? target, string name, Func<string, object?> method) => target is string s ? method(s) : throw NoMethod(target, name);

    /// <summary>An argument as a whole number, as JavaScript's ToIntegerOrInfinity.</summary>
    private static double Whole(object?[] arguments, int index, Budget budget) =>
        Coercion.ToNumber(Arg(arguments, index), budget) is var n && double.IsNaN(n) ? 0 : Math.Truncate(n);

    /// <summary>A position argument, from the start of a text or list of that length.</summary>
    private static int From(object?[] arguments, int index, int length, Budget budget) => (int)Math.Clamp(Whole(arguments, index, budget), 0, length);

    /// <summary>A position that may count from the end.</summary>
    private static int Around(object?[] arguments, int index, int length, int otherwise, Budget budget) => Arg(arguments, index) is Undefined
        ? otherwise
        : Whole(arguments, index, budget) is var n && n < 0 ? (int)Math.Max(0, length + n) : (int)Math.Min(n, length);

    private static int Found(string text, string sought, int from, Budget budget)
    {
        // The worst text against the worst search takes their product, 64 characters at a stroke.
        budget.Pay(((long)(text.Length - from) * sought.Length / 64) + 1);
        return text.IndexOf(sought, from, StringComparison.Ordinal);
    }

    private static int Find(object? target, string name, object?[] arguments, Budget budget, Func<object?, object?, bool> same)
    {
        if (target is not (JsonArray or List<object?>))
        {
            throw NoMethod(target, name);
        }

        var items = Items(target);
        budget.Pay(items.Count);
        var start = Around(arguments, 1, items.Count, 0, budget);
        for (var i = start; i < items.Count; i++)
        {
            if (same(items[i], Arg(arguments, 0)))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool SameValueZero(object? a, object? b) => a is double.NaN && b is double.NaN || Coercion.StrictlyEqual(a, b);

    private static object? At(object? target, double position)
    {
        var length = target switch { string s => s.Length, JsonArray a => a.Count, List<object?> l => l.Count, _ => throw NoMethod(target, "at") };
        var index = position < 0 ? length + position : position;
        return index >= 0 && index < length
            ? target is string s2 ? s2[(int)index].ToString() : target is JsonArray a2 ? Json.Value(a2[(int)index]) : ((List<object?>)target)[(int)index]
            : Undefined.Value;
    }

    private static object? Slice(object? target, object?[] arguments, Budget budget)
    {
        if (target is not (string or JsonArray or List<object?>))
        {
            throw NoMethod(target, "slice");
        }

        var items = target is string ? [] : Items(target);
        var length = target is string s ? s.Length : items.Count;
        var from = Around(arguments, 0, length, 0, budget);
        var count = Math.Max(0, Around(arguments, 1, length, length, budget) - from);
        budget.Pay(count);
        return target is string text ? text.Substring(from, count) : items.Skip(from).Take(count).ToList();
    }

    private static string Substring(string text, object?[] arguments, Budget budget)
    {
        var from = From(arguments, 0, text.Length, budget);
        var to = Arg(arguments, 1) is Undefined ? text.Length : From(arguments, 1, text.Length, budget);
        return budget.Paid(text[Math.Min(from, to)..Math.Max(from, to)]);
    }

    private static List<object?> Split(string text, object?[] arguments, Budget budget)
    {
        if (Arg(arguments, 0) is Undefined)
        {
            return [text];
        }

        var separator = Text(arguments, 0, budget);
        budget.Pay(text.Length + ((long)text.Length * separator.Length / 64));
        IEnumerable<string> parts = separator.Length == 0 ? text.Select(c => c.ToString()) : text.Split(separator);
        var limit = Arg(arguments, 1) is Undefined ? int.MaxValue : From(arguments, 1, int.MaxValue, budget);
        return [.. parts.Take(limit)];
    }

    private static object? Concat(object? target, object?[] arguments, Budget budget)
    {
        if (target is string s)
        {
            return budget.Paid(s + string.Concat(arguments.Select(a => budget.Paid(Coercion.ToText(a, budget)))));
        }

        if (target is not (JsonArray or List<object?>))
        {
            throw NoMethod(target, "concat");
        }

        List<object?> all = [.. Items(target), .. arguments.SelectMany(a => a is JsonArray or List<object?> ? Items(a) : [a])];
        budget.Pay(all.Count);
        return all;
    }
}
