using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Workflows.Tests.Notices;

public sealed class NoticesForPeopleTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Outbox outbox = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NoticesOf OnScreen => new(database.Contexts, outbox.Mails, outbox.Composer);

    private MarkNoticesRead MarkRead => new(database.Contexts, new BusinessClock(outbox.Machine));

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        outbox = new Outbox(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Notices_are_on_screen_before_their_mails_have_left()
    {
        await outbox.QueuesAsync(sequence: 1);
        outbox.Machine.Advance(TimeSpan.FromMinutes(1));
        await outbox.QueuesAsync(sequence: 2);

        var seen = await OnScreen.ReadAsync(People.Maker, 10, Ct);

        Assert.Equal(["SET1-20261123-00002 was returned", "SET1-20261123-00001 was returned"], seen.Latest.Select(n => n.Title));
        Assert.Equal(2, seen.Unread);
        Assert.Equal(2, await OnScreen.CountUnreadAsync(People.Maker, Ct));
    }

    [Fact]
    public async Task Another_person_sees_and_marks_none_of_them()
    {
        var id = await outbox.QueuesAsync();

        Assert.Empty((await OnScreen.ReadAsync(People.Competitor, 10, Ct)).Latest);
        Assert.Equal(0, (await MarkRead.HandleAsync(People.Competitor, [id], Ct)).Value);
        Assert.Equal(1, (await OnScreen.ReadAsync(People.Maker, 10, Ct)).Unread);
    }

    [Fact]
    public async Task Read_is_read_and_marking_twice_changes_nothing()
    {
        var first = await outbox.QueuesAsync();
        await outbox.QueuesAsync();

        Assert.Equal(1, (await MarkRead.HandleAsync(People.Maker, [first], Ct)).Value);
        Assert.Equal(1, (await MarkRead.HandleAsync(People.Maker, null, Ct)).Value);
        Assert.Equal(0, (await MarkRead.HandleAsync(People.Maker, null, Ct)).Value);
        Assert.All((await OnScreen.ReadAsync(People.Maker, 10, Ct)).Latest, n => Assert.True(n.IsRead));
    }

    [Fact]
    public async Task A_notice_that_cannot_be_worded_is_still_shown_by_its_request()
    {
        await outbox.QueuesAsync(template: "missing");

        Assert.Equal("SET1-20261123-00001", (await OnScreen.ReadAsync(People.Maker, 10, Ct)).Latest.Single().Title);
    }

    [Fact]
    public async Task An_operator_sees_what_was_given_up_and_gives_it_another_life()
    {
        var id = await outbox.QueuesAsync();
        outbox.Sender.Answer = _ => Task.FromResult<Delivery>(new Delivery.Refused("550 no such mailbox"));
        await outbox.SendsAsync();
        var overdue = new OverdueNotices(database.Contexts, outbox.Machine);
        var retry = new RetryNotice(database.Contexts, outbox.Machine);

        Assert.Equal("550 no such mailbox", (await overdue.ReadAsync(People.Administrator, Ct)).Single().LastError);
        Assert.Empty(await overdue.ReadAsync(People.Maker, Ct));
        Assert.IsType<NothingHere>((await retry.HandleAsync(People.Maker, id, Ct)).Refusal);
        Assert.IsType<NothingHere>((await retry.HandleAsync(People.Administrator, Guid.NewGuid(), Ct)).Refusal);
        Assert.False((await retry.HandleAsync(People.Administrator, id, Ct)).IsRefused);
        Assert.IsType<NoticeIsNotDead>((await retry.HandleAsync(People.Administrator, id, Ct)).Refusal);

        outbox.Sender.Answer = null;
        Assert.Equal(1, (await outbox.SendsAsync()).Sent);
    }

    [Fact]
    public async Task What_nobody_sends_is_counted_as_overdue()
    {
        await outbox.QueuesAsync();
        var overdue = new OverdueNotices(database.Contexts, outbox.Machine);

        Assert.Equal(0, (await overdue.CountAsync(Ct)).Overdue);
        outbox.Machine.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(new NoticeCounts(1, 1, 0, 0, outbox.Machine.GetUtcNow() - TimeSpan.FromMinutes(2)), await overdue.CountAsync(Ct));
    }

    [Fact]
    public async Task After_a_restore_nothing_is_sent_until_an_operator_releases_it()
    {
        await outbox.QueuesAsync();
        var release = new ReleaseNotices(database.Contexts, outbox.Machine);

        Assert.Equal(1, await new HoldNotices(database.Contexts).HandleAsync(Ct));
        Assert.Equal(0, (await outbox.SendsAsync()).Sent);
        Assert.IsType<NothingHere>((await release.HandleAsync(People.Reviewer, send: true, Ct)).Refusal);
        Assert.Equal(1, (await release.HandleAsync(People.Administrator, send: true, Ct)).Value);
        Assert.Equal(1, (await outbox.SendsAsync()).Sent);
    }
}
