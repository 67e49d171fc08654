using System.Reflection;

namespace ClientConnect.Testing;

/// <summary>Where this build came from: the folders that tests read, and the host that they start.</summary>
public static class Repository
{
    /// <summary>The checkout's root folder.</summary>
    public static string Root { get; } = Built("Repository");

    /// <summary>The folder of the eServices.</summary>
    public static string Workflows => Path.Combine(Root, "workflows");

    /// <summary>The host of the same build as the tests.</summary>
    public static string HostAssembly => Path.Combine(Root, "src", "Host", "bin", Built("Configuration"), "net10.0", "ClientConnect.Host.dll");

    /// <summary>The folder from which the host serves its files and settings.</summary>
    public static string HostFolder => Path.Combine(Root, "src", "Host");

    /// <summary>A folder of this run that is not committed: logs, pictures, what a test leaves for a person to look at.</summary>
    public static string Scratch(string name) => Directory.CreateDirectory(Path.Combine(Root, ".data", name)).FullName;

    private static string Built(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
