using ClientConnect.Testing;
using ClientConnect.Testing.Mail;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>
/// A host is killed at a named point of its work. The points are made from outside, by a lock, a trigger or the mail server, so that
/// nothing of them is in the product.
/// </summary>
public sealed class PointsTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_within_the_transaction_the_click_is_there_whole_or_not_at_all_and_the_next_try_is_told_or_does_it()
    {
        var (id, _) = await hosts.DraftsOneAsync(hosts.Other);
        var maker = await hosts.One.As(Cast.Maker);
        await using (await hosts.Database.LockAsync("SELECT 1 FROM requests.service_request WHERE id = $1 FOR UPDATE", id))
        {
            var click = maker.SubmitsRequest(id, "within");
            await hosts.Database.UntilBlockedAsync();
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
        await World.UntilNoneAsync(hosts.Database, "SELECT count(*) FROM notices.notice WHERE state = 'Pending'", World.Elsewhere);
        var before = hosts.Mail.Messages.Count;
        (hosts.Mail.Mode, hosts.Mail.Delay) = (SmtpMode.KeepAndWait, TimeSpan.FromMinutes(1));
        var (id, _) = await hosts.DraftsOneAsync(hosts.Other);
        (await (await hosts.Other.As(Cast.Maker)).SubmitsRequest(id)).Accepted();
        while (hosts.Mail.Messages.Count == before) await Task.Delay(5, Ct);
        hosts.One.Kill();
        hosts.Other.Kill();
        hosts.Mail.Mode = SmtpMode.Accept;

        await Task.WhenAll(hosts.One.StartAsync(), hosts.Other.StartAsync());
        var took = await World.UntilNoneAsync(hosts.Database, "SELECT count(*) FROM notices.notice WHERE state = 'Pending'", World.Elsewhere);

        TestContext.Current.SendDiagnosticMessage("Mails of the dead hosts left {0} s after the start of others", took.TotalSeconds);
        Assert.True(hosts.Mail.Messages.GroupBy(m => m.Message.MessageId).Count(g => g.Count() > 1) is >= 1 and <= 4);
        await World.AuditAsync(hosts.Database, Ct, mail: hosts.Mail, inFlight: 4);
    }

    [Fact]
    public async Task A_row_that_somebody_holds_stops_its_own_click_for_five_seconds_and_nobody_else()
    {
        var (id, _) = await hosts.DraftsOneAsync(hosts.Other);
        var (free, _) = await hosts.DraftsOneAsync(hosts.Other);
        var maker = await hosts.Other.As(Cast.Maker);
        var started = TimeProvider.System.GetTimestamp();
        await using (await hosts.Database.LockAsync("SELECT 1 FROM requests.service_request WHERE id = $1 FOR UPDATE", id))
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
}
