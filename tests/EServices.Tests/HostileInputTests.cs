using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

/// <summary>Whatever arrives, in a folder or in answers, is answered in words; nothing throws.</summary>
public class HostileInputTests
{
    private static readonly string?[] Replacements =
        ["null", "true", "-1", "1e400", "\"\"", "\"x\"", "\"\\u0000\"", "[]", "{}", "[[[]]]", "\"answers.market\"", "{\"en\":5}", "{\"$ref\":\"#\"}", null];

    [Theory]
    [InlineData("form.json")]
    [InlineData("service.json")]
    [InlineData("sample.json")]
    public async Task A_file_corrupted_anywhere_is_reported_and_never_throws(string file)
    {
        var folder = (await Folders.Folder).Folders[ExemptionForm.Key];
        var places = Places(JsonNode.Parse(folder[file])!).Count();
        var random = new Random(20261123);
        for (var i = 0; i < 80; i++)
        {
            var node = JsonNode.Parse(folder[file])!;
            Replace(Places(node).ElementAt(random.Next(1, places)), Replacements[random.Next(Replacements.Length)]);
            var reading = (await Folders.Loader).Load(ExemptionForm.Key, new Dictionary<string, string>(folder) { [file] = node.ToJsonString() });

            Assert.True(reading.Bundle is null == reading.Faults.Count > 0);
            Assert.All(reading.Faults, f => Assert.False(string.IsNullOrWhiteSpace(f.Message)));
        }
    }

    [Theory]
    [InlineData("form.json")]
    [InlineData("service.json")]
    [InlineData("workflow.json")]
    public async Task A_file_cut_or_scrambled_anywhere_never_throws(string file)
    {
        var folder = (await Folders.Folder).Folders[ExemptionForm.Key];
        var text = folder[file];
        var random = new Random(8);
        for (var i = 0; i < 50; i++)
        {
            var at = random.Next(text.Length);
            var broken = i % 2 == 0 ? text[..at] : text.Remove(at, 1).Insert(at, ((char)random.Next(1, 126)).ToString());
            _ = (await Folders.Loader).Load(ExemptionForm.Key, new Dictionary<string, string>(folder) { [file] = broken });
        }
    }

    [Fact]
    public async Task Answers_of_any_shape_are_evaluated()
    {
        var form = await ExemptionForm.AtAsync("2026-11-23 10:00");
        var sample = form.Sample;
        var count = Places(sample).Count();
        foreach (var place in Enumerable.Range(1, count - 1))
        {
            foreach (var replacement in Replacements)
            {
                var answers = (JsonObject)sample.DeepClone();
                Replace(Places(answers).ElementAt(place), replacement);
                var evaluation = form.Evaluate(answers);

                Assert.DoesNotContain("\\u0000", evaluation.Answers.ToJsonString(), StringComparison.Ordinal);
                Assert.True(evaluation.DraftFaults.Count <= evaluation.Faults.Count);
            }
        }
    }

    [Theory]
    [InlineData("{\"a\":\"\\ud800\"}", "not-readable")]
    [InlineData("{\"market\":\"HK\",\"market\":\"HK\"}", "not-readable")]
    public async Task What_no_database_could_hold_is_refused(string text, string code)
    {
        var answers = JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = true })!.AsObject();

        Assert.Contains((await ExemptionForm.AtAsync("2026-11-23 10:00")).Evaluate(answers).Faults, f => f.Path.Length == 0 && f.Code == code);
    }

    [Fact]
    public async Task Sizes_are_limited()
    {
        var form = await ExemptionForm.AtAsync("2026-11-23 10:00");

        Assert.Contains(form.Evaluate(new JsonObject { ["remarks"] = new string('x', FormEvaluator.MaxCharacters) }).Faults, f => f.Code == "too-much");
        Assert.Contains("remarks too-long", form.FaultsWith("remarks", new string('x', 1_001)));
        Assert.Contains("lines too-many", form.FaultsWith("lines", new JsonArray([.. Enumerable.Range(0, 5_000).Select(_ => new JsonObject())])));
        Assert.InRange(form.FaultsWith("x", new JsonObject(Enumerable.Range(0, 9_000).Select(i => KeyValuePair.Create($"n{i}", (JsonNode?)i)))).Count, 1, 5);
    }

    private static IEnumerable<JsonNode> Places(JsonNode node)
    {
        yield return node;
        foreach (var child in node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] })
        {
            foreach (var inner in child is null ? [] : Places(child))
            {
                yield return inner;
            }
        }
    }

    private static void Replace(JsonNode place, string? replacement)
    {
        switch (place.Parent)
        {
            case JsonObject parent when replacement is null:
                parent.Remove(place.GetPropertyName());
                break;
            case JsonArray parent when replacement is null:
                parent.Remove(place);
                break;
            default:
                place.ReplaceWith(JsonNode.Parse(replacement!));
                break;
        }
    }
}
