namespace ClientConnect.Architecture.Tests;

/// <summary>Fails with the rule and everything that breaks it, so that one run shows all.</summary>
internal static class Broken
{
    public static void None(string rule, IEnumerable<string> broken)
    {
        var all = broken.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (all.Count > 0)
        {
            Assert.Fail($"{rule}\n  - {string.Join("\n  - ", all)}");
        }
    }
}
