using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using ClientConnect.Testing.Yardstick;
using ClientConnect.Workflows.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>What a click may cost, counted and not timed, beside a bare API that writes the same rows.</summary>
public sealed class ClickCostTests(DemonstrationDatabase database) : IClassFixture<DemonstrationDatabase>
{
    [Fact]
    public async Task Every_click_is_two_round_trips_and_one_transaction_and_writes_at_most_twice_the_yardsticks_log()
    {
        await using var portal = await PortalHost.StartAsync(database, ClickCosts.Settings);

        var costs = await new ClickCosts(portal, database).CountAsync();

        Assert.Equal(Clicks.InOrder, costs.Select(c => c.Click));
        Assert.All(costs, c =>
        {
            Assert.Equal(2, c.Portal.RoundTrips);
            Assert.Equal(1, c.Portal.Commits);
            Assert.InRange(c.WalRatio, 0.5, 2);
            Assert.InRange(c.Portal.Statements, 1, 2 * c.Yardstick.Statements);
            Assert.Equal((2, 1), (c.Yardstick.RoundTrips, c.Yardstick.Commits));
            Assert.False(c.IsVoid, $"The yardstick of {c.Click} writes {c.Yardstick.Rows} rows, the portal {c.Portal.Rows}.");
        });
    }

    [Fact]
    public async Task A_statement_of_a_click_is_prepared_once_whatever_is_null_in_it()
    {
        await using var own = new DemonstrationDatabase();
        await own.InitializeAsync();
        var settings = new Dictionary<string, string>(ClickCosts.Settings) { ["ConnectionStrings__ClientConnect"] = new NpgsqlConnectionStringBuilder(own.ConnectionString) { MaxPoolSize = 1 }.ConnectionString };
        await using var portal = await PortalHost.StartAsync(own, settings);
        var clicks = new Clicks(portal);
        foreach (var request in await new ManyRequests(own).OfAsync(await clicks.DraftAsync(), 6))
        {
            foreach (var click in Clicks.InOrder) await Clicks.SendAsync(await clicks.ReadyAsync(click, request));
        }

        await using var command = portal.Services.GetRequiredKeyedService<NpgsqlDataSource>(nameof(ClickConnection)).CreateCommand(
            "SELECT count(*) FILTER (WHERE n > 1), count(*) FILTER (WHERE statement LIKE 'UPDATE requests.service_request%') FROM (SELECT statement, count(*) AS n FROM pg_prepared_statements GROUP BY statement) s");
        await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await row.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, row.GetInt64(0));
        Assert.Equal(Clicks.InOrder.Count, row.GetInt64(1));
    }
}
