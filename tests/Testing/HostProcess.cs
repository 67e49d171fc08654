using System.Diagnostics;
using ClientConnect.Testing.Database;

namespace ClientConnect.Testing;

/// <summary>The real host as a child process; for its verbs, and for what kills it.</summary>
public static class HostProcess
{
    /// <summary>Runs a verb of the host to its end; throws with what it printed where it fails.</summary>
    public static async Task<string> RunVerbAsync(string verb, IReadOnlyDictionary<string, string> settings, CancellationToken ct, params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        using var process = Start([verb, .. arguments], settings);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException($"The host's verb '{verb}' ended with {process.ExitCode}:\n{output}\n{await errors}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.HostAssembly, .. arguments])
        {
            WorkingDirectory = Repository.HostFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>The settings that a host needs to run on a database of the test server.</summary>
    public static async Task<Dictionary<string, string>> SettingsForAsync(string database)
    {
        var owner = await TemplateDatabase.ConnectionAsync(database, TemplateDatabase.Owner);
        var application = await TemplateDatabase.ConnectionAsync(database, TemplateDatabase.Application);
        owner.Pooling = false;
        application.Pooling = false;
        return new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__ClientConnect"] = application.ConnectionString,
            ["ConnectionStrings__Owner"] = owner.ConnectionString,
        };
    }
}
