using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>
/// An activity's questions as somebody writes them: <c>[{name, type, label: {en, zh-Hant, zh-Hans}, required, each, options}]</c>. Options are a text
/// with one in each line, in three languages (<c>Yes | 是 | 是</c>), or as the register holds them. A question without a label is left out;
/// one that is new gets its name here.
/// </summary>
public static class QuestionDraft
{
    private const int LongestLabel = 300, LongestOption = 120, MostQuestions = 20, MostOptions = 20;

    /// <summary>The register's options as lines that can be written again.</summary>
    public static string Lines(IEnumerable<FieldOption> options) => string.Join('\n', options.Select(o => $"{o.Label.En} | {o.Label.ZhHant} | {o.Label.ZhHans}"));

    internal static IReadOnlyList<EntryQuestion> Read(JsonArray written, List<FieldFault> faults)
    {
        var said = written.Select((q, i) => (Json: q as JsonObject ?? [], At: $"questions[{i}].")).Where(q => LocalText.Languages.Any(l => Said(q.Json["label"] as JsonObject ?? [], l) is not null)).ToList();
        if (said.Count > MostQuestions) faults.Add(Fault("questions", "too-many", MostQuestions));
        var names = said.Select(q => Said(q.Json, "name")).OfType<string>().Where(IsName).ToHashSet(StringComparer.Ordinal);
        var read = new List<EntryQuestion>();
        foreach (var (json, at) in said.Take(MostQuestions))
        {
            var name = Said(json, "name") is { } own && IsName(own) && read.TrueForAll(q => q.Name != own) ? own : Next(names);
            read.Add(One(json, name, at, faults));
        }

        return read;
    }

    private static EntryQuestion One(JsonObject json, string name, string at, List<FieldFault> faults)
    {
        var label = json["label"] as JsonObject ?? [];
        string Label(string language)
        {
            var text = Said(label, language);
            if (text is null) faults.Add(Fault($"{at}label.{language}", "required"));
            else if (text.Length > LongestLabel) faults.Add(Fault($"{at}label.{language}", "too-long", LongestLabel));
            else if (text.Any(char.IsControl)) faults.Add(Fault($"{at}label.{language}", "control-characters"));
            return text ?? string.Empty;
        }

        var words = new LocalText(Label("en"), Label("zh-Hant"), Label("zh-Hans"));
        var type = EntryQuestions.Types.Where(t => EntryQuestions.Word(t) == Said(json, "type")).Cast<FieldType?>().FirstOrDefault();
        if (type is null) faults.Add(Fault(at + "type", Said(json, "type") is null ? "required" : "not-an-option"));
        var options = type == FieldType.Choice ? Options(json["options"], at + "options", faults) : [];
        return new EntryQuestion(name, type ?? FieldType.Text, words, IsTrue(json, "required"), IsTrue(json, "each"), options);
    }

    private static IReadOnlyList<FieldOption> Options(JsonNode? written, string at, List<FieldFault> faults)
    {
        var labels = written is JsonArray held
            ? [.. held.OfType<JsonObject>().Select(o => o["label"] as JsonObject ?? []).Select(l => LocalText.Languages.Select(language => Said(l, language) ?? "").ToArray())]
            : ((written as JsonValue)?.ToString() ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();
        if (labels.Count is < 2 or > MostOptions) faults.Add(Fault(at, labels.Count < 2 ? "too-few" : "too-many", labels.Count < 2 ? 2 : MostOptions));
        else if (labels.Exists(l => l.Length != LocalText.Languages.Count || l.Any(t => t.Length is 0 or > LongestOption || t.Any(char.IsControl)))) faults.Add(Fault(at, "not-options"));
        else return [.. labels.Select((l, i) => new FieldOption(string.Create(CultureInfo.InvariantCulture, $"o{i + 1}"), new LocalText(l[0], l[1], l[2])))];
        return [];
    }

    private static string Next(HashSet<string> names)
    {
        var n = 1;
        while (!names.Add(string.Create(CultureInfo.InvariantCulture, $"q{n}"))) n++;
        return string.Create(CultureInfo.InvariantCulture, $"q{n}");
    }

    private static bool IsName(string name) => name.Length <= 40 && char.IsAsciiLetterLower(name[0]) && name.All(char.IsAsciiLetterOrDigit);

    private static bool IsTrue(JsonObject of, string name) => Said(of, name) is "true" or "on";

    private static string? Said(JsonObject of, string name) => (of[name] as JsonValue)?.ToString().Trim() is { Length: > 0 } text ? text : null;

    private static FieldFault Fault(string path, string code, int? limit = null) =>
        new(path, code, Arguments: limit is { } most ? new Dictionary<string, string> { ["limit"] = most.ToString(CultureInfo.InvariantCulture) } : null);
}
