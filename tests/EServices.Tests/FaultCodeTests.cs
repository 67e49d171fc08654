using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Testing;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.EServices.Tests;

/// <summary>Whatever is wrong with a folder has a code that machines can rest on; all codes stand in the README of the folders.</summary>
public partial class FaultCodeTests
{
    private const string Key = ExemptionForm.Key;

    [Theory]
    [InlineData("file-missing", "form.json", null)]
    [InlineData("file-unknown", "notes.txt", "x")]
    [InlineData("not-readable", "form.json", "{")]
    [InlineData("no-definition", "workflow.json", "[]")]
    [InlineData("not-readable", "workflow.json", "{")]
    [InlineData("mail-language", "mail/exemption-decision.zh-Hans.liquid", null)]
    [InlineData("mail-subject", "mail/exemption-decision.en.liquid", "No subject")]
    [InlineData("story", "scenarios/untitled.yaml", "clock: now")]
    public async Task A_file(string code, string file, string? text) => Has(code, file, await Folders.FaultsWithAsync(Key, file, text));

    [Theory]
    [InlineData("schema", "service.json", "$.team", "7")]
    [InlineData("key", "service.json", "$.key", "\"set-2-another\"")]
    [InlineData("deadline-rule", "service.json", "$.deadlines[2].time", "\"settings.none\"")]
    [InlineData("part", "service.json", "$.parts.review", "0")]
    [InlineData("unknown-name", "service.json", "$.withdrawal.to", "[\"everybody\"]")]
    [InlineData("unknown-name", "service.json", "$.register[0].kind", "\"nothing\"")]
    [InlineData("exemption", "service.json", "$.exemptions", """[{ "rule": "none", "reason": "r", "owner": "o" }]""")]
    [InlineData("schema", "form.json", "$.sections[0].fields[0].type", "\"picture\"")]
    [InlineData("expression", "form.json", "$.sections[0].fields[0].visibleWhen", "\"1 +\"")]
    [InlineData("unknown-name", "form.json", "$.sections[0].fields[0].visibleWhen", "\"answers.none == 1\"")]
    [InlineData("duplicate-name", "form.json", "$.sections[0].fields[1].name", null)]
    [InlineData("options", "form.json", "$.sections[0].fields[0].options", "[]")]
    [InlineData("lines", "form.json", "$.sections[0].fields[0].unique", "[\"a\"]")]
    [InlineData("computed", "form.json", "$.sections[0].fields[0].hidden", "true")]
    [InlineData("pattern", "form.json", "$.sections[0].fields[0].pattern", "\"(?=x)\"")]
    public async Task A_value(string code, string file, string place, string? value) => Has(code, file, await Folders.FaultsAfterAsync(Key, file, node =>
    {
        var steps = Step().Matches(place).Select(m => m.Value).ToList();
        var at = steps.SkipLast(1).Aggregate(node, (n, step) => int.TryParse(step, out var i) ? n[i]! : n[step]!);
        at[steps[^1]] = value is null ? node["sections"]![0]!["fields"]![0]!["name"]!.DeepClone() : JsonNode.Parse(value);
    }));

    [Fact]
    public void All_codes_stand_in_the_README_and_no_others()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Workflows, "README.md")).ReplaceLineEndings(" ");
        var listed = Code().Matches(Listed().Match(readme).Groups[1].Value).Select(m => m.Value).Except(["of", "the", "folder", "flow", "and", "house", "rules"]).ToList();
        var codes = new[] { typeof(BundleFaultCodes), typeof(FaultCodes) }.SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(f => (string)f.GetRawConstantValue()!)
            .Concat(HouseRules.All.Select(r => r.Name)).ToList();

        Assert.Equal(codes.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    private static void Has(string code, string file, IReadOnlyList<BundleFault> faults)
    {
        Assert.True(faults.Any(f => f.Code == code && f.File == file), $"None of these is {code} in {file}:\n" + string.Join('\n', faults.Select(f => $"{f.Code} {f}")));
        Assert.All(faults, f => Assert.Matches("^[a-z]+(-[a-z]+)*$", f.Code));
    }

    [GeneratedRegex(@"Codes of a release's faults, (.*?)\. The API")]
    private static partial Regex Listed();

    [GeneratedRegex("[a-z]+(-[a-z]+)*")]
    private static partial Regex Code();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Step();
}
