using System.Diagnostics;
using ClientConnect.Workflows.Files;

namespace ClientConnect.Workflows.Tests.Files;

/// <summary>
/// The real scanner on a socket of its own, with one signature: that of the antivirus makers' test string. Starts within a second,
/// since it loads nothing else. Ends with the test.
/// </summary>
internal sealed class RealClamd : IAsyncDisposable
{
    // As "./dev test" installs it (Debian's clamav-daemon).
    private const string Program = "/usr/sbin/clamd";

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("clamd");
    private Process? process;

    public static bool IsInstalled => File.Exists(Program);

    public string Socket => Path.Combine(home.FullName, "clamd.sock");

    public static async Task<RealClamd> StartAsync(CancellationToken ct)
    {
        var clamd = new RealClamd();
        var signature = $"Test.Eicar:0:*:{Convert.ToHexStringLower(Samples.Eicar)}\n";
        await File.WriteAllTextAsync(Path.Combine(clamd.home.FullName, "test.ndb"), signature, ct);
        var settings = $"""
            Foreground yes
            LocalSocket {clamd.Socket}
            DatabaseDirectory {clamd.home.FullName}
            TemporaryDirectory {clamd.home.FullName}
            MaxThreads 2

            """;
        var file = Path.Combine(clamd.home.FullName, "clamd.conf");
        await File.WriteAllTextAsync(file, settings, ct);
        clamd.process = Process.Start(new ProcessStartInfo(Program, ["--config-file", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await clamd.AnswersAsync(ct);
        return clamd;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        home.Delete(recursive: true);
    }

    private async Task AnswersAsync(CancellationToken ct)
    {
        var started = Stopwatch.StartNew();
        while (await ClamdScanner.At(Socket)!.ScanAsync(Samples.Text("hello"), ct) is not ScanVerdict.Clean)
        {
            if (process!.HasExited || started.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new InvalidOperationException($"clamd does not start: {(process.HasExited ? await process.StandardError.ReadToEndAsync(ct) : "no answer")}");
            }

            // Another process becomes ready; there is no event to wait for.
            await Task.Delay(50, ct);
        }
    }
}
