using System.Runtime.CompilerServices;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Compares with a file beside the tests; APPROVE=1 writes it anew, and the difference is the review.</summary>
internal static class Golden
{
    public static void Holds(string name, string actual, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"{name} is missing: run the tests with APPROVE=1 and read what it writes.");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
