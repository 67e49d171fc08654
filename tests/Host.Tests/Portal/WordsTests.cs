using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Host.Portal;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Testing;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Tests.Portal;

public sealed partial class WordsTests
{
    [Fact]
    public void Every_key_that_a_page_uses_has_words()
    {
        var missing = Sources()
            .SelectMany(file => Use().Matches(File.ReadAllText(file)).Select(m => (File: Path.GetFileName(file), Key: m.Groups[2].Value, IsCount: m.Groups[1].Value == "Count")))
            .SelectMany(use => use.IsCount ? [(use.File, Key: use.Key + ".one"), (use.File, Key: use.Key + ".other")] : new[] { (use.File, use.Key) })
            .Where(use => use.Key[^1] is '.' or '-' ? !Words.Everything.Keys.Any(k => k.StartsWith(use.Key, StringComparison.Ordinal)) : !Words.Has(use.Key))
            .Select(use => $"{use.File}: {use.Key}");

        Assert.Empty(missing);
    }

    [Fact]
    public void All_words_are_in_three_languages_with_the_same_gaps()
    {
        var wrong = Words.Everything
            .Where(w => w.Value.ZhHant is null || w.Value.ZhHans is null || Gaps(w.Value.ZhHant) != Gaps(w.Value.En) || Gaps(w.Value.ZhHans) != Gaps(w.Value.En))
            .Where(w => !w.Key.EndsWith(".one", StringComparison.Ordinal))
            .Select(w => w.Key);

        Assert.Empty(wrong);
    }

    // Names and units, which the folders list themselves.
    private static readonly Lazy<HashSet<string>> Names = new(() =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Workflows, "_shared", "names.json")))!["sameInAllLanguages"]!.AsArray().Select(n => n!.GetValue<string>())]);

    /// <summary>What is the same in English and Chinese because it is a name or a sign; everything else that is equal was not translated.</summary>
    private static readonly HashSet<string> SameInAll = ["product", "answer.none-yet", "role.system"];

    [Fact]
    public void No_Chinese_words_are_the_English_ones_but_for_a_named_list()
    {
        var untranslated = Words.Everything.Where(w => w.Value.ZhHant == w.Value.En || w.Value.ZhHans == w.Value.En).Select(w => w.Key).Order(StringComparer.Ordinal);

        Assert.Equal(SameInAll.Order(StringComparer.Ordinal), untranslated);
    }

    [Fact]
    public void The_words_of_the_eServices_are_in_three_languages_and_translated()
    {
        var wrong = Directory.EnumerateFiles(Repository.Workflows, "*.json", SearchOption.AllDirectories)
            .Where(f => !f.Contains("_schemas", StringComparison.Ordinal) && Path.GetFileName(f) != "names.json")
            .SelectMany(f => Spoken(JsonNode.Parse(File.ReadAllText(f))!).Select(w => (File: Path.GetFileName(Path.GetDirectoryName(f)) + "/" + Path.GetFileName(f), Words: w)))
            .Where(w => Said(w.Words, "zh-Hant") is not { Length: > 0 } hant || Said(w.Words, "zh-Hans") is not { Length: > 0 } hans || ((hant == Said(w.Words, "en") || hans == Said(w.Words, "en")) && !Names.Value.Contains(hant)))
            .Select(w => $"{w.File}: {w.Words.ToJsonString()}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_fault_that_a_form_can_have_has_words()
    {
        var codes = File.ReadAllText(Path.Combine(Repository.Root, "src/Workflows/EServices/README.md")).ReplaceLineEndings(" ");
        var listed = FaultCodes().Match(codes).Groups[1].Value.Replace("(with the form's words)", "", StringComparison.Ordinal).Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains("duplicate", listed);
        Assert.All(listed.Where(c => c is not "check"), c => Assert.True(Words.Has("fault." + c), $"fault.{c} needs words"));
    }

    [Fact]
    public void Every_status_role_and_outcome_has_words()
    {
        string[] statuses = ["draft", "pendingChecker", "returnedByChecker", "rejectedByChecker", "submitted", "processing", "returnedByHkex", "pendingHkexApproval", "approved", "partiallyApproved", "completed", "rejectedByHkex", "withdrawn", "expired", "cancelled"];
        var keys = statuses.Select(s => "status." + s)
            .Concat(Enum.GetNames<Role>().Select(r => "role." + char.ToLowerInvariant(r[0]) + r[1..]))
            .Concat(["outcome.approve", "outcome.return", "outcome.reject", "file.scanning", "file.ready", "file.infected", "file.rejected"]);

        Assert.All(keys, k => Assert.True(Words.Has(k), k));
    }

    /// <summary>A refusal that people can meet says what happened and what to do next; a new one is covered the day it appears.</summary>
    [Fact]
    public void Every_refusal_has_words_and_says_what_to_do_next()
    {
        var codes = typeof(Refusal).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(Refusal)) && !t.IsAbstract)
            .Select(t => Capital().Replace(t.Name, m => (m.Index > 0 ? "-" : "") + m.Value.ToLowerInvariant()));

        Assert.All(codes, c => Assert.True(Words.Has("refusal." + c) && Words.Has($"refusal.{c}.next"), $"refusal.{c} needs words, and .next"));
    }

    [Fact]
    public void A_refusal_without_words_says_its_code()
    {
        Assert.Equal("This was not possible (made-up-for-this-test).", Words.Of(new MadeUpForThisTest(), "en"));
        Assert.StartsWith("Go back", Words.NextAfter(new MadeUpForThisTest(), "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_speaks_in_the_eServices_own_words_first()
    {
        Assert.Equal("用自己的話", FaultWords.Of(new FieldFault("a", "required", new LocalText("own words", "用自己的話")), new LocalText("Label"), "zh-Hant"));
        Assert.Equal("Fill in “Label”.", FaultWords.Of(new FieldFault("a", "required"), new LocalText("Label"), "en"));
        Assert.Equal("第 3 行：", FaultWords.Prefix("lines[2].quantity", "zh-Hant"));
    }

    [Theory]
    [InlineData("en", "Thu 26 Nov 2026 (T+2), 18:00 HKT")]
    [InlineData("zh-Hant", "2026年11月26日（四，T+2）18:00 HKT")]
    [InlineData("zh-Hans", "2026年11月26日（四，T+2）18:00 HKT")]
    public void A_time_is_said_in_Hong_Kong_with_its_business_day(string language, string expected) =>
        Assert.Equal(expected, HongKongWords.DateAndTime(new Moment(new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero), "T+2"), language));

    [Theory]
    [InlineData(125, "2 h 05 min")]
    [InlineData(59, "59 min")]
    [InlineData(-5, "0 min")]
    [InlineData(4_560, "3 d 4 h")]
    public void Time_left_is_said_in_whole_minutes(int minutes, string expected) =>
        Assert.Equal(expected, HongKongWords.Span(TimeSpan.FromMinutes(minutes), "en"));

    private static IEnumerable<JsonObject> Spoken(JsonNode node) => node switch
    {
        JsonObject words when words["en"] is JsonValue => [words],
        JsonObject parts => parts.Select(p => p.Value).OfType<JsonNode>().SelectMany(Spoken),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Spoken),
        _ => [],
    };

    private static string? Said(JsonObject words, string language) => words[language]?.GetValue<string>();

    private static string Gaps(string words) => string.Join(',', Gap().Matches(words).Select(m => m.Value).Order());

    private static IEnumerable<string> Sources([CallerFilePath] string here = "")
    {
        var portal = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Host/Portal"));
        return Directory.EnumerateFiles(portal, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal));
    }

    private sealed record MadeUpForThisTest() : Refusal(RefusalKind.Conflict);

    [GeneratedRegex("""\b(T|Count|Words\.Text|Words\.Of)\("([a-zA-Z0-9.\-]+)"(?! \+)""")]
    private static partial Regex Use();

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Gap();

    [GeneratedRegex("Codes of field faults: (.*?) for decisions")]
    private static partial Regex FaultCodes();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
