using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Mail;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>Whatever the mail server does, people's clicks go on, and when it is well again every mail arrives.</summary>
public sealed class MailFaultsTests : IAsyncLifetime
{
    private readonly DemonstrationDatabase database = new();
    private readonly SmtpSink mail = new();
    private PortalHost portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        portal = await PortalHost.StartAsync(database, PortalUnderTest.MailTo(mail));
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await database.DisposeAsync();
        await mail.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_refuses_for_now_breaks_off_or_is_slow_delays_mails_and_nothing_else()
    {
        SmtpMode[] modes = World.IsLong
            ? [SmtpMode.Unavailable, SmtpMode.TempFail, SmtpMode.DropAfterData, SmtpMode.Slow, SmtpMode.Hang]
            : [SmtpMode.Unavailable, SmtpMode.TempFail, SmtpMode.DropAfterData, SmtpMode.Slow];
        var (maker, checker) = (await portal.As(Cast.Maker), await portal.As(Cast.Checker));
        foreach (var mode in modes)
        {
            mail.Mode = mode;
            var id = await maker.Sends(PortalWithMail.Exemption);
            (await checker.Approves(id)).Accepted();
            await TriedAsync(id);
            mail.Mode = SmtpMode.Accept;
            await DrainsAsync();
        }

        await World.AuditAsync(database, Ct, mail: mail, inFlight: mail.Messages.GroupBy(m => m.Message.MessageId).Sum(g => g.Count() - 1));
        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM notices.notice WHERE state = 'Dead'"));
        Assert.All(mail.Messages.GroupBy(m => m.Message.MessageId).Where(g => g.Count() > 1), g => Assert.Single(g.Select(m => m.Subject).Distinct()));
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_given_up_at_once_and_an_operator_sees_it()
    {
        mail.Mode = SmtpMode.PermFail;
        var id = await (await portal.As(Cast.Maker)).Sends(PortalWithMail.Exemption);
        await World.UntilNoneAsync(database, "SELECT count(*) FROM notices.notice WHERE state = 'Pending'", TimeSpan.FromSeconds(30));

        Assert.Equal(1, await database.ValueAsync<int>("SELECT max(attempts) FROM notices.notice WHERE request_id = $1 AND state = 'Dead'", Guid.Parse(id)));
        Assert.Contains("550", (await (await portal.As(Cast.Administrator)).GetAsync("/operators")).Body, StringComparison.Ordinal);
        await World.AuditAsync(database, Ct, mail: mail);
    }

    private async Task TriedAsync(string request)
    {
        while (await database.ValueAsync<long>("SELECT count(*) FROM notices.notice WHERE request_id = $1 AND attempts > 0", Guid.Parse(request)) == 0) await Task.Delay(50, Ct);
    }

    // What waits for its next try is made due: the pauses themselves are RetryScheduleTests' matter.
    private async Task DrainsAsync()
    {
        for (var tries = 0; await database.ValueAsync<long>("SELECT count(*) FROM notices.notice WHERE state = 'Pending'") > 0; tries++)
        {
            Assert.True(tries < 120, await database.ValueAsync<string>("SELECT string_agg(concat_ws(' ', template, attempts, last_error), '; ') FROM notices.notice WHERE state = 'Pending'"));
            await database.OwnerRunsAsync("UPDATE notices.notice SET next_attempt_at = $1 WHERE state = 'Pending' AND last_error IS NOT NULL AND next_attempt_at > $2", TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddSeconds(13));
            await Task.Delay(500, Ct);
        }
    }
}
