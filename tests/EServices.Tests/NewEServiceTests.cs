using System.Diagnostics;
using ClientConnect.Testing;

namespace ClientConnect.EServices.Tests;

/// <summary><c>./dev new-eservice</c>: another eService begins as a folder that loads.</summary>
public sealed class NewEServiceTests : IDisposable
{
    private const string Key = "try-1-something-new";

    private readonly DirectoryInfo folders = Directory.CreateTempSubdirectory("client-connect-eservices-");

    [Fact]
    public async Task A_new_folder_loads_under_its_own_name_and_waits_for_its_goldens()
    {
        var (status, said) = await RunsAsync(Key, "Try 1");

        Assert.True(status == 0, said);
        var reading = (await Folders.Loader).Load(Key, ReadFolder());
        Assert.Empty(reading.Faults);
        Assert.Equal(("Try 1", "TRY1"), (reading.Bundle!.Service.Id, reading.Bundle.Service.Code));
        Assert.False(File.Exists(Path.Combine(folders.FullName, Key, "outline.txt")));
        Assert.Empty(Directory.GetFiles(folders.FullName, "*.expected.txt", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("Try 1", "try 1")]
    [InlineData("try-1", "no id; rm -r")]
    [InlineData("try-1", "")]
    public async Task What_is_no_key_or_no_id_makes_no_folder(string key, string id)
    {
        var (status, _) = await RunsAsync(key, id);

        Assert.NotEqual(0, status);
        Assert.Empty(folders.GetDirectories());
    }

    [Fact]
    public async Task A_name_that_is_taken_changes_nothing()
    {
        Assert.Equal(0, (await RunsAsync(Key, "Try 1")).Status);

        Assert.NotEqual(0, (await RunsAsync(Key, "Try 2")).Status);
        Assert.NotEqual(0, (await RunsAsync("try-1-again", "TRY 1")).Status);
        Assert.Single(folders.GetDirectories());
    }

    public void Dispose() => folders.Delete(recursive: true);

    private Dictionary<string, string> ReadFolder()
    {
        var root = Path.Combine(folders.FullName, Key);
        return Directory.GetFiles(root, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(root, f).Replace('\\', '/'), File.ReadAllText);
    }

    private async Task<(int Status, string Said)> RunsAsync(string key, string id)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "dev"), ["new-eservice", key, id]) { RedirectStandardError = true };
        start.Environment["WORKFLOWS"] = folders.FullName;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }
}
