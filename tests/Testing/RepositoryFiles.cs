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
