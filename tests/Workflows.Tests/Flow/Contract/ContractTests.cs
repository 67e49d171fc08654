using System.Runtime.CompilerServices;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.Tests.Flow.Contract;

/// <summary>Each definition of this folder with its stimuli comes to its transcript; APPROVE=1 rewrites the transcripts.</summary>
public class ContractTests
{
    private static readonly string Folder = Path.GetDirectoryName(ThisFile())!;

    public static TheoryData<string> Cases => new(Directory.GetFiles(Folder, "*.definition.json").Select(f => Path.GetFileName(f).Replace(".definition.json", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_definition_runs_as_its_transcript_says(string name)
    {
        var transcript = FlowTranscript.Of(File.ReadAllText(In(name, "definition.json")), File.ReadAllText(In(name, "stimuli.json")));

        Approved(In(name, "expected.txt"), transcript);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_definition_reads_as_its_outline_says(string name)
    {
        if (FlowDefinition.Read(File.ReadAllText(In(name, "definition.json"))).Definition is { } definition)
        {
            Approved(In(name, "outline.txt"), FlowOutline.Of(definition, FlowLabels.None));
        }
    }

    [Fact]
    public void The_suite_holds_thirty_definitions_or_more() => Assert.True(Cases.Count >= 30);

    private static void Approved(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : $"{Path.GetFileName(path)} is missing: run with APPROVE=1 and read it", text);
    }

    private static string In(string name, string part) => Path.Combine(Folder, $"{name}.{part}");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
