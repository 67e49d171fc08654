using System.Collections.Concurrent;
using System.Diagnostics;

namespace ClientConnect.Benchmarks;

/// <summary>Counts how often each HTTP request went to PostgreSQL and back, by the traces of ASP.NET Core and Npgsql. Exact.</summary>
internal sealed class RoundTrips : IDisposable
{
    private readonly ConcurrentDictionary<ActivityTraceId, int> trips = new();
    private readonly ConcurrentDictionary<string, List<int>> byRoute = new();
    private readonly ActivityListener listener;

    public RoundTrips()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Round trips per call, by method and route; the median of all calls so far.</summary>
    public IReadOnlyDictionary<string, int> Median() => byRoute.ToDictionary(r => r.Key, r => r.Value.Order().ElementAt(r.Value.Count / 2));

    public void Forget() => byRoute.Clear();

    public void Dispose() => listener.Dispose();

    private void Stopped(Activity activity)
    {
        if (activity.Source.Name == "Npgsql")
        {
            trips.AddOrUpdate(activity.TraceId, 1, (_, n) => n + 1);
            return;
        }

        var route = $"{activity.GetTagItem("http.request.method")} {activity.GetTagItem("http.route")}";
        trips.TryRemove(activity.TraceId, out var count);
        var all = byRoute.GetOrAdd(route, _ => []);
        lock (all)
        {
            all.Add(count);
        }
    }
}
