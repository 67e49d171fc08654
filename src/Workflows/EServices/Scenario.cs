using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ClientConnect.Workflows.EServices;

/// <summary>A story: who does what, when, and what has to come of it. The format is described in <c>workflows/README.md</c>.</summary>
public sealed class Scenario
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build();

    public string Title { get; set; } = "";

    /// <summary>Where the business clock stands at the beginning: "2026-11-23 10:00", Hong Kong time.</summary>
    public string Clock { get; set; } = "";

    /// <summary>For which membership the story's maker asks; empty for the first that the eService is for.</summary>
    public string Membership { get; set; } = "";

    public List<ScenarioStep> Steps { get; set; } = [];

    public static ScenarioReading Read(string text)
    {
        try
        {
            var scenario = Yaml.Deserialize<Scenario?>(text) ?? new Scenario();
            return new(scenario, [.. scenario.Wrong()]);
        }
        catch (YamlException e)
        {
            return new(null, [$"Line {e.Start.Line}: {(e.InnerException ?? e).Message}"]);
        }
    }

    private IEnumerable<string> Wrong()
    {
        if (Title.Length == 0)
        {
            yield return "A story needs a title.";
        }

        if (!IsMoment(Clock))
        {
            yield return "The clock begins at a moment like 2026-11-23 10:00.";
        }

        if (Steps.Count == 0)
        {
            yield return "A story needs steps.";
        }

        foreach (var (i, step) in Steps.Index())
        {
            foreach (var wrong in step.Wrong())
            {
                yield return $"Step {i + 1}: {wrong}";
            }
        }
    }

    internal static bool IsMoment(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture, default, out _);
}

/// <summary>What came of reading a story; null where the text is no story at all.</summary>
public sealed record ScenarioReading(Scenario? Scenario, IReadOnlyList<string> Faults);
