using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

/// <summary>The repository's own <c>workflows/</c>, read once, and its calendar.</summary>
internal static class Folders
{
    private static readonly Lazy<Task<WorkflowsFolder>> Read = new(() => WorkflowsFolder.ReadAsync(Repository.Workflows, CancellationToken.None));
    private static readonly Lazy<Task<BundleLoader>> Made = new(async () => await BundleLoader.CreateAsync(await Read.Value, CancellationToken.None));
    private static readonly Lazy<Task<BusinessCalendar>> Days = new(async () => new BusinessCalendar(CalendarReader.Read((await Read.Value).Calendar).Days));

    /// <summary>Keys of all eServices, for tests that go through each.</summary>
    public static TheoryData<string> Keys { get; } = [.. Directory.EnumerateDirectories(Repository.Workflows).Select(f => Path.GetFileName(f)).Where(k => !k.StartsWith('_')).Order(StringComparer.Ordinal)];

    public static Task<WorkflowsFolder> Folder => Read.Value;

    public static Task<BundleLoader> Loader => Made.Value;

    public static Task<BusinessCalendar> Calendar => Days.Value;

    public static async Task<EServiceBundle> BundleAsync(string key)
    {
        var reading = (await Loader).Load(key, (await Folder).Folders[key]);
        Assert.True(reading.Bundle is not null, string.Join('\n', reading.Faults));
        return reading.Bundle;
    }

    /// <summary>What is said of the folder after one of its JSON files was changed.</summary>
    public static async Task<IReadOnlyList<BundleFault>> FaultsAfterAsync(string key, string file, Action<JsonNode> change)
    {
        var node = JsonNode.Parse((await Folder).Folders[key][file])!;
        change(node);
        return await FaultsWithAsync(key, file, node.ToJsonString());
    }

    /// <summary>What is said of the folder with one text replaced, added, or (null) left out.</summary>
    public static async Task<IReadOnlyList<BundleFault>> FaultsWithAsync(string key, string file, string? text)
    {
        var files = new Dictionary<string, string>((await Folder).Folders[key]);
        files.Remove(file);
        if (text is not null)
        {
            files[file] = text;
        }

        return (await Loader).Load(key, files).Faults;
    }
}
