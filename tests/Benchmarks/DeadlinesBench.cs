using System.Diagnostics;
using System.Globalization;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using ClientConnect.Testing.Yardstick;

namespace ClientConnect.Benchmarks;

/// <summary>Ten thousand requests whose deadline passes in one and the same second: how long until the last has taken effect, and whether any did early or twice.</summary>
internal sealed class DeadlinesBench(TextWriter output)
{
    private const int Requests = 10_000;

    public async Task RunAsync()
    {
        await using var database = new DemonstrationDatabase();
        await database.InitializeAsync();
        await using var portal = await PortalProcess.StartAsync(database);
        var clicks = new Clicks(portal);
        var draft = await clicks.DraftAsync();
        await Clicks.SendAsync(await clicks.ReadyAsync("submit", draft));

        // Far enough ahead that all copies stand there before it comes; the beat that is measured is the portal's own.
        var ahead = TimeSpan.FromSeconds(30);
        var due = (await database.ValueAsync<DateTime>("SELECT max(planned_at) FROM deadlines.deadline WHERE request_id = $1", draft)) + ahead;
        await FillAsync(database, draft, due);
        await database.OwnerRunsAsync("ANALYZE");
        var (host, postgres) = (portal.Process.TotalProcessorTime, PostgresTime.Spent());
        var since = await WaitAsync(database, due);
        portal.Process.Refresh();
        (host, postgres) = (portal.Process.TotalProcessorTime - host, PostgresTime.Spent() - postgres);
        var (early, twice, left) = (await EarlyAsync(database), await TwiceAsync(database), await LeftAsync(database, due));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"deadlines: {Requests} in one second: the last took effect {since.TotalSeconds:F1} s after its moment; {early} early, {twice} twice, {left} left; processor time of the host {host.TotalSeconds:F1} s, of PostgreSQL {postgres.TotalSeconds:F1} s"));
    }

    private static Task<int> FillAsync(TestDatabase database, Guid request, DateTime due) => database.OwnerRunsAsync(
        """
        WITH copy AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $2) n),
        filled AS (INSERT INTO requests.service_request SELECT r.* FROM copy c, requests.service_request o,
          jsonb_populate_record(o, jsonb_build_object('id', c.id, 'number', 'COPY-' || c.n)) r WHERE o.id = $1),
        waiting AS (INSERT INTO inbox.task SELECT t.* FROM copy c, inbox.task o,
          jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'request_id', c.id)) t WHERE o.request_id = $1 AND o.is_open)
        INSERT INTO deadlines.deadline SELECT d.* FROM copy c, deadlines.deadline o,
          jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'request_id', c.id, 'due_at', $3::timestamptz, 'passes_at', $3::timestamptz)) d
        WHERE o.request_id = $1 AND o.kind = 'Passes'
        """, request, Requests, due);

    // The business clock of the database's hosts: the machine's, and what the demonstration is ahead.
    private static async Task<TimeSpan> WaitAsync(TestDatabase database, DateTime due)
    {
        var ahead = TimeSpan.FromTicks(await database.ValueAsync<long>("SELECT ahead_ticks FROM deadlines.business_clock"));
        var started = Stopwatch.GetTimestamp();
        var until = due - (TimeProvider.System.GetUtcNow().UtcDateTime + ahead);
        if (until < TimeSpan.Zero) throw new InvalidOperationException("The copies were made too slowly: their moment had come before they were there.");
        while (await LeftAsync(database, due) > 0 && Stopwatch.GetElapsedTime(started) < until + TimeSpan.FromMinutes(2)) await Task.Delay(100);
        return Stopwatch.GetElapsedTime(started) - until;
    }

    private static Task<long> LeftAsync(TestDatabase database, DateTime due) => database.ValueAsync<long>("SELECT count(*) FROM deadlines.deadline WHERE state = 'Armed' AND due_at = $1", due);

    private static Task<long> EarlyAsync(TestDatabase database) => database.ValueAsync<long>("SELECT count(*) FROM deadlines.deadline WHERE fired_at < due_at");

    private static Task<long> TwiceAsync(TestDatabase database) =>
        database.ValueAsync<long>("SELECT count(*) FROM (SELECT 1 FROM events.event WHERE type = 'deadlineFired' GROUP BY request_id, data ->> 'deadline', data ->> 'kind' HAVING count(*) > 1) twice");
}
