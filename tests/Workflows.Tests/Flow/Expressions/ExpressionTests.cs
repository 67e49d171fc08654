using System.Diagnostics;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Expressions;

namespace ClientConnect.Workflows.Tests.Flow.Expressions;

public class ExpressionTests
{
    private static readonly IReadOnlyDictionary<string, JsonNode?> Scope = new Dictionary<string, JsonNode?>
    {
        ["facts"] = JsonNode.Parse("""{ "now": "2026-11-23T18:00:00+08:00", "lines": { "approved": 2, "items": [ { "line": 1, "stockCode": "00700" }, { "line": 2, "stockCode": "00005" } ] }, "markets": ["HK", "SH"] }"""),
        ["variables"] = JsonNode.Parse("""{ "Amount": 1500.5, "Subject": "Buy-in", "my flag": true }"""),
        ["input"] = JsonNode.Parse("""{ "Title": "Purchase" }"""),
        ["nothing"] = null,
    };

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("'a' + 1 + true + null + undefined", "\"a1truenullundefined\"")]
    [InlineData("`${getInput('Title')} / ${getVariable('Amount')}`", "\"Purchase / 1500.5\"")]
    [InlineData("getVariable('Amount') > 1000 && getVariable('Subject') == 'Buy-in'", "true")]
    [InlineData("variables.Amount <= 1500.5", "true")]
    [InlineData("getAmount() * 2", "3001")]
    [InlineData("getTitle()", "\"Purchase\"")]
    [InlineData("getVariable('my flag')", "true")]
    [InlineData("getVariable('Unset')", "null")]
    [InlineData("facts.lines.approved === 2 ? 'some' : 'none'", "\"some\"")]
    [InlineData("facts.lines.items[1].stockCode", "\"00005\"")]
    [InlineData("facts.missing?.deep.deeper ?? 'none'", "\"none\"")]
    [InlineData("facts['lines']['approved']", "2")]
    [InlineData("facts.markets.includes('SH') && !facts.markets.includes('SZ')", "true")]
    [InlineData("facts.now.slice(0, 10)", "\"2026-11-23\"")]
    [InlineData("return facts.lines.approved > 0;", "true")]
    [InlineData("({ a: [1, 'b', null], 'c d': { e: undefined } })", """{"a":[1,"b",null],"c d":{}}""")]
    [InlineData("nothing == undefined", "true")]
    [InlineData("nothing?.x", "null")]
    [InlineData("[1, 2].concat(3, [4]).join('-')", "\"1-2-3-4\"")]
    [InlineData("(1005 / 1000).toFixed(2)", "\"1.00\"")]
    [InlineData("[parseInt('0x1F'), parseInt('0x1F', 10), parseInt('0x,'), parseInt('-0x'), parseInt('08')]", "[31,0,null,null,8]")]
    [InlineData("Math.max(1, '3', 2) + Number('0x10') + parseInt(' 42 lots')", "61")]
    [InlineData("typeof facts.nope", "\"undefined\"")]
    [InlineData("0 / 0", "null")]
    public void An_expression_comes_to_what_JavaScript_makes_of_it(string text, string json) =>
        Assert.Equal(json, Value(text)?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null");

    [Theory]
    [InlineData("while(true);", "Only one expression")]
    [InlineData("while(true){}", "Only one expression")]
    [InlineData("for(;;){}", "Only one expression")]
    [InlineData("1; 2", "Only one expression")]
    [InlineData("const x = 1", "Only one expression")]
    [InlineData("{ a: 1 }", "parentheses")]
    [InlineData("", "empty")]
    [InlineData("'a'.repeat(5e8)", "calls 'repeat'")]
    [InlineData("'a'.padStart(5e8)", "calls 'padStart'")]
    [InlineData("'a'['repeat'](5e8)", "not named in the text")]
    [InlineData("facts[getInput('x')]()", "not named in the text")]
    [InlineData("new Uint8Array(1e9)", "'new'")]
    [InlineData("Array(1e9)", "calls 'Array'")]
    [InlineData("(() => { while(true); })()", "not named in the text")]
    [InlineData("facts.lines.items.map(x => x.line)", "calls 'map'")]
    [InlineData("facts.lines.items.includes(x => x.line)", "is a function")]
    [InlineData("(function f() { return f() })()", "not named in the text")]
    [InlineData("x = 5", "changes a value")]
    [InlineData("facts.lines.approved++", "changes a value")]
    [InlineData("/(a+)+$/.test('aaaa')", "calls 'test'")]
    [InlineData("'x'.includes(/(a+)+$/)", "regular expression")]
    [InlineData("9n", "BigInt")]
    [InlineData("Date.now()", "calls 'now'")]
    [InlineData("new Date()", "'new'")]
    [InlineData("Math.random()", "Math.random")]
    [InlineData("Math['random']", "'Math' is not allowed")]
    [InlineData("eval('1')", "calls 'eval'")]
    [InlineData("globalThis", "'globalThis' is not allowed")]
    [InlineData("facts.constructor", "reads 'constructor'")]
    [InlineData("({ __proto__: null })", "sets '__proto__'")]
    [InlineData("[...facts.markets]", "SpreadElement")]
    [InlineData("await facts", "")]
    [InlineData("import('fs')", "")]
    [InlineData("a`x`", "")]
    [InlineData("1, 2", "SequenceExpression")]
    [InlineData("2 ** 1000", "uses")]
    [InlineData("delete facts.now", "uses")]
    [InlineData("setVariable('X', 1)", "calls 'setVariable'")]
    [InlineData("getVariable('a' + 'b')", "computed")]
    [InlineData("this.facts", "ThisExpression")]
    [InlineData("1 +", "not JavaScript")]
    public void What_lies_outside_the_subset_is_refused_when_it_is_read(string text, string because)
    {
        var reading = Expression.Parse(text);

        Assert.Null(reading.Expression);
        Assert.Contains(because, reading.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("facts.nope.deeper", "nothing to read 'deeper'")]
    [InlineData("unheardOf", "'unheardOf' is not known")]
    [InlineData("facts.includes('x')", "can't be asked")]
    [InlineData("facts['const' + 'ructor']", "can only be called")]
    [InlineData("facts.now.trim", "can only be called")]
    [InlineData("(1).toFixed(101)", "0 to 100")]
    public void What_goes_wrong_with_the_values_is_said_in_words(string text, string because) =>
        Assert.Contains(because, Parsed(text).Evaluate(Scope).Fault, StringComparison.Ordinal);

    [Fact]
    public void Text_can_not_be_blown_up_by_joining_it_to_itself()
    {
        var big = new Dictionary<string, JsonNode?> { ["a"] = new string('a', 90_000), ["list"] = new JsonArray([.. Enumerable.Range(0, 1000).Select(_ => JsonValue.Create("x"))]) };

        foreach (var text in new[] { "a + a + a + a", "`${a}${a}${a}`", "a.concat(a, a, a)", "list.join(a)", "a.split('').concat(a.split(''), a.split(''))", "String([a, a, a])" })
        {
            Assert.Contains("more than", Parsed(text).Evaluate(big).Fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_worst_search_costs_a_fault_and_not_a_minute()
    {
        var worst = new Dictionary<string, JsonNode?> { ["a"] = new string('a', 1_000_000), ["b"] = new string('a', 500_000) + "b" };
        var watch = Stopwatch.StartNew();

        Assert.NotNull(Parsed("a.indexOf(b) > 0 || a.includes(b)").Evaluate(worst).Fault);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("!")]
    [InlineData("-(")]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("1+")]
    [InlineData("a?")]
    [InlineData("a?b:")]
    [InlineData("`${")]
    [InlineData("a.b(")]
    [InlineData("a[")]
    [InlineData("({a:")]
    public void Deep_nesting_is_read_or_refused_but_never_ends_the_process(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Expression.MaxLength / piece.Length - 1)) + "1";
        var thread = new Thread(() => Expression.Parse(text).Expression?.Evaluate(Scope), maxStackSize: 512 * 1024);

        thread.Start();
        thread.Join();

        Assert.NotNull(Expression.Parse(new string('(', 100_000)).Fault);
    }

    [Fact]
    public void An_expression_says_what_it_reads()
    {
        var expression = Parsed("getVariable('A') + variables.B + getInput('C') + getD() + facts.e + undefined");

        Assert.Equal(["A", "B"], expression.Variables.Order());
        Assert.Equal(["C"], expression.Inputs);
        Assert.Equal(["D"], expression.Accessors);
        Assert.Equal(["facts"], expression.Names);
    }

    private static JsonNode? Value(string text)
    {
        var result = Parsed(text).Evaluate(Scope);
        Assert.Null(result.Fault);
        return result.Value;
    }

    private static Expression Parsed(string text)
    {
        var reading = Expression.Parse(text);
        Assert.Null(reading.Fault);
        return reading.Expression!;
    }
}
