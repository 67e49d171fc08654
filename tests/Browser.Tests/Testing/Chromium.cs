using Microsoft.Playwright;

namespace ClientConnect.Browser.Tests.Testing;

/// <summary>The machine's own Chromium: <c>CHROMIUM</c> names it, otherwise it is looked for. None is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // It runs as root in CI, without a graphics card, and talks to nobody but the portal.
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static Task<IBrowser> StartAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = Arguments, Headless = true });

    private static string Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given
            ? given
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists)
                ?? throw new InvalidOperationException("No Chromium is on the path. ./dev test installs it; CHROMIUM names another one.");
}
