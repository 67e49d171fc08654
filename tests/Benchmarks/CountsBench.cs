using System.Globalization;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using ClientConnect.Testing.Yardstick;

namespace ClientConnect.Benchmarks;

/// <summary>Round trips, statements, commits, rows and bytes of write-ahead log of each click, beside the yardstick's. Exact.</summary>
internal sealed class CountsBench(TextWriter output)
{
    /// <returns>The counts, with the plans that the timed bench needs; null where they are void.</returns>
    public async Task<IReadOnlyList<ClickCost>?> RunAsync()
    {
        await using var database = new DemonstrationDatabase();
        await database.InitializeAsync();
        await using var portal = await PortalHost.StartAsync(database, ClickCosts.Settings);
        var costs = await new ClickCosts(portal, database).CountAsync();
        output.WriteLine("counts: portal / yardstick");
        output.WriteLine("click     round trips  statements  commits  rows     WAL bytes      ratio");
        foreach (var c in costs)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{c.Click,-9} {Pair(c.Portal.RoundTrips, c.Yardstick.RoundTrips),-12} {Pair(c.Portal.Statements, c.Yardstick.Statements),-11} {Pair(c.Portal.Commits, c.Yardstick.Commits),-8} {Pair(c.Portal.Rows, c.Yardstick.Rows),-8} {Pair(c.Portal.WalBytes, c.Yardstick.WalBytes),-14} {c.WalRatio:F2}"));
        }

        if (!costs.Any(c => c.IsVoid)) return costs;
        output.WriteLine("VOID: the yardstick writes fewer rows than the portal.");
        return null;
    }

    private static string Pair(long ours, long bare) => string.Create(CultureInfo.InvariantCulture, $"{ours} / {bare}");
}
