using System.Collections.Concurrent;
using System.Diagnostics;

namespace ClientConnect.Testing.Yardstick;

/// <summary>What went to PostgreSQL on behalf of whatever runs under one activity, by Npgsql's own traces. Exact; in this process only.</summary>
public sealed class RoundTrips : IDisposable
{
    private readonly Activity click;
    private readonly ActivityListener listener;
    private readonly ConcurrentQueue<string> texts = new();

    public RoundTrips()
    {
        Activity.Current = null;
        click = new Activity("click").Start();
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = trip =>
            {
                if (trip.TraceId == click.TraceId && trip.Source.Name == "Npgsql") texts.Enqueue((trip.GetTagItem("db.query.text") ?? trip.GetTagItem("db.statement")) as string ?? string.Empty);
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public int Count => texts.Count;

    /// <summary>The statements of all of them.</summary>
    public IReadOnlyList<string> Statements => [.. texts.SelectMany(t => t.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public void Dispose()
    {
        listener.Dispose();
        click.Dispose();
    }
}
