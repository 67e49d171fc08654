using System.Text.Json.Nodes;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Yardstick;
using ClientConnect.Workflows.Register;
using CsCheck;
using Xunit;
using static ClientConnect.Workflows.Tests.Register.RegisterWorld;

namespace ClientConnect.Workflows.Tests.Register;

/// <summary>Entries of a kind that names its last day end when that day is over: each by its own, once, and as of that moment.</summary>
public sealed class EndDueEntriesTests : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly TestDatabase database = new();
    private RegisterWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        world = await OnAsync(database);
        Shows("2026-11-23 09:00");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public void A_day_is_over_from_midnight_on_and_not_before() =>
        Gen.Select(Gen.Int[0, 4_000], Gen.Int[-172_800, 172_800]).Sample((day, seconds) =>
        {
            var last = new DateOnly(2026, 1, 1).AddDays(day);
            var now = LastDays.OverAt(last).AddSeconds(seconds);
            return LastDays.IsOver(last, now) == seconds >= 0 && LastDays.Of(JsonValue.Create(last.ToString("O", System.Globalization.CultureInfo.InvariantCulture))) == last;
        });

    [Theory]
    [InlineData("\"2026-11-24T00:00\"")]
    [InlineData("\"24/11/2026\"")]
    [InlineData("\"2026-02-30\"")]
    [InlineData("20261124")]
    [InlineData("\"\"")]
    [InlineData("[\"2026-11-24\"]")]
    [InlineData("null")]
    public void What_is_no_day_is_none(string said) => Assert.Null(LastDays.Of(JsonNode.Parse(said)));

    [Fact]
    public async Task Each_ends_when_its_own_day_is_over_and_what_says_no_day_never()
    {
        await Holds("today", "2026-11-23");
        await Holds("tomorrow", "2026-11-24");
        await world.Holds(Pass, "endless", null, []);
        await world.Holds(Pass, "no-date", null, new() { ["until"] = "1 January" });
        await world.Holds("thing", "of-another-kind", null, new() { ["until"] = "2026-11-23" });

        Assert.Equal(0, await At("2026-11-23 23:59"));
        Assert.Equal(1, await At("2026-11-24 00:00"));
        Assert.Equal(0, await At("2026-11-24 00:01"));
        Assert.Equal(["endless", "no-date", "tomorrow"], await InForceAsync());
        var ended = Assert.Single(await world.Search.FindAsync(world.Supervisor, Pass, "today", null, Ct));
        Assert.Equal((Moment("2026-11-24 00:00"), new DateOnly(2026, 11, 23), EntryState.Ended), (ended.Until, ended.EndedAfter, ended.StateAt(world.Clock.GetUtcNow())));
        Assert.Equal(1, await At("2027-11-25 00:00"));
        Assert.Single(await world.Search.FindAsync(world.Supervisor, "thing", "of-another-kind", null, Ct), e => e.Until is null);
    }

    [Fact]
    public async Task After_days_without_anybody_all_have_ended_at_the_moment_that_was_theirs()
    {
        for (var day = 23; day <= 30; day++) await Holds($"until-{day}", $"2026-11-{day}");

        Assert.Equal(7, await At("2026-11-30 15:00"));

        Assert.Equal(["until-30"], await InForceAsync());
        for (var day = 23; day < 30; day++) Assert.Equal(Moment($"2026-11-{day + 1} 00:00"), (await world.Search.FindAsync(world.Supervisor, Pass, $"until-{day}", null, Ct)).Single().Until);
    }

    [Fact]
    public async Task What_ended_early_stays_as_it_was_and_a_later_entry_of_the_key_goes_by_its_own_day()
    {
        await Holds("moved", "2026-11-24");
        await EndsAsync("moved", "2026-11-23 12:00");
        Shows("2026-11-23 12:00");
        await Holds("moved", "2026-11-26");
        await Holds("gone", "2026-11-24");
        await EndsAsync("gone", "2026-11-23 13:00");

        Assert.Equal(0, await At("2026-11-26 09:00"));
        Assert.Equal(["moved"], await InForceAsync());
        Assert.Equal(1, await At("2026-11-27 00:00"));

        var history = await world.Search.FindAsync(world.Supervisor, Pass, "moved", null, Ct);
        Assert.Equal(
            [(Moment("2026-11-27 00:00"), new DateOnly(2026, 11, 26)), (Moment("2026-11-23 12:00"), (DateOnly?)null)],
            history.Select(e => (e.Until!.Value, e.EndedAfter)));
        Assert.Equal(Moment("2026-11-23 13:00"), (await world.Search.FindAsync(world.Supervisor, Pass, "gone", null, Ct)).Single().Until);
    }

    [Fact]
    public async Task What_comes_in_with_its_day_over_has_not_been_in_force_and_what_takes_effect_later_waits()
    {
        await Holds("over", "2026-11-20");
        await world.Holds(Pass, "ahead", null, new() { ["until"] = "2026-11-20" }, from: Moment("2026-11-30 00:00"));

        Assert.Equal(1, await At("2026-11-23 09:01"));

        var ended = (await world.Search.FindAsync(world.Supervisor, Pass, "over", null, Ct)).Single();
        Assert.Equal((Moment("2026-11-23 09:00"), ended.Entry.ValidFrom), (ended.Until!.Value, ended.Until!.Value));
        Assert.Equal(1, await At("2026-11-30 00:00"));
    }

    [Fact]
    public async Task Several_hosts_at_once_end_each_once()
    {
        await database.OwnerRunsAsync("INSERT INTO register.entry (id, kind, key, values, valid_from) SELECT gen_random_uuid(), 'pass', 'p' || n, jsonb_build_object('until', '2026-11-2' || 3 + n % 3), '2026-11-01' FROM generate_series(1, 3000) n");
        Shows("2026-11-25 00:00");

        var ended = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Another().RunAsync(Ct)));

        Assert.Equal((2000, 0), (ended.Sum(), await world.Due.RunAsync(Ct)));
        Assert.Equal(
            "2026-11-23 1000 2026-11-24 00:00, 2026-11-24 1000 2026-11-25 00:00",
            await database.ValueAsync<string>("SELECT string_agg(ended_after || ' ' || n || ' ' || at, ', ' ORDER BY ended_after) FROM (SELECT ended_after, to_char(valid_to AT TIME ZONE 'Asia/Hong_Kong', 'YYYY-MM-DD HH24:MI') AS at, count(*) n FROM register.entry WHERE valid_to IS NOT NULL GROUP BY 1, 2) e"));
    }

    [Fact]
    public async Task What_a_click_is_replacing_is_left_to_it_and_what_it_let_go_is_ended_later()
    {
        await Holds("replaced", "2026-11-23");
        await Holds("let-go", "2026-11-23");
        await Holds("free", "2026-11-23");
        Shows("2026-11-24 00:00");

        await using (var connection = await database.Source.OpenConnectionAsync(Ct))
        {
            await using var click = await connection.BeginTransactionAsync(Ct);
            await using var change = new Npgsql.NpgsqlCommand(
                """
                UPDATE register.entry SET valid_to = '2026-11-24T00:00:00+08' WHERE key = 'replaced' AND valid_to IS NULL;
                INSERT INTO register.entry (id, kind, key, values, valid_from) VALUES (gen_random_uuid(), 'pass', 'replaced', '{ "until": "2026-11-27" }', '2026-11-24T00:00:00+08');
                SELECT id FROM register.entry WHERE key = 'let-go' FOR UPDATE
                """, connection, click);
            await change.ExecuteNonQueryAsync(Ct);
            Assert.Equal(1, await world.Due.RunAsync(Ct));
            await click.CommitAsync(Ct);
        }

        await world.Due.OnceADayAsync(Ct);

        Assert.Equal(["replaced"], await InForceAsync());
        var history = await world.Search.FindAsync(world.Supervisor, Pass, "replaced", null, Ct);
        Assert.Equal([null, Moment("2026-11-24 00:00")], history.Select(e => e.Until));
        Assert.All(history, e => Assert.Null(e.EndedAfter));
    }

    [Fact]
    public async Task A_tick_asks_nothing_until_the_day_changes_and_then_once()
    {
        await Holds("a", "2026-11-23");
        Assert.Equal(1, await StatementsAsync("2026-11-23 10:00"));
        Assert.Equal(0, await StatementsAsync("2026-11-23 23:59"));
        Assert.Equal(3, await StatementsAsync("2026-11-24 00:00"));
        Assert.Equal(0, await StatementsAsync("2026-11-24 00:01"));
        Assert.Equal(1, await StatementsAsync("2026-11-25 00:00"));
    }

    [Fact]
    public async Task A_line_of_a_file_whose_last_day_is_over_is_at_fault()
    {
        await world.Takes(Pass, "key,until\nkept,2026-11-24\n");
        Shows("2026-11-25 09:00");
        var import = (await world.Offers(Pass, "key,until,holder\nkept,2026-11-24,A\nnew,2026-11-24,B\nlast-day,2026-11-25,C\n")).Value;

        var preview = await world.Previews(import);

        Assert.Equal([(2, "kept", "last-day-over"), (3, "new", "last-day-over")], preview.Comparison.Faults.Select(f => (f.Line, f.Key!, f.Code)));
        Assert.Equal("last-day", Assert.Single(preview.Comparison.Begins).Key);
    }

    private Task<int> Holds(string key, string until) => world.Holds(Pass, key, null, new() { ["until"] = until });

    private Task<int> EndsAsync(string key, string at) => database.OwnerRunsAsync("UPDATE register.entry SET valid_to = $2 WHERE key = $1 AND valid_to IS NULL", key, Moment(at).ToUniversalTime());

    private Task<int> At(string hongKong)
    {
        Shows(hongKong);
        return world.Due.RunAsync(Ct);
    }

    private async Task<int> StatementsAsync(string hongKong)
    {
        Shows(hongKong);
        using var trips = new RoundTrips();
        await world.Due.OnceADayAsync(Ct);
        return trips.Statements.Count;
    }

    private async Task<IEnumerable<string>> InForceAsync() =>
        (await world.Search.ListAsync(world.Supervisor, Pass, new RegisterFilter(Size: 100), Ct))!.Value.Items.Select(e => e.Entry.Key);

    private void Shows(string hongKong) => world.Clock.Offset = Moment(hongKong) - world.People.Clock.GetUtcNow();

    private static DateTimeOffset Moment(string hongKong) => Requests.Desk.Moment(hongKong);
}
