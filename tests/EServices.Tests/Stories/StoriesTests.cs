using ClientConnect.Testing;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests.Stories;

/// <summary>
/// Every story of every eService, told by the real host on a database of its own: each step must come out as the story says, and
/// all that came of it as it was agreed in the transcript beside the story.
/// </summary>
public sealed class StoriesTests(Playhouse playhouse) : IClassFixture<Playhouse>
{
    // Whoever works on one eService tells its stories alone: STORIES=set-2 ./dev test Stories.
    private static string Wanted => Environment.GetEnvironmentVariable("STORIES") ?? "";

    public static TheoryData<string, string> Stories =>
    [
        .. from file in Directory.EnumerateFiles(Repository.Workflows, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
           let folder = Path.GetDirectoryName(file)!
           where Path.GetFileName(folder) == "scenarios" && Path.GetFileName(Path.GetDirectoryName(folder)!).StartsWith(Wanted, StringComparison.Ordinal)
           select new TheoryDataRow<string, string>(Path.GetFileName(Path.GetDirectoryName(folder)!), Path.GetFileNameWithoutExtension(file)),
    ];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_story_comes_out_as_it_says(string eService, string name)
    {
        var file = Path.Combine(Repository.Workflows, eService, "scenarios", name);
        var story = Scenario.Read(await File.ReadAllTextAsync($"{file}.yaml", TestContext.Current.CancellationToken)).Scenario!;
        var stage = await playhouse.BuildAsync(story.Clock);

        var told = await new Storyteller(stage, eService).TellAsync(story);
        playhouse.Clears(stage);

        Assert.True(told.Broken.Count == 0, $"{string.Join('\n', told.Broken)}\n\n{told.Transcript}");
        Golden.Matches(told.Transcript, $"{file}.expected.txt");
    }

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public void Each_transcript_belongs_to_a_story(string eService)
    {
        var folder = Path.Combine(Repository.Workflows, eService, "scenarios");

        Assert.All(Directory.EnumerateFiles(folder, "*.expected.txt"), transcript =>
            Assert.True(File.Exists(transcript.Replace(".expected.txt", ".yaml", StringComparison.Ordinal)), $"{Path.GetFileName(transcript)} has no story any more; remove it."));
    }
}
