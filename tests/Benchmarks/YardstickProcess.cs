using System.Diagnostics;
using ClientConnect.Testing;
using ClientConnect.Testing.Yardstick;

namespace ClientConnect.Benchmarks;

/// <summary>The yardstick as a process of its own.</summary>
internal sealed class YardstickProcess : IAsyncDisposable
{
    private YardstickProcess(Process process, Uri address) => (Process, Address) = (process, address);

    public Process Process { get; }

    public Uri Address { get; }

    public static async Task<YardstickProcess> StartAsync(string connection, IReadOnlyList<YardstickPlan> plans)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, YardstickPlan.Save(plans));
        var started = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["yardstick", address.ToString(), connection, file]))!;
        using var client = new HttpClient { BaseAddress = address };
        for (var tries = 0; tries < 200; tries++)
        {
            try
            {
                (await client.GetAsync(new Uri("/readyz", UriKind.Relative))).EnsureSuccessStatusCode();
                break;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        File.Delete(file);
        return new YardstickProcess(started, address);
    }

    public ValueTask DisposeAsync()
    {
        Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
        return ValueTask.CompletedTask;
    }
}
