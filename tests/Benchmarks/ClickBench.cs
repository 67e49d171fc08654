using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Benchmarks;

/// <summary>Submit and check as a participant's people do them, one after the other: round trips per click, and the time of each.</summary>
internal sealed class ClickBench(PortalHost portal, TextWriter output)
{
    private const int WarmUp = 10;
    private const int Times = 60;

    public async Task RunAsync()
    {
        var (maker, checker) = (await portal.As(Cast.B09001.Maker), await portal.As(Cast.B09001.Checker));
        var key = (await maker.SeesEServices()).Accepted().Json[0]!["key"]!.GetValue<string>();
        using var trips = new RoundTrips();
        var (submit, check) = (new Clicks("submit"), new Clicks("check"));
        for (var i = 0; i < WarmUp + Times; i++)
        {
            var draft = (await maker.StartsDraft(key, await maker.SampleOf(key))).Accepted().Json["id"]!.GetValue<string>();
            await submit.MeasureAsync(trips, () => maker.SendsJsonAsync(HttpMethod.Post, $"/api/requests/{draft}/submission"), i >= WarmUp);
            var task = await checker.TaskOf(draft);
            var decision = new JsonObject { ["outcome"] = "approve", ["contentHash"] = (await checker.SeesTask(task)).Accepted().Json["contentHash"]!.GetValue<string>() };
            await check.MeasureAsync(trips, () => checker.SendsJsonAsync(HttpMethod.Post, $"/api/tasks/{task}/decision", decision), i >= WarmUp);
        }

        output.WriteLine(submit);
        output.WriteLine(check);
    }

    private sealed class Clicks(string what)
    {
        private readonly List<double> times = [];
        private readonly SortedSet<int> trips = [];

        public async Task MeasureAsync(RoundTrips counter, Func<Task<Answer>> click, bool counts)
        {
            counter.Take();
            var watch = Stopwatch.GetTimestamp();
            (await click()).Accepted();
            var spent = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
            var went = counter.Take();
            if (!counts) return;
            times.Add(spent);
            trips.Add(went);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{what}: {string.Join(" or ", trips)} round trips, median {times.Order().ElementAt(times.Count / 2):F1} ms of {times.Count}, one after the other");
    }
}
