using ClientConnect.Testing;
using ClientConnect.Testing.Mail;
using ClientConnect.Testing.Portal;
using Npgsql;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>
/// A host is killed at a named point of its work. The points are made from outside, by a lock, a trigger or the mail server, so that
/// nothing of them is in the product.
/// </summary>
public sealed class PointsTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(15);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_within_the_transaction_the_click_is_there_whole_or_not_at_all_and_the_next_try_is_told_or_does_it()
    {
        var (id, _) = await hosts.DraftsOneAsync(hosts.Other);
        var maker = await hosts.One.As(Cast.Maker);
        await using (await LockAsync("SELECT 1 FROM requests.service_request WHERE id = $1 FOR UPDATE", id))
        {
            var click = maker.SubmitsRequest(id, "within");
            await UntilBlockedAsync();
            hosts.One.Kill();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => click);
        }

        await World.AuditAsync(hosts.Database, Ct);
        await hosts.One.StartAsync();
        await AgainAsync(id, "within");
    }

    [Fact]
    public async Task Killed_after_the_commit_and_before_the_reply_the_next_try_is_told_what_was_done()
    {
        var (id, _) = await hosts.DraftsOneAsync(hosts.Other);
        var click = (await hosts.One.As(Cast.Maker)).SubmitsRequest(id, "after");
        while (await hosts.Database.ValueAsync<long>("SELECT count(*) FROM events.event WHERE request_id = $1", Guid.Parse(id)) == 0) await Task.Delay(1, Ct);
        hosts.One.Kill();
        try
        {
            await click;
        }
        catch (HttpRequestException)
        {
            // The reply was not out yet: what this is about.
        }

        await hosts.One.StartAsync();
        await AgainAsync(id, "after");
    }

    [Fact]
    public async Task Killed_between_a_mail_and_the_note_of_it_that_mail_comes_again_under_its_id_and_no_other()
    {
        await World.UntilNoneAsync(hosts.Database, "SELECT count(*) FROM notices.notice WHERE state = 'Pending'", Elsewhere);
        var before = hosts.Mail.Messages.Count;
        (hosts.Mail.Mode, hosts.Mail.Delay) = (SmtpMode.KeepAndWait, TimeSpan.FromMinutes(1));
        var (id, _) = await hosts.DraftsOneAsync(hosts.Other);
        (await (await hosts.Other.As(Cast.Maker)).SubmitsRequest(id)).Accepted();
        while (hosts.Mail.Messages.Count == before) await Task.Delay(5, Ct);
        hosts.One.Kill();
        hosts.Other.Kill();
        hosts.Mail.Mode = SmtpMode.Accept;

        await Task.WhenAll(hosts.One.StartAsync(), hosts.Other.StartAsync());
        var took = await World.UntilNoneAsync(hosts.Database, "SELECT count(*) FROM notices.notice WHERE state = 'Pending'", Elsewhere);

        TestContext.Current.SendDiagnosticMessage("Mails of the dead hosts left {0} s after the start of others", took.TotalSeconds);
        Assert.True(hosts.Mail.Messages.GroupBy(m => m.Message.MessageId).Count(g => g.Count() > 1) is >= 1 and <= 4);
        await World.AuditAsync(hosts.Database, Ct, mail: hosts.Mail, inFlight: 4);
    }

    [Fact]
    public async Task Killed_after_a_deadline_was_claimed_the_other_host_fires_it_once()
    {
        var (id, _, _) = await hosts.SendsOneAsync();
        for (var others = 0; others < 6; others++) await hosts.SendsOneAsync();
        await using (await LockAsync("SELECT 1 FROM deadlines.deadline WHERE request_id = $1 FOR UPDATE", id))
        {
            await hosts.Database.OwnerRunsAsync("UPDATE deadlines.business_clock SET ahead_ticks = ahead_ticks + $1", TimeSpan.FromDays(60).Ticks);
            await UntilBlockedAsync();
            hosts.One.Kill();
            hosts.Other.Kill();
        }

        await hosts.One.StartAsync();
        await World.UntilNoneAsync(hosts.Database, "SELECT count(*) FROM requests.service_request WHERE status = 'PendingChecker'", Elsewhere);
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

    [Fact]
    public async Task A_row_that_somebody_holds_stops_its_own_click_for_five_seconds_and_nobody_else()
    {
        var (id, _) = await hosts.DraftsOneAsync(hosts.Other);
        var (free, _) = await hosts.DraftsOneAsync(hosts.Other);
        var maker = await hosts.Other.As(Cast.Maker);
        var started = TimeProvider.System.GetTimestamp();
        await using (await LockAsync("SELECT 1 FROM requests.service_request WHERE id = $1 FOR UPDATE", id))
        {
            var held = maker.SubmitsRequest(id, "held");
            (await maker.SubmitsRequest(free)).Accepted();

            Assert.Contains((int)(await held).Status, new[] { 409, 503 });
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        }

        await AgainAsync(id, "held");
    }

    private async Task AgainAsync(string id, string key)
    {
        var again = (await (await hosts.Other.As(Cast.Maker)).SubmitsRequest(id, key)).Accepted();
        Assert.Equal(1, await hosts.Database.ValueAsync<long>("SELECT count(*) FROM events.event WHERE request_id = $1", Guid.Parse(id)));
        await World.AuditAsync(hosts.Database, Ct, [$"{id} {key} {again.ETag!.Trim('"')}"]);
    }

    private async Task<NpgsqlConnection> LockAsync(string sql, string request)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(hosts.Database.OwnerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var begin = new NpgsqlCommand("BEGIN", connection);
        await begin.ExecuteNonQueryAsync(Ct);
        await using var hold = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter { Value = Guid.Parse(request) } } };
        await hold.ExecuteNonQueryAsync(Ct);
        return connection;
    }

    private async Task UntilBlockedAsync()
    {
        for (var tries = 0; await hosts.Database.ValueAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')") == 0; tries++)
        {
            Assert.True(tries < 2_000, "Nobody waits for the lock.");
            await Task.Delay(5, Ct);
        }
    }
}
