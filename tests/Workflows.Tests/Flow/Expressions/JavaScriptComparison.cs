using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Workflows.Flow.Expressions;
using CsCheck;
using Jint;

namespace ClientConnect.Workflows.Tests.Flow.Expressions;

/// <summary>Elsa evaluates with Jint: whatever the subset allows must come to the same value here as there.</summary>
public partial class JavaScriptComparison
{
    private const string Data = """{ "n": 12.5, "zero": 0, "big": 123456789012345680000, "tiny": 0.00000012, "s": "  Buy-in 42 ", "e": "", "num": "17", "hex": "0x1f", "t": true, "f": false, "nil": null, "list": [1, "two", null, [3, 4], "17"], "o": { "a": 1, "b": { "c": "deep" } } }""";

    private static readonly IReadOnlyDictionary<string, JsonNode?> Scope = new Dictionary<string, JsonNode?> { ["facts"] = JsonNode.Parse(Data) };

    private static readonly Gen<string> Leaf = Pick(
        "0", "1", "-1", "2.5", "1e21", "1e-7", "123.456", "NaN", "Infinity", "true", "false", "null", "undefined", "''", "'a'", "'17'", "' 3 '", "'0b11'", "'Buy-in'", "' 1e1 '", "'-'",
        "facts.n", "facts.zero", "facts.big", "facts.tiny", "facts.s", "facts.e", "facts.num", "facts.hex", "facts.t", "facts.f", "facts.nil", "facts.list", "facts.o", "facts.o.b", "facts.missing", "facts.list[1]", "facts.list[9]", "facts.s.length", "facts.list.length", "facts.o?.b?.c", "facts.nil?.x.y");

    private static readonly Gen<string> Any = Gen.Recursive<string>((depth, inner) => depth > 4 ? Leaf : Gen.Frequency((2, Leaf), (5, Composite(inner))));

    [Fact]
    public void Every_allowed_expression_comes_to_what_Jint_makes_of_it()
    {
        var jint = new Engine();
        jint.Execute($"const facts = {Data};");
        var compared = 0;

        Any.Sample(
            text =>
            {
                var ours = Expression.Parse(text);
                Assert.Null(ours.Fault);
                var value = ours.Expression!.Evaluate(Scope);
                var theirs = Jint(jint, text);
                if (value.Fault is not null)
                {
                    Assert.Equal("throws", theirs);
                }
                else if (!VeryLongNumber().IsMatch(theirs))
                {
                    Assert.Equal(theirs, value.Value?.ToJsonString() is { } json ? Normal(json) : "null");
                    compared++;
                }
            },
            iter: 10_000,
            threads: 1);

        Assert.True(compared > 5_000, $"Only {compared} of 10,000 expressions had a value to compare.");
    }

    // Jint writes whole numbers beyond 2^53 with more digits than the standard's shortest ones; ours follow the standard.
    [GeneratedRegex("[0-9]{17}")]
    private static partial Regex VeryLongNumber();

    private static string Jint(Engine engine, string text)
    {
        try
        {
            var json = engine.Evaluate($"JSON.stringify({text})");
            return json.IsUndefined() ? "null" : Normal(json.AsString());
        }
        catch (Jint.Runtime.JavaScriptException)
        {
            return "throws";
        }
    }

    private static string Normal(string json) => Kernel.CanonicalJson.Text(JsonNode.Parse(json));

    private static Gen<string> Composite(Gen<string> inner) => Gen.OneOf(
        Gen.Select(inner, Pick("+", "-", "*", "/", "%", "==", "!=", "===", "!==", "<", "<=", ">", ">=", "&&", "||", "+", "=="), inner, (a, op, b) => $"({a} {op} {b})"),
        Gen.Select(inner, inner, (a, b) => $"(({a}) ?? ({b}))"),
        Gen.Select(inner, inner, inner, (a, b, c) => $"({a} ? {b} : {c})"),
        Gen.Select(Pick("!", "-", "+", "typeof "), inner, (op, a) => $"({op}({a}))"),
        Gen.Select(Pick("String", "Number", "Boolean", "isNaN", "parseFloat", "parseInt", "Math.floor", "Math.ceil", "Math.round", "Math.abs", "Math.trunc", "Math.sign", "Number.isInteger", "Array.isArray"), inner, (f, a) => $"{f}({a})"),
        Gen.Select(inner, inner, (a, b) => $"Math.max({a}, {b})"),
        Gen.Select(inner, inner, (a, b) => $"[{a}, {b}]"),
        Gen.Select(inner, inner, (a, b) => $"({{ a: {a}, 'b c': {b} }})"),
        Gen.Select(inner, inner, (a, b) => $"`x${{{a}}}y${{{b}}}`"),
        Gen.Select(inner, Pick("includes", "indexOf", "startsWith", "endsWith", "split", "concat", "join", "charAt", "at", "slice", "substring"), inner, (a, m, b) => $"String({a}).{(m == "join" ? "concat" : m)}({b})"),
        Gen.Select(inner, Pick("includes", "indexOf", "concat", "join", "at", "slice"), inner, (a, m, b) => $"[{a}, 'two', 17].{m}({b})"),
        Gen.Select(inner, Gen.Int[-5, 5], Gen.Int[-5, 8], (a, from, to) => $"String({a}).slice({from}, {to})"),
        Gen.Select(inner, Gen.Int[-5, 5], Gen.Int[-5, 8], (a, from, to) => $"String({a}).substring({from}, {to})"),
        Gen.Select(inner, Pick("toUpperCase", "toLowerCase", "trim", "trimStart", "trimEnd", "toString"), (a, m) => $"String({a}).{m}()"),
        Gen.Select(inner, Gen.Int[0, 6], (a, n) => $"Number({a}).toFixed({n})"),
        Gen.Select(inner, Pick("length", "[0]", "?.length", "[1]", "a"), (a, m) => $"({a}){(m[0] is '[' or '?' ? m : "." + m)}"));

    private static Gen<string> Pick(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);
}
