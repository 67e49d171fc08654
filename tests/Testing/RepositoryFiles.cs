using System.Runtime.CompilerServices;

namespace ClientConnect.Testing;

/// <summary>Where the repository's files are, seen from a test.</summary>
public static class RepositoryFiles
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string Workflows => Path.Combine(Root, "workflows");

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "ClientConnect.sln")) ? folder : Above(Path.GetDirectoryName(folder.TrimEnd('/'))
            ?? throw new InvalidOperationException("The tests run outside the repository."));
}

/// <summary>Files that say what came out last time; <c>APPROVE=1</c> rewrites them, and the diff is the review.</summary>
public static class Golden
{
    /// <param name="name">File name beside the test, for example <c>Deadlines.golden.txt</c>; absolute paths are taken as they are.</param>
    /// <returns>What was expected; the caller compares it with <paramref name="actual"/>.</returns>
    public static string Expected(string name, string actual, [CallerFilePath] string test = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(test)!, name);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(file, actual);
        }

        return File.Exists(file) ? File.ReadAllText(file) : $"There is no {name} yet: run with APPROVE=1.";
    }
}
