using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

public sealed class WithdrawRequestTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Theory]
    [InlineData(Desk.Maker)]
    [InlineData("maker2@b09001.example")]
    [InlineData(Desk.Checker)]
    public async Task The_firms_makers_and_checkers_take_it_back_and_nothing_of_it_waits_any_more(string who)
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();

        Assert.Equal("withdrawn", (await desk.Withdraws(who, id)).Value.Status);
        Assert.Equal(0, await database.Rows.ValueAsync<long>("SELECT count(*) FROM inbox.task WHERE request_id = $1 AND is_open", id.Value));
        Assert.Equal(0, await database.Rows.ValueAsync<long>("SELECT count(*) FROM deadlines.deadline WHERE request_id = $1 AND state = 'Armed'", id.Value));
        Assert.Equal(0, await database.Rows.ValueAsync<long>("SELECT count(*) FROM requests.touch WHERE request_id = $1", id.Value));
    }

    [Fact]
    public async Task Taking_back_the_same_click_twice_is_harmless()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        var first = (await desk.Withdraws(Desk.Maker, id, Desk.Key("back"))).Value;
        var rows = await desk.AllRowsAsync();

        Assert.Equal(first, (await desk.Withdraws(Desk.Maker, id, Desk.Key("back"))).Value);
        Assert.Equal(rows, await desk.AllRowsAsync());
        await desk.Refused<RequestHasMovedOn>(() => desk.Withdraws(Desk.Maker, id));
    }

    [Fact]
    public async Task A_draft_is_not_withdrawn()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();

        await desk.Refused<RequestHasMovedOn>(() => desk.Withdraws(Desk.Maker, id));
    }

    [Fact]
    public async Task Once_a_reviewer_has_begun_it_is_too_late()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        await desk.Claims(Desk.Reviewer, id);

        var refusal = await desk.Refused<RequestHasMovedOn>(() => desk.Withdraws(Desk.Maker, id));

        Assert.Equal(RequestStatus.Processing, refusal.Status);
    }

    [Fact]
    public async Task Of_a_withdrawal_and_a_claim_at_the_same_moment_exactly_one_wins()
    {
        var desk = await Desk.AtAsync(database);
        for (var round = 0; round < 5; round++)
        {
            var id = await desk.WithClearingHouse();

            var withdrawal = desk.Withdraws(Desk.Maker, id);
            var claim = desk.Claims(Desk.Reviewer, id);

            Assert.True((await withdrawal).IsRefused ^ (await claim).IsRefused, $"Withdrawal refused: {(await withdrawal).IsRefused}; claim refused: {(await claim).IsRefused}.");
        }
    }

    [Fact]
    public async Task Whoever_only_reads_takes_nothing_back()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();

        await desk.Refused<NotYoursToDo>(() => desk.Withdraws("reader@b09001.example", id));
        await desk.Refused<NotYoursToDo>(() => desk.Withdraws(Desk.Reviewer, id));
        await desk.Refused<NothingHere>(() => desk.Withdraws("maker@b09002.example", id));
    }
}
