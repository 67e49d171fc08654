using System.Text.Json.Nodes;

namespace ClientConnect.Testing.Portal;

/// <summary>What the clearing house may publish, read from the folders: no test names the eService.</summary>
public static class Publishing
{
    /// <summary>The first eService, in the order of the folders, that files are published for.</summary>
    public static string EService { get; } = Directory.GetDirectories(Repository.Workflows).Order(StringComparer.Ordinal)
        .Select(folder => Path.Combine(folder, "service.json")).Where(File.Exists).Select(file => JsonNode.Parse(File.ReadAllText(file))!)
        .First(service => service["downloads"] is not null)["key"]!.GetValue<string>();

    /// <summary>The kinds of files that are published.</summary>
    public static IReadOnlyList<string> Types { get; } =
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Workflows, EService, "service.json")))!["downloads"]!["types"]!.AsArray().Select(t => t!["value"]!.GetValue<string>())];
}
