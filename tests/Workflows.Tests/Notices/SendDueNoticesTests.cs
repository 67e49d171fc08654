using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Workflows.Tests.Notices;

public sealed class SendDueNoticesTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Outbox outbox = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        outbox = new Outbox(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_notice_is_sent_once_and_a_second_run_does_nothing()
    {
        var id = await outbox.QueuesAsync();

        Assert.Equal(new SendingReport(1, 0, 0, false), await outbox.SendsAsync());
        Assert.Equal(new SendingReport(0, 0, 0, false), await outbox.SendsAsync());

        var sent = await outbox.FindAsync(id);
        Assert.Equal(NoticeState.Sent, sent.State);
        Assert.Equal("SET1-20261123-00001 was returned", sent.Subject);
        Assert.Equal($"{id}@test", sent.MessageId);
        Assert.Single(outbox.Sender.Accepted);
    }

    [Fact]
    public async Task What_is_not_due_waits()
    {
        await outbox.QueuesAsync();
        outbox.Machine.AutoAdvanceAmount = TimeSpan.Zero;
        await database.OwnerRunsAsync("UPDATE notices.notice SET next_attempt_at = $1", outbox.Machine.GetUtcNow() + TimeSpan.FromSeconds(1));

        Assert.Equal(0, (await outbox.SendsAsync()).Sent);
        outbox.Machine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await outbox.SendsAsync()).Sent);
    }

    [Fact]
    public async Task Many_senders_at_once_send_each_notice_once_and_each_request_in_order()
    {
        var requests = Enumerable.Range(0, 20).Select(_ => RequestId.New()).ToList();
        var requestOf = new Dictionary<Guid, RequestId>();
        foreach (var sequence in Enumerable.Range(1, 5))
        {
            foreach (var request in requests)
            {
                requestOf[await outbox.QueuesAsync(request, sequence)] = request;
            }
        }

        while (outbox.Sender.Accepted.Count < 100)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => outbox.SendsAsync())));
        }

        Assert.Equal(100, outbox.Sender.Accepted.DistinctBy(m => m.Id).Count());
        Assert.Equal(100, outbox.Sender.Accepted.Count);
        Assert.All(outbox.Sender.Accepted.GroupBy(m => requestOf[m.Id]), mails => Assert.Equal(mails.Select(m => m.Mail.Subject).Order(StringComparer.Ordinal), mails.Select(m => m.Mail.Subject)));
    }

    [Fact]
    public async Task What_is_refused_for_good_is_given_up_at_once()
    {
        var id = await outbox.QueuesAsync();
        outbox.Sender.Answer = _ => Answers(new Delivery.Refused("550 no such mailbox"));

        Assert.Equal(1, (await outbox.SendsAsync()).Dead);

        var dead = await outbox.FindAsync(id);
        Assert.Equal(NoticeState.Dead, dead.State);
        Assert.Equal("550 no such mailbox", dead.LastError);
    }

    [Fact]
    public async Task A_mailbox_that_is_full_for_a_day_still_gets_its_mail()
    {
        await outbox.QueuesAsync();
        outbox.Sender.Answer = _ => Answers(new Delivery.Deferred("452 mailbox full"));
        for (var minute = 0; minute < 24 * 60; minute += 10)
        {
            Assert.Equal(0, (await outbox.SendsAsync()).Dead);
            outbox.Machine.Advance(TimeSpan.FromMinutes(10));
        }

        outbox.Sender.Answer = null;
        outbox.Machine.Advance(TimeSpan.FromHours(2));

        Assert.Equal(1, (await outbox.SendsAsync()).Sent);
    }

    [Fact]
    public async Task A_mailbox_that_never_takes_it_is_given_up_after_more_than_a_day()
    {
        var id = await outbox.QueuesAsync();
        outbox.Sender.Answer = _ => Answers(new Delivery.Deferred("452 mailbox full"));

        var first = outbox.Machine.GetUtcNow();
        while ((await outbox.SendsAsync()).Dead == 0)
        {
            outbox.Machine.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.InRange(outbox.Machine.GetUtcNow() - first, TimeSpan.FromHours(24), TimeSpan.FromHours(33));
        Assert.Contains("452", (await outbox.FindAsync(id)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_full_mailbox_holds_up_its_own_mails_only()
    {
        var request = RequestId.New();
        await outbox.QueuesAsync(request, 1, email: "full@b09001.example");
        await outbox.QueuesAsync(request, 2, email: "full@b09001.example");
        await outbox.QueuesAsync(request, 3, to: People.Competitor, email: "other@example");
        outbox.Sender.Answer = mail => Answers(mail.ToAddress.StartsWith("full", StringComparison.Ordinal) ? new Delivery.Deferred("452 full") : new Delivery.Accepted("x"));

        await outbox.SendsAsync();
        await outbox.SendsAsync();

        Assert.Equal("other@example", Assert.Single(outbox.Sender.Accepted).ToAddress);
    }

    [Fact]
    public async Task When_the_server_fails_the_run_ends_and_all_wait_in_their_order()
    {
        var request = RequestId.New();
        foreach (var sequence in Enumerable.Range(1, 3))
        {
            await outbox.QueuesAsync(request, sequence);
            await outbox.QueuesAsync(RequestId.New(), 1);
        }

        var tries = 0;
        outbox.Sender.Answer = _ => Answers(new Delivery.ServerFailed($"down {tries++}"));
        Assert.True((await outbox.SendsAsync()).ServerFailed);
        Assert.Equal(1, tries);

        outbox.Sender.Answer = null;
        outbox.Machine.Advance(TimeSpan.FromMinutes(2));
        while ((await outbox.SendsAsync()).DidAnything)
        {
        }

        Assert.Equal(6, outbox.Sender.Accepted.Count);
    }

    [Fact]
    public async Task A_sender_that_hung_past_its_lease_does_not_overwrite_what_another_did()
    {
        var id = await outbox.QueuesAsync();
        var slow = new Outbox.FakeSender
        {
            Answer = async _ =>
            {
                // As if the whole host had stood still: nobody kept the lease up.
                await database.OwnerRunsAsync("UPDATE notices.notice SET next_attempt_at = $1", outbox.Machine.GetUtcNow());
                await outbox.SendsAsync();
                return new Delivery.Refused("550 too late to say so");
            },
        };

        var report = await outbox.SendsAsync(slow);

        Assert.Equal(0, report.Dead);
        Assert.Equal(NoticeState.Sent, (await outbox.FindAsync(id)).State);
    }

    [Fact]
    public async Task A_sender_that_lives_keeps_what_it_has_however_long_the_server_takes()
    {
        var id = await outbox.QueuesAsync();
        var others = 0;
        var slow = new Outbox.FakeSender
        {
            Answer = async mail =>
            {
                for (var seconds = 0; seconds < 30; seconds += 3)
                {
                    outbox.Machine.Advance(TimeSpan.FromSeconds(3));
                    for (var tries = 0; tries < 500 && (await outbox.FindAsync(id)).NextAttemptAt < outbox.Machine.GetUtcNow().AddSeconds(10); tries++) await Task.Delay(10);
                    others += (await outbox.SendsAsync()).Sent;
                }

                return new Delivery.Accepted($"{mail.Id}@test");
            },
        };

        Assert.Equal(1, (await outbox.SendsAsync(slow)).Sent);
        Assert.Equal((0, 1), (others, (await outbox.FindAsync(id)).Attempts));
    }

    [Fact]
    public async Task A_sender_that_died_is_stood_in_for_when_its_lease_ends()
    {
        await outbox.QueuesAsync();
        outbox.Sender.Answer = _ => throw new OperationCanceledException();
        await Assert.ThrowsAsync<OperationCanceledException>(() => outbox.SendsAsync());
        await database.OwnerRunsAsync("UPDATE notices.notice SET next_attempt_at = $1", outbox.Machine.GetUtcNow() + TimeSpan.FromMinutes(3));

        outbox.Sender.Answer = null;
        Assert.Equal(0, (await outbox.SendsAsync()).Sent);
        outbox.Machine.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, (await outbox.SendsAsync()).Sent);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_worded_is_an_operators_matter_and_stops_no_other()
    {
        outbox.Mails["broken"] = "Subject: x\n\n{{ request.nummer }}";
        var broken = await outbox.QueuesAsync(template: "broken");
        var missing = await outbox.QueuesAsync(template: "missing");
        await outbox.QueuesAsync();

        Assert.Equal(new SendingReport(1, 0, 2, false), await outbox.SendsAsync());
        Assert.Contains("request.nummer", (await outbox.FindAsync(broken)).LastError, StringComparison.Ordinal);
        Assert.Contains("'missing'", (await outbox.FindAsync(missing)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_a_busy_machine_could_not_word_in_time_is_sent_later()
    {
        var id = await outbox.QueuesAsync();
        var composer = outbox.Composer;
        outbox.Composer = new Composer(new LiquidTemplates(TimeSpan.Zero));

        Assert.Equal(new SendingReport(0, 1, 0, false), await outbox.SendsAsync());
        outbox.Composer = composer;
        outbox.Machine.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, (await outbox.SendsAsync()).Sent);
        Assert.Equal(NoticeState.Sent, (await outbox.FindAsync(id)).State);
    }

    [Fact]
    public async Task A_contact_without_an_account_is_told_by_mail_in_order()
    {
        var request = RequestId.New();
        foreach (var sequence in Enumerable.Range(1, 3))
        {
            await outbox.QueuesAsync(request, sequence, hasAccount: false, email: "desk@b09001.example");
        }

        while ((await outbox.SendsAsync()).DidAnything)
        {
        }

        Assert.Equal(3, outbox.Sender.Accepted.Count);
        Assert.Equal(outbox.Sender.Accepted.Select(m => m.Mail.Subject).Order(StringComparer.Ordinal), outbox.Sender.Accepted.Select(m => m.Mail.Subject));
        Assert.All(outbox.Sender.Accepted, m => Assert.StartsWith("Dear Chan Tai Man,", m.Mail.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_link_leaves_the_row_with_its_mail()
    {
        outbox.Mails["invitation"] = "Subject: Welcome\n\n[Sign in]({{ link.url }})";
        var id = await outbox.QueuesAsync(template: "invitation", model: """{"link":{"url":"https://portal.example/invitation/secret"},"recipient":{"name":"Chan"}}""");

        await outbox.SendsAsync();

        Assert.Contains("secret", outbox.Sender.Accepted.Single().Mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (await outbox.FindAsync(id)).Model, StringComparison.Ordinal);
    }

    private static Task<Delivery> Answers(Delivery delivery) => Task.FromResult(delivery);
}
