using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using ClientConnect.Testing.Yardstick;

namespace ClientConnect.Benchmarks;

/// <summary>
/// Clicks per second at eight connections, portal and yardstick in turn on one database: what is printed is the median of the
/// rounds' ratios. Host, yardstick and client are processes of their own.
/// </summary>
internal sealed class ClickBench(IReadOnlyList<YardstickPlan> plans, int rounds, int clicksPerRound, TextWriter output)
{
    private const int Connections = 8;

    private readonly Dictionary<string, List<(double Portal, double Yardstick, double PortalCpu, double YardstickCpu)>> measured = [];

    public async Task RunAsync()
    {
        await using var database = new DemonstrationDatabase();
        await database.InitializeAsync();
        await using var portal = await PortalProcess.StartAsync(database, ClickCosts.Settings);
        await using var yardstick = await YardstickProcess.StartAsync(database.ConnectionString, plans);
        var clicks = new Clicks(portal);
        var (draft, many) = (await clicks.DraftAsync(), new ManyRequests(database));
        for (var round = 0; round <= rounds; round++)
        {
            var (ours, bare) = (await many.OfAsync(draft, clicksPerRound), await many.OfAsync(draft, clicksPerRound));
            foreach (var click in Clicks.InOrder)
            {
                var b = await TimeAsync(yardstick.Address, yardstick.Process, [.. bare.Select(r => WireClient.Post(yardstick.Address, $"/{click}/{r}", null, null))]);
                var a = await TimeAsync(portal.Address, portal.Process, await ReadyAsync(clicks, click, ours, portal.Address));
                if (round > 0) Of(click).Add((a.Rate, b.Rate, a.Cpu, b.Cpu));
            }
        }

        Say();
    }

    private List<(double Portal, double Yardstick, double PortalCpu, double YardstickCpu)> Of(string click) =>
        measured.TryGetValue(click, out var list) ? list : measured[click] = [];

    private static async Task<byte[][]> ReadyAsync(Clicks clicks, string click, IReadOnlyList<Guid> requests, Uri address)
    {
        var ready = new byte[requests.Count][];
        await Parallel.ForAsync(0, requests.Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            var one = await clicks.ReadyAsync(click, requests[i]);
            ready[i] = WireClient.Post(address, one.Path, one.By.Cookies.GetCookieHeader(address), one.Body);
        });
        return ready;
    }

    private static async Task<(double Rate, double Cpu)> TimeAsync(Uri address, Process process, byte[][] requests)
    {
        var (next, cpu) = (-1, process.TotalProcessorTime);
        var clients = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => WireClient.ConnectAsync(address)));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(client => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < requests.Length;) await client.SendAsync(requests[i]);
        })));
        var spent = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        foreach (var client in clients) client.Dispose();
        return (requests.Length / spent.TotalSeconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / requests.Length);
    }

    private void Say()
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"clicks: at {Connections} connections, {rounds} rounds of {clicksPerRound}; medians"));
        output.WriteLine("click     portal/s  yardstick/s  ratio (min-max)      host CPU per click, portal / yardstick");
        foreach (var click in Clicks.InOrder)
        {
            var all = measured[click];
            var ratios = all.Select(m => m.Portal / m.Yardstick).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{click,-9} {Median(all.Select(m => m.Portal)),8:F0}  {Median(all.Select(m => m.Yardstick)),11:F0}  {Median(ratios),5:F2} ({ratios.Min():F2}-{ratios.Max():F2})    {Median(all.Select(m => m.PortalCpu)):F0} / {Median(all.Select(m => m.YardstickCpu)):F0} us"));
        }
    }

    private static double Median(IEnumerable<double> values) => Numbers.Median(values);
}

/// <summary>The yardstick as a process of its own.</summary>
internal sealed class YardstickProcess : IAsyncDisposable
{
    private YardstickProcess(Process process, Uri address) => (Process, Address) = (process, address);

    public Process Process { get; }

    public Uri Address { get; }

    public static async Task<YardstickProcess> StartAsync(string connection, IReadOnlyList<YardstickPlan> plans)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
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
