using ClientConnect.Host.Portal;
using Microsoft.Extensions.Primitives;

namespace ClientConnect.Host.Tests.Portal;

public sealed class FormFieldsTests
{
    private static string Read(params (string Name, string Value)[] fields) => FormFields.Answers(Form(fields)).ToJsonString();

    private static IEnumerable<KeyValuePair<string, StringValues>> Form(params (string Name, string Value)[] fields) =>
        fields.GroupBy(f => f.Name).Select(g => new KeyValuePair<string, StringValues>(g.Key, g.Select(f => f.Value).ToArray()));

    [Fact]
    public void Names_are_places_in_the_answers() =>
        Assert.Equal(
            """{"contactEmail":"ada@example.com","lines":[{"stockCode":"700"},{"stockCode":"5"}]}""",
            Read(("contactEmail", "ada@example.com"), ("lines[0].stockCode", "700"), ("lines[1].stockCode", "5")));

    [Fact]
    public void What_was_left_empty_is_left_out() => Assert.Equal("""{"a":"x"}""", Read(("a", "x"), ("b", "")));

    [Fact]
    public void A_line_just_added_stays_though_nothing_is_in_it() =>
        Assert.Equal("""{"lines":[{"stockCode":"700"},{}]}""", Read(("lines[0].stockCode", "700"), ("lines[1].stockCode", "")));

    [Fact]
    public void A_missing_index_closes_up_and_the_order_is_the_indexes() =>
        Assert.Equal("""{"lines":[{"n":"2"},{"n":"7"}]}""", Read(("lines[7].n", "7"), ("lines[2].n", "2")));

    [Fact]
    public void Several_values_need_a_name_that_says_so() =>
        Assert.Equal("""{"one":"a","many":["a","b"],"single":["c"],"none":[]}""", Read(("one", "a"), ("one", "b"), ("many[]", "a"), ("many[]", "b"), ("single[]", "c"), ("none[]", "")));

    [Fact]
    public void The_pages_own_fields_are_no_answers() =>
        Assert.Equal("{}", Read(("do", "save"), ("operation", "x"), ("revision", "4"), ("__RequestVerificationToken", "t"), ("pick[]", "A1"), ("upload.evidence", "f"), ("remarks.lines[0]", "no"), ("contentHash", "h")));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("a.b.c.d.e")]
    [InlineData("[0]")]
    [InlineData("a[")]
    [InlineData("a]")]
    [InlineData("a[-1].b")]
    [InlineData("a[ 1].b")]
    [InlineData("a[1e3].b")]
    [InlineData("a[999999999999].b")]
    [InlineData("a[100000].b")]
    [InlineData("a[][].b")]
    [InlineData("a[].b")]
    [InlineData("a[0][1]")]
    [InlineData("a b")]
    [InlineData("1a")]
    [InlineData("ａ")]
    [InlineData("a\u0000b")]
    [InlineData("$where")]
    public void A_name_that_is_no_path_is_ignored(string name) => Assert.Equal("""{"ok":"1"}""", Read((name, "x"), ("ok", "1")));

    [Fact]
    public void Names_of_the_language_are_plain_names() =>
        Assert.Equal("""{"__proto__":{"x":"1"},"constructor":"2"}""", Read(("__proto__.x", "1"), ("constructor", "2")));

    [Fact]
    public void The_first_of_two_that_contradict_each_other_counts()
    {
        Assert.Equal("""{"a":"1"}""", Read(("a", "1"), ("a.b", "2"), ("a[0].c", "3")));
        Assert.Equal("""{"a":{"b":"2"}}""", Read(("a.b", "2"), ("a", "1")));
    }

    [Fact]
    public void A_hostile_form_costs_little()
    {
        var names = Enumerable.Range(0, 20_000).Select(i => ($"lines[{i}].a", "x")).ToArray();

        var answers = FormFields.Answers(Form(names));

        Assert.Equal(500, answers["lines"]!.AsArray().Count);
        Assert.Equal("{}", Read((new string('a', 201), "x")));
        Assert.Equal("{}", Read(("a", new string('x', 20_001))));
    }

    [Fact]
    public void A_decision_stays_with_its_line()
    {
        var lines = FormFields.ByLine("lines", Form(("lines[3].outcome", "approve"), ("lines[3].decision.quantity", "6,000"), ("lines[12].outcome", "reject"), ("reason", "x")));

        Assert.Equal([3, 12], lines.Keys.Order());
        Assert.Equal("""{"outcome":"approve","decision":{"quantity":"6,000"}}""", lines[3].ToJsonString());
    }

    [Fact]
    public void Remarks_are_read_by_the_place_they_are_about()
    {
        var remarks = FormFields.Below("remarks", Form(("remarks.contactEmail", " wrong "), ("remarks.lines[2]", "which?"), ("remarks.empty", " "), ("remarks.a b", "x"), ("other", "y")));

        Assert.Equal(new Dictionary<string, string> { ["contactEmail"] = "wrong", ["lines[2]"] = "which?" }, remarks);
        Assert.Equal(["A1", "A2"], FormFields.Values("pick", Form(("pick[]", "A1"), ("pick[]", "A2"), ("pick[]", ""))));
    }
}
