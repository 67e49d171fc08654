using System.Diagnostics;
using System.Globalization;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Benchmarks;

/// <summary>Submit and check as a participant's people do them, one after the other: round trips per click, and the time of each.</summary>
internal sealed class ClickBench(PortalHost portal, TextWriter output)
{
    private const int WarmUp = 10;
    private const int Clicks = 60;

    public async Task RunAsync()
    {
        var (maker, checker) = (await portal.As(Cast.B09001.Maker), await portal.As(Cast.B09001.Checker));
        var key = (await maker.SeesEServices()).Accepted().Json[0]!["key"]!.GetValue<string>();
        using var trips = new RoundTrips();
        var (submit, check) = (new List<double>(), new List<double>());
        for (var i = 0; i < WarmUp + Clicks; i++)
        {
            if (i == WarmUp)
            {
                trips.Forget();
                submit.Clear();
                check.Clear();
            }

            var draft = (await maker.StartsDraft(key, await maker.SampleOf(key))).Accepted().Json["id"]!.GetValue<string>();
            submit.Add(await TimeAsync(async () => (await maker.SubmitsRequest(draft)).Accepted()));
            var task = await checker.TaskOf(draft);
            var hash = (await checker.SeesTask(task)).Accepted().Json["contentHash"]!.GetValue<string>();
            check.Add(await TimeAsync(async () => (await checker.DecidesTask(task, "approve", contentHash: hash)).Accepted()));
        }

        Say("submit", submit);
        Say("check", check);
        foreach (var (route, count) in trips.Median().OrderBy(r => r.Key, StringComparer.Ordinal).Where(r => r.Key.StartsWith("POST", StringComparison.Ordinal)))
        {
            output.WriteLine($"{route}: {count} round trips");
        }
    }

    private static async Task<double> TimeAsync(Func<Task> click)
    {
        var watch = Stopwatch.GetTimestamp();
        await click();
        return Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
    }

    private void Say(string what, List<double> times) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {times.Order().ElementAt(times.Count / 2):F1} ms of {times.Count}, one after the other"));
}
