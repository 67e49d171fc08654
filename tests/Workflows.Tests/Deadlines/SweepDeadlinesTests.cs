using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Deadlines;

/// <summary>Each test has a database of its own: a sweep takes whatever is due.</summary>
public sealed class SweepDeadlinesTests : IAsyncLifetime
{
    private DeskDatabase database = null!;
    private Desk desk = null!;

    public async ValueTask InitializeAsync() => desk = await Desk.AtAsync(database = await DeskDatabase.CreateAsync());

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Before_its_moment_nothing_happens_and_at_its_moment_once()
    {
        var id = await desk.WithChecker();
        desk.Clock.Offset = Desk.Moment("2026-11-23 18:00").AddSeconds(-1) - desk.Machine.GetUtcNow();
        Assert.Equal(0, await Sweeps());

        desk.ClockShows("2026-11-23 18:00");

        Assert.Equal(1, await Sweeps());
        Assert.Equal(0, await Sweeps());
        Assert.Equal(3, await Told(id, "reminder"));
    }

    [Fact]
    public async Task Two_sweeps_at_once_over_300_due_rows_fire_each_once()
    {
        await Many(300);
        desk.ClockShows("2026-11-23 18:00");

        var done = await Task.WhenAll(Sweeps(), Sweeps());
        await Sweeps();

        Assert.Equal(300, done.Sum());
        Assert.Equal(300, await Count("SELECT count(*) FROM events.event WHERE type = 'deadlineFired'"));
        Assert.Equal(900, await Count("SELECT count(*) FROM notices.notice WHERE template = 'reminder'"));
        Assert.Null((await desk.Get<VerifyAudit>().HandleAsync(AuditHeads.AllAsync, Desk.Ct)).FirstBad);
    }

    [Fact]
    public async Task What_cannot_be_written_is_parked_and_the_others_go_on()
    {
        var (bad, good) = (await desk.WithChecker(), await desk.WithChecker());
        await database.Rows.OwnerRunsAsync($"ALTER TABLE notices.notice ADD CONSTRAINT planted CHECK (request_id <> '{bad}' OR template <> 'reminder')");
        desk.ClockShows("2026-11-23 18:00");

        await Sweeps();

        Assert.Equal(("Parked", "Fired"), (await StateOf(bad, "Reminder"), await StateOf(good, "Reminder")));
        var stuck = Assert.Single(await desk.Get<DeadlineLedger>().StuckAsync(Desk.Ct));
        Assert.Contains("planted", stuck.Effect, StringComparison.Ordinal);

        await database.Rows.OwnerRunsAsync("ALTER TABLE notices.notice DROP CONSTRAINT planted");
        Assert.True(await desk.Get<DeadlineLedger>().TryAgainAsync(stuck.Id, Desk.Ct));
        await Sweeps();
        Assert.Equal("Fired", await StateOf(bad, "Reminder"));
    }

    [Fact]
    public async Task One_of_many_that_cannot_be_written_is_parked_and_all_others_fire_once()
    {
        await Many(40);
        var bad = await database.Rows.ValueAsync<Guid>("SELECT id FROM requests.service_request ORDER BY id OFFSET 17 LIMIT 1");
        await database.Rows.OwnerRunsAsync($"ALTER TABLE notices.notice ADD CONSTRAINT planted CHECK (request_id <> '{bad}' OR template <> 'reminder')");
        desk.ClockShows("2026-11-23 18:00");

        Assert.Equal(40, await Sweeps());

        Assert.Equal("Parked", await StateOf(new RequestId(bad), "Reminder"));
        Assert.Equal(39, await Count("SELECT count(*) FROM deadlines.deadline WHERE state = 'Fired'"));
        Assert.Equal(39, await Count("SELECT count(*) FROM events.event WHERE type = 'deadlineFired'"));
        Assert.Equal(117, await Count("SELECT count(*) FROM notices.notice WHERE template = 'reminder'"));
        Assert.Null((await desk.Get<VerifyAudit>().HandleAsync(AuditHeads.AllAsync, Desk.Ct)).FirstBad);
    }

    [Fact]
    public async Task One_of_many_whose_release_cannot_be_read_is_parked_with_a_sentence_for_operators()
    {
        await Many(10);
        var bad = await database.Rows.ValueAsync<Guid>("SELECT id FROM requests.service_request ORDER BY id OFFSET 7 LIMIT 1");
        await database.Rows.OwnerRunsAsync($"UPDATE requests.service_request SET bundle_hash = repeat('0', 64) WHERE id = '{bad}'");
        desk.ClockShows("2026-11-23 18:00");

        Assert.Equal(10, await Sweeps());

        Assert.Equal("Parked", await StateOf(new RequestId(bad), "Reminder"));
        Assert.StartsWith("This build can't read the release 000000000000 of", await database.Rows.ValueAsync<string>("SELECT effect FROM deadlines.deadline WHERE state = 'Parked'"), StringComparison.Ordinal);
        Assert.Equal(9, await Count("SELECT count(*) FROM deadlines.deadline WHERE state = 'Fired'"));
    }

    [Fact]
    public async Task Several_due_rows_of_each_of_many_requests_take_effect_in_order_and_all_that_hung_on_them_ends()
    {
        await Many(25);
        desk.ClockShows("2026-11-24 10:00");

        var done = await Task.WhenAll(Sweeps(), Sweeps());
        await Sweeps();

        Assert.Equal(100, done.Sum());
        Assert.Equal(25, await Count("SELECT count(*) FROM requests.service_request WHERE status = 'Expired' AND closed_at IS NOT NULL AND is_late"));
        Assert.Equal(25, await Count(
            """
            SELECT count(*) FROM (SELECT string_agg(data ->> 'kind', ' ' ORDER BY sequence) AS kinds FROM events.event WHERE type = 'deadlineFired' GROUP BY request_id) o
            WHERE kinds = 'cutOff passes'
            """));
        Assert.Equal(0, await Count("SELECT count(*) FROM deadlines.deadline WHERE state = 'Armed'"));
        Assert.Equal(25, await Count("SELECT count(*) FROM inbox.task WHERE NOT is_open AND closed_at IS NOT NULL AND outcome IS NOT NULL"));
        Assert.Equal(0, await Count("SELECT count(*) FROM inbox.task WHERE is_open"));
        Assert.Equal(0, await Count("SELECT count(*) FROM requests.touch"));
        Assert.Equal(125, await Count("SELECT count(*) FROM notices.notice WHERE template = 'expired'"));
        Assert.Null((await desk.Get<VerifyAudit>().HandleAsync(AuditHeads.AllAsync, Desk.Ct)).FirstBad);
    }

    [Fact]
    public async Task A_request_that_somebody_works_on_is_passed_over_and_the_others_go_on()
    {
        var (held, free) = (await desk.WithChecker(), await desk.WithChecker());
        desk.ClockShows("2026-11-23 18:00");
        await using (var other = await database.Rows.Source.OpenConnectionAsync(Desk.Ct))
        await using (var transaction = await other.BeginTransactionAsync(Desk.Ct))
        {
            await using var hold = new Npgsql.NpgsqlCommand($"SELECT id FROM requests.service_request WHERE id = '{held}' FOR UPDATE", other, transaction);
            await hold.ExecuteNonQueryAsync(Desk.Ct);
            Assert.Equal(1, await Sweeps());
        }

        Assert.Equal(("Armed", "Fired"), (await StateOf(held, "Reminder"), await StateOf(free, "Reminder")));
        Assert.Equal(1, await Sweeps());
    }

    [Fact]
    public async Task A_request_that_cannot_be_read_does_not_stop_the_others()
    {
        var (bad, good) = (await desk.WithChecker(), await desk.WithChecker());
        await database.Rows.OwnerRunsAsync("UPDATE requests.service_request SET run = '{\"tokens\": 7}' WHERE id = $1", bad.Value);
        desk.ClockShows("2026-11-23 18:00");

        await Sweeps();

        Assert.Equal(("Parked", "Fired"), (await StateOf(bad, "Reminder"), await StateOf(good, "Reminder")));
    }

    [Fact]
    public async Task A_lock_that_was_not_had_in_time_parks_nothing()
    {
        var id = await desk.WithChecker();
        desk.ClockShows("2026-11-23 18:00");
        await database.Rows.OwnerRunsAsync($"ALTER DATABASE {await database.Rows.ValueAsync<string>("SELECT current_database()::text")} SET lock_timeout = '50ms'");
        database.Rows.Source.Clear();
        await using (var other = await database.Rows.Source.OpenConnectionAsync(Desk.Ct))
        await using (var transaction = await other.BeginTransactionAsync(Desk.Ct))
        {
            await using var held = new Npgsql.NpgsqlCommand("SELECT id FROM deadlines.deadline WHERE state = 'Armed' FOR UPDATE", other, transaction);
            await held.ExecuteNonQueryAsync(Desk.Ct);
            Assert.Equal(0, await Sweeps());
        }

        Assert.Equal("Armed", await StateOf(id, "Reminder"));
        Assert.Equal(1, await Sweeps());
    }

    [Fact]
    public async Task After_all_hosts_stood_still_reminders_are_skipped_and_the_rest_is_made_up_for_in_order()
    {
        var id = await desk.WithChecker();
        desk.ClockShows("2026-11-24 10:00");

        Assert.Equal(4, await Sweeps());

        Assert.Equal("Expired", await desk.StatusOf(id));
        Assert.Equal(
            "Skipped Reminder, Skipped Reminder, Fired CutOff, Fired Passes",
            await database.Rows.ValueAsync<string>("SELECT string_agg(state || ' ' || kind, ', ' ORDER BY due_at) FROM deadlines.deadline WHERE request_id = $1", id.Value));
        Assert.Equal(0, await Told(id, "reminder"));
        Assert.Equal(3, await Told(id, "late"));
        Assert.Equal(5, await Told(id, "expired"));
    }

    [Fact]
    public async Task What_was_decided_in_time_is_not_due_any_more()
    {
        await desk.WithClearingHouse();
        desk.ClockShows("2026-11-24 08:00");

        Assert.Equal(0, await Sweeps());
    }

    [Fact]
    public async Task A_click_and_the_last_moment_at_once_leave_one_outcome()
    {
        for (var round = 0; round < 5; round++)
        {
            desk.ClockShows("2026-11-23 10:00");
            var id = await desk.WithChecker();
            var viewer = await desk.As(Desk.Checker);
            var seen = (await desk.Get<ClientConnect.Workflows.Inbox.ReadTask>().HandleAsync(viewer, await desk.TaskOf(id), Desk.Ct)).Value;
            desk.Clock.Offset = Desk.Moment("2026-11-24 09:00").AddMilliseconds(-2) - desk.Machine.GetUtcNow();

            var check = desk.Get<ClientConnect.Workflows.Inbox.DecideTask>()
                .HandleAsync(viewer, seen.Task.Id, new("approve", null, null, null, seen.ContentHash), null, Desk.Ct);
            await Task.WhenAll(check, Sweeps());
            desk.ClockShows("2026-11-24 09:01");
            await Sweeps();

            Assert.Equal((await check).IsRefused ? "Expired" : "Submitted", await desk.StatusOf(id));
        }
    }

    private async Task Many(int count)
    {
        var maker = await desk.As(Desk.Maker);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Desk.Ct }, async (_, ct) =>
        {
            var id = Desk.IdOf(await desk.Get<StartDraft>().HandleAsync(maker, DeskDatabase.EService, DeskDatabase.Own, desk.Answers(), DraftStrictness.Strict, null, ct));
            Desk.IdOf(await desk.Get<SubmitRequest>().HandleAsync(maker, id, null, null, ct));
        });
    }

    private Task<int> Sweeps() => desk.Get<SweepDeadlines>().RunAsync(Desk.Ct);

    private Task<long> Count(string sql) => database.Rows.ValueAsync<long>(sql);

    private Task<long> Told(RequestId id, string template) => database.Rows.ValueAsync<long>("SELECT count(*) FROM notices.notice WHERE request_id = $1 AND template = $2", id.Value, template);

    private async Task<string> StateOf(RequestId id, string kind) =>
        (await database.Rows.ValueAsync<string>("SELECT state FROM deadlines.deadline WHERE request_id = $1 AND kind = $2 ORDER BY due_at LIMIT 1", id.Value, kind))!;
}
