namespace ClientConnect.Host.Composition;

/// <summary>What people call the browser they use; enough to recognise one's own sessions in a list, no more.</summary>
internal static class Browsers
{
    // In this order: nearly all of them also claim to be the ones below.
    private static readonly (string Sign, string Name)[] Programs =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    /// <summary><c>Firefox on Linux</c>; null where the browser did not say.</summary>
    public static string? NameOf(string userAgent)
    {
        var program = Find(Programs, userAgent);
        var system = Find(Systems, userAgent);
        return (program, system) switch
        {
            (null, null) => null,
            (not null, not null) => $"{program} on {system}",
            _ => program ?? system,
        };
    }

    private static string? Find((string Sign, string Name)[] signs, string text) =>
        signs.FirstOrDefault(s => text.Contains(s.Sign, StringComparison.Ordinal)).Name;
}
