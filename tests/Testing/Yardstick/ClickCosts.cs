using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using Npgsql;

namespace ClientConnect.Testing.Yardstick;

/// <summary>What one click costs, counted.</summary>
/// <param name="Commits">Transactions that wrote.</param>
public sealed record Cost(int RoundTrips, int Statements, int Commits, int Rows, long WalBytes);

/// <summary>A click's cost beside the yardstick's for the same rows.</summary>
public sealed record ClickCost(string Click, Cost Portal, Cost Yardstick, YardstickPlan Plan)
{
    public double WalRatio => (double)Portal.WalBytes / Yardstick.WalBytes;

    /// <summary>A yardstick that writes less than the portal measures nothing.</summary>
    public bool IsVoid => Yardstick.Rows < Portal.Rows;
}

/// <summary>
/// Counts every click of a request's way, then what the yardstick needs to write the same rows. In one process with the portal,
/// whose heartbeat must be off: what is sent later is no part of the click.
/// </summary>
public sealed class ClickCosts(PortalHost portal, TestDatabase database)
{
    /// <summary>Settings of a portal whose clicks are counted or timed.</summary>
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string> { ["Jobs__Here"] = "false" };

    // Now and then a row falls on a page of an index that is full, and splitting it is logged too: the least of three is the click's own.
    private const int Times = 3;

    private readonly Clicks clicks = new(portal);

    public async Task<IReadOnlyList<ClickCost>> CountAsync()
    {
        var copies = await new ManyRequests(database).OfAsync(await clicks.DraftAsync(), 1 + (2 * Times));
        var (first, ours, theirs) = (copies[0], copies.Skip(1).Take(Times).ToList(), copies.Skip(1 + Times).ToList());
        await using var wal = new WalMeter(database);
        await using var source = NpgsqlDataSource.Create(YardstickHost.Tuned(database.ConnectionString));
        await using (await source.OpenConnectionAsync())
        {
            // Opening the connection is not what is counted.
        }

        var costs = new List<ClickCost>();
        foreach (var click in Clicks.InOrder)
        {
            await Clicks.SendAsync(await clicks.ReadyAsync(click, first));
            var portals = new List<(Cost Cost, YardstickPlan Plan)>();
            foreach (var request in ours) portals.Add(await PortalAsync(click, request, wal));
            var plan = portals[0].Plan;
            var (bare, yardsticks) = (new YardstickClick(plan), new List<Cost>());
            foreach (var request in theirs) yardsticks.Add(await YardstickAsync(() => bare.RunAsync(source, request), request, wal));
            costs.Add(new ClickCost(click, portals.Select(p => p.Cost).MinBy(c => c.WalBytes)!, yardsticks.MinBy(c => c.WalBytes)!, plan));
        }

        return costs;
    }

    private async Task<(Cost Cost, YardstickPlan Plan)> PortalAsync(string click, Guid request, WalMeter wal)
    {
        var ready = await clicks.ReadyAsync(click, request);
        IReadOnlyList<WrittenRow> written = [];
        var cost = await CostAsync(() => Clicks.SendAsync(ready), request, wal, rows => written = rows);
        return (cost, YardstickPlan.Of(click, request, written));
    }

    private Task<Cost> YardstickAsync(Func<Task<bool>> click, Guid request, WalMeter wal) => CostAsync(click, request, wal, _ => { });

    private async Task<Cost> CostAsync<T>(Func<Task<T>> click, Guid request, WalMeter wal, Action<IReadOnlyList<WrittenRow>> written)
    {
        var before = await RowsOfRequest.ReadAsync(database.Source, request);
        var measured = new Wal(0, 0);
        var (trips, statements) = (0, 0);
        await wal.MeasureAsync(
            async () =>
            {
                using var counted = new RoundTrips();
                var answer = await click();
                (trips, statements) = (counted.Count, counted.Statements.Count);
                return answer;
            },
            w => measured = w);
        var rows = (await RowsOfRequest.ReadAsync(database.Source, request)).Since(before);
        written(rows);
        return new Cost(trips, statements, measured.Transactions, rows.Count, measured.Bytes);
    }
}
