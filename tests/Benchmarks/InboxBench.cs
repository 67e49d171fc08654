using System.Diagnostics;
using System.Globalization;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using ClientConnect.Testing.Yardstick;

namespace ClientConnect.Benchmarks;

/// <summary>The reviewer's inbox page, 25 tasks, with a thousand requests at the clearing house and with a hundred thousand.</summary>
internal sealed class InboxBench(TextWriter output)
{
    private const int Connections = 8;
    private const int Pages = 400;
    private const int Rounds = 3;

    public async Task RunAsync()
    {
        var few = await PagesPerSecondAsync(1_000);
        var many = await PagesPerSecondAsync(100_000);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"inbox: {few:F0} pages/s with 1,000 requests, {many:F0} with 100,000: ratio {many / few:F2}"));
    }

    private static async Task<double> PagesPerSecondAsync(int requests)
    {
        await using var database = new DemonstrationDatabase();
        await database.InitializeAsync();
        await using var portal = await PortalProcess.StartAsync(database, ClickCosts.Settings);
        var clicks = new Clicks(portal);
        var draft = await clicks.DraftAsync();
        foreach (var click in new[] { "submit", "check" }) await Clicks.SendAsync(await clicks.ReadyAsync(click, draft));
        await FillAsync(database, draft, requests);
        var reviewer = await portal.As(Cast.Reviewer);
        var page = WireClient.Get(portal.Address, "/inbox", reviewer.Cookies.GetCookieHeader(portal.Address));
        var rates = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var rate = await RateAsync(portal.Address, page);
            if (round > 0) rates.Add(rate);
        }

        return Numbers.Median(rates);
    }

    private static async Task<double> RateAsync(Uri address, byte[] page)
    {
        var next = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var client = await WireClient.ConnectAsync(address);
            while (Interlocked.Increment(ref next) <= Pages) await client.SendAsync(page);
        })));
        return Pages / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // One in ten waits at the clearing house; the others are decided, which is what most of a portal's requests are.
    private static Task<int> FillAsync(TestDatabase database, Guid request, int count) => database.OwnerRunsAsync(
        """
        WITH copy AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $2) n),
        filled AS (
          INSERT INTO requests.service_request SELECT r.* FROM copy c, requests.service_request o,
            jsonb_populate_record(o, jsonb_build_object('id', c.id, 'number', 'COPY-' || c.n, 'updated_at', o.updated_at + c.n * interval '1 second',
              'status', CASE WHEN c.n % 10 = 0 THEN o.status ELSE 'Completed' END)) r WHERE o.id = $1)
        INSERT INTO inbox.task SELECT t.* FROM copy c, inbox.task o,
          jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'request_id', c.id, 'is_open', c.n % 10 = 0, 'due_at', o.due_at + c.n * interval '1 second')) t
        WHERE o.request_id = $1 AND o.is_open
        """, request, count);
}
