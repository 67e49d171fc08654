namespace ClientConnect.Workflows.EServices;

/// <summary>The texts of <c>workflows/</c>: each file by its path with slashes, relative to its eService's folder.</summary>
/// <param name="Folders">Files by eService.</param>
/// <param name="Shared">Files of <c>_shared</c>.</param>
/// <param name="Schemas">Files of <c>_schemas</c>.</param>
public sealed record WorkflowsFolder(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Folders,
    IReadOnlyDictionary<string, string> Shared,
    IReadOnlyDictionary<string, string> Schemas)
{
    private const int LongestFile = 2_000_000;

    /// <summary>The calendar's files by name.</summary>
    public IReadOnlyDictionary<string, string> Calendar => Shared
        .Where(f => f.Key.StartsWith("calendar/", StringComparison.Ordinal))
        .ToDictionary(f => f.Key["calendar/".Length..], f => f.Value);

    public static async Task<WorkflowsFolder> ReadAsync(string root, CancellationToken ct)
    {
        var folders = new SortedDictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(root).Where(f => Path.GetFileName(f)[0] is not ('_' or '.')))
        {
            folders[Path.GetFileName(folder)] = await TextsAsync(folder, ct);
        }

        return new(folders, await TextsAsync(Path.Combine(root, "_shared"), ct), await TextsAsync(Path.Combine(root, "_schemas"), ct));
    }

    private static async Task<IReadOnlyDictionary<string, string>> TextsAsync(string folder, CancellationToken ct)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            texts[name] = new FileInfo(file).Length <= LongestFile ? await File.ReadAllTextAsync(file, ct) : "";
        }

        return texts;
    }
}
