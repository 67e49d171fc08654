using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>Deadlines that came while their host died, or while none lived. The clock moves on by weeks, so these hosts are not shared.</summary>
public sealed class OverdueTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_after_a_deadline_was_claimed_the_other_host_fires_it_once()
    {
        var (id, _, _) = await hosts.SendsOneAsync();
        for (var others = 0; others < 6; others++) await hosts.SendsOneAsync();
        await using (await hosts.Database.LockAsync("SELECT 1 FROM deadlines.deadline WHERE request_id = $1 FOR UPDATE", id))
        {
            await hosts.Database.OwnerRunsAsync("UPDATE deadlines.business_clock SET ahead_ticks = ahead_ticks + $1", TimeSpan.FromDays(60).Ticks);
            await hosts.Database.UntilBlockedAsync();
            hosts.One.Kill();
            hosts.Other.Kill();
        }

        await hosts.One.StartAsync();
        await World.UntilNoneAsync(hosts.Database, "SELECT count(*) FROM requests.service_request WHERE status = 'PendingChecker'", World.Elsewhere);
        await hosts.Other.StartAsync();

        Assert.Equal(1, await hosts.Database.ValueAsync<long>("SELECT count(*) FROM events.event WHERE request_id = $1 AND data->>'status' = 'expired'", Guid.Parse(id)));
        Assert.Equal(0, await hosts.Database.ValueAsync<long>("SELECT count(*) FROM deadlines.deadline WHERE state IN ('Armed', 'Parked')"));
        Assert.Equal(0, await hosts.Database.ValueAsync<long>(
            """
            SELECT count(*) FROM events.event a JOIN events.event b ON b.request_id = a.request_id AND b.sequence > a.sequence
            WHERE a.type = 'deadlineFired' AND b.type = 'deadlineFired' AND (b.data->>'dueAt')::timestamptz < (a.data->>'dueAt')::timestamptz
            """));
        await World.AuditAsync(hosts.Database, Ct);
    }
}
