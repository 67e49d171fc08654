using System.Diagnostics;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Notices;
using CsCheck;

namespace ClientConnect.Workflows.Tests.Notices;

public sealed class LiquidTemplatesTests
{
    private static readonly JsonObject Model = JsonNode.Parse("""{"request":{"number":"1"},"items":[{"name":"a"}],"tags":["x"],"none":[]}""")!.AsObject();

    private readonly LiquidTemplates templates = new();

    [Theory]
    [InlineData("{{ request.number }} {{ request.nummer }}", "request.nummer")]
    [InlineData("{% if nope %}{{ request.x }}{% endif %}", "nope", "request.x")]
    [InlineData("{% for i in items %}{{ i.name }} {{ i.nom }} {{ forloop.index }}{% endfor %}{{ i.name }}", "i.nom", "i.name")]
    [InlineData("{% for t in tags %}{{ t }}{% endfor %}{% for n in none %}{{ n.anything }}{% endfor %}")]
    [InlineData("{% for i in list %}{{ i.name }}{% endfor %}", "list")]
    [InlineData("{{ request.number | default: 'request.nope' | truncate: 3 }} {{ items.size }}")]
    [InlineData("{% case request.kind %}{% when 'a' %}x{% endcase %}", "request.kind")]
    public void What_the_model_lacks_is_named_in_every_branch(string template, params string[] unknown)
    {
        Assert.Equal(unknown, LiquidTemplates.Unknown(template, Model));
    }

    [Theory]
    [InlineData("{% include 'passwd' %}", "include")]
    [InlineData("{% render 'passwd' %}", "render")]
    [InlineData("{% extends 'passwd' %}", "extends")]
    [InlineData("{% capture x %}a{% endcapture %}", "capture")]
    [InlineData("{{ 'a' | append: 'b' }}", "append")]
    [InlineData("{{ '}}' | append: 'b' }}", "quotation mark")]
    [InlineData("{% for i in (1..100000000) %}x{% endfor %}", "counts")]
    [InlineData("{{{ x }}}", "short forms")]
    [InlineData("{% if a %}", "never closed")]
    [InlineData("{{ a ", "not properly terminated")]
    public void What_mails_may_not_use_is_refused_by_name(string template, string named)
    {
        Assert.Contains(templates.Faults(template), f => f.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void Loops_in_loops_end_in_time()
    {
        var model = new Dictionary<string, object?> { ["list"] = Enumerable.Range(0, 900).Cast<object>().ToList() };
        var watch = Stopwatch.StartNew();

        var rendering = templates.Render("{% for a in list %}{% for b in list %}{% for c in list %}{{ c }}{% endfor %}{% endfor %}{% endfor %}", model, "en");

        Assert.NotEmpty(rendering.Faults);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void What_renders_without_end_is_cut_off()
    {
        var model = new Dictionary<string, object?> { ["list"] = Enumerable.Range(0, 900).Cast<object>().ToList() };

        Assert.Contains("too long", templates.Render("{% for a in list %}" + new string('x', 1000) + "{% endfor %}", model, "en").Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_compiled_template_serves_many_at_once()
    {
        Parallel.For(0, 500, i => Assert.Equal($"n{i}", templates.Render("n{{ a.b }}", new Dictionary<string, object?> { ["a"] = new Dictionary<string, object?> { ["b"] = i } }, "en").Text));
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        string[] pieces = ["{{", "}}", "{%", "%}", "if", "for", "in", "endif", "endfor", " ", "'", "\"", "a", "a.b", "|", "moment", ":", "[", "]", "{", "-", "\n", "99999999999", "..", "case", "when", "comment", "endcomment", "\uE003"];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 24].Sample(
            parts =>
            {
                var text = string.Concat(parts);
                _ = templates.Faults(text);
                _ = templates.Render(text, new Dictionary<string, object?> { ["a"] = "x" }, "en");
                _ = LiquidTemplates.Unknown(text, Model);
            },
            iter: 5_000);
    }
}
