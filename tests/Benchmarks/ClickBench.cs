using System.Diagnostics;
using System.Globalization;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using ClientConnect.Testing.Yardstick;
using Npgsql;

namespace ClientConnect.Benchmarks;

/// <summary>
/// Clicks per second at eight connections or as many as are asked for, portal and yardstick in turn on one database: what is printed is the median of the
/// rounds' ratios. Host, yardstick and client are processes of their own. The rounds that warm up are not counted: until some thousand clicks are
/// done, a quarter of the host's processor time is the runtime's compiling, which a host that runs for weeks does once.
/// </summary>
internal sealed class ClickBench(IReadOnlyList<YardstickPlan> plans, int rounds, int warmUp, int clicksPerRound, int connections, TextWriter output)
{
    private readonly Dictionary<string, List<(Timing Portal, Timing Yardstick)>> measured = [];

    public async Task RunAsync()
    {
        await using var database = new DemonstrationDatabase();
        await database.InitializeAsync();
        // The connections that a host holds where its setting says nothing, not the many of a test.
        var own = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        own.Remove("Maximum Pool Size");
        await using var portal = await PortalProcess.StartAsync(database, new Dictionary<string, string>(ClickCosts.Settings) { ["ConnectionStrings__ClientConnect"] = own.ConnectionString });
        await using var yardstick = await YardstickProcess.StartAsync(database.ConnectionString, plans);
        var clicks = new Clicks(portal);
        var (draft, many) = (await clicks.DraftAsync(), new ManyRequests(database));
        for (var round = -warmUp; round < rounds; round++)
        {
            var (ours, bare) = (await many.OfAsync(draft, clicksPerRound), await many.OfAsync(draft, clicksPerRound));
            foreach (var click in Clicks.InOrder)
            {
                var b = await TimeAsync(yardstick.Address, yardstick.Process, [.. bare.Select(r => WireClient.Post(yardstick.Address, $"/{click}/{r}", null, null))]);
                var a = await TimeAsync(portal.Address, portal.Process, await ReadyAsync(clicks, click, ours, portal.Address));
                if (round >= 0) Of(click).Add((a, b));
            }
        }

        Say();
    }

    private List<(Timing Portal, Timing Yardstick)> Of(string click) =>
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

    /// <summary>What one click took.</summary>
    /// <param name="Rate">Clicks per second.</param>
    /// <param name="Host">Microseconds of the host's processor time.</param>
    /// <param name="Postgres">Microseconds of its connections' processor time in PostgreSQL.</param>
    private sealed record Timing(double Rate, double Host, double Postgres)
    {
        public double Cpu => Host + Postgres;
    }

    private async Task<Timing> TimeAsync(Uri address, Process process, byte[][] requests)
    {
        var next = -1;
        var clients = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => WireClient.ConnectAsync(address)));
        var (host, postgres) = (process.TotalProcessorTime, PostgresTime.Spent());
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(client => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < requests.Length;) await client.SendAsync(requests[i]);
        })));
        var spent = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        foreach (var client in clients) client.Dispose();
        return new Timing(requests.Length / spent.TotalSeconds, (process.TotalProcessorTime - host).TotalMicroseconds / requests.Length, (PostgresTime.Spent() - postgres).TotalMicroseconds / requests.Length);
    }

    private void Say()
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"clicks: at {connections} connections, {rounds} rounds of {clicksPerRound} after {warmUp} to warm up; medians. CPU in us per click: host + PostgreSQL, portal / yardstick"));
        output.WriteLine("click     portal/s  yardstick/s  ratio (min-max)     CPU                          yardstick's CPU / portal's");
        foreach (var click in Clicks.InOrder)
        {
            var all = measured[click];
            var ratios = all.Select(m => m.Portal.Rate / m.Yardstick.Rate).ToList();
            double Of(Func<(Timing Portal, Timing Yardstick), double> what) => Numbers.Median(all.Select(what));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{click,-9} {Of(m => m.Portal.Rate),8:F0}  {Of(m => m.Yardstick.Rate),11:F0}  {Numbers.Median(ratios):F2} ({ratios.Min():F2}-{ratios.Max():F2})    {Of(m => m.Portal.Host),4:F0} + {Of(m => m.Portal.Postgres),4:F0} / {Of(m => m.Yardstick.Host),4:F0} + {Of(m => m.Yardstick.Postgres),4:F0}    {Of(m => m.Yardstick.Cpu / m.Portal.Cpu):F2}"));
        }
    }
}
