using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Host.Tests.Api;

/// <summary>What the README tells a newcomer to type is typed here, letter by letter, at a real host.</summary>
[Collection(nameof(ApiCollection))]
public sealed partial class ReadmeTests(PortalWithMail market)
{
    private const string Address = "http://127.0.0.1:5080";

    [Fact]
    public async Task The_journey_with_curl_goes_from_the_draft_to_the_outcome()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        var text = Assert.Single(Blocks().Matches(readme), b => b.Value.Contains("curl", StringComparison.Ordinal)).Groups[1].Value;
        Assert.Contains(Address, text, StringComparison.Ordinal);

        var output = await TypedAsync(text.Replace(Address, market.Portal.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));

        // The last thing that it prints is the way that the request went.
        var way = JsonNode.Parse(output[output.LastIndexOf("[{\"sequence\"", StringComparison.Ordinal)..])!.AsArray();
        Assert.Equal("approved", way[0].Text("status"));
        Assert.Contains("pendingChecker", way.Select(e => e.Text("status")));
        Assert.DoesNotContain("\"code\":", output, StringComparison.Ordinal);
    }

    private static async Task<string> TypedAsync(string text)
    {
        var folder = Directory.CreateTempSubdirectory("readme");
        try
        {
            var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", text]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
            using var bash = Process.Start(start)!;
            var errors = bash.StandardError.ReadToEndAsync();
            var output = await bash.StandardOutput.ReadToEndAsync();
            await bash.WaitForExitAsync();
            return bash.ExitCode == 0 ? output : throw new InvalidOperationException($"The README's text ended with {bash.ExitCode}:\n{output}\n{await errors}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
