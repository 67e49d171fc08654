using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Tests.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Tests.Deadlines;

public sealed class MoveClockTests : IAsyncLifetime
{
    private DeskDatabase database = null!;
    private Desk desk = null!;

    public async ValueTask InitializeAsync() => desk = await Desk.AtAsync(database = await DeskDatabase.CreateAsync());

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task On_the_way_every_due_moment_is_stopped_at_in_order()
    {
        var id = await desk.WithChecker();

        await MovesTo("2026-11-25 10:00");

        Assert.Equal("Expired", await desk.StatusOf(id));
        Assert.Equal(4, await OnTime(id));
    }

    [Fact]
    public async Task The_clock_goes_forward_only()
    {
        await MovesTo("2026-11-23 12:00");

        Assert.IsType<ClockGoesForwardOnly>((await desk.Get<MoveClock>().HandleAsync(Desk.Moment("2026-11-23 11:59"), Desk.Ct)).Refusal);
        Assert.Equal(12, desk.Clock.GetUtcNow().ToHongKong().Hour);
    }

    [Fact]
    public async Task The_next_start_and_other_hosts_follow_the_clock()
    {
        await MovesTo("2026-11-24 17:00");

        var other = await Desk.AtAsync(database);

        Assert.True(await other.Get<MoveClock>().FollowAsync(Desk.Ct));
        Assert.Equal(desk.Clock.Offset, other.Clock.Offset);
        Assert.False(await other.Get<MoveClock>().StartAsync(Desk.Moment("2026-12-01 10:00"), Desk.Ct));
    }

    [Fact]
    public void An_answer_that_is_older_than_a_move_does_not_turn_the_clock_back()
    {
        var clock = new BusinessClock(TimeProvider.System);
        var asked = clock.Offset;
        clock.Offset = TimeSpan.FromHours(2);

        clock.Follow(asked, TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromHours(2), clock.Offset);

        clock.Follow(clock.Offset, TimeSpan.FromHours(3));
        Assert.Equal(TimeSpan.FromHours(3), clock.Offset);
    }

    [Fact]
    public async Task What_another_sweep_works_on_is_waited_for_and_no_moment_passed_over()
    {
        var id = await desk.WithChecker();
        await using var other = await database.Rows.Source.OpenConnectionAsync(Desk.Ct);
        var transaction = await other.BeginTransactionAsync(Desk.Ct);
        await using var held = new NpgsqlCommand("SELECT id FROM requests.service_request FOR UPDATE", other, transaction);
        await held.ExecuteNonQueryAsync(Desk.Ct);

        var move = desk.Get<MoveClock>().HandleAsync(Desk.Moment("2026-11-25 10:00"), Desk.Ct);
        while (!move.IsCompleted && await database.Rows.ValueAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())") == 0)
        {
        }

        await transaction.CommitAsync(Desk.Ct);
        await move;

        Assert.Equal(4, await OnTime(id));
    }

    private Task<Result<DateTimeOffset>> MovesTo(string moment) => desk.Get<MoveClock>().HandleAsync(Desk.Moment(moment), Desk.Ct);

    /// <summary>Rows that fired within a second of their moment.</summary>
    private Task<long> OnTime(RequestId id) => database.Rows.ValueAsync<long>(
        "SELECT count(*) FROM deadlines.deadline WHERE request_id = $1 AND state = 'Fired' AND fired_at - due_at BETWEEN interval '0' AND interval '1 second'", id.Value);
}
