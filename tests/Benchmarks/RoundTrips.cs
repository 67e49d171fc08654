using System.Diagnostics;

namespace ClientConnect.Benchmarks;

/// <summary>Counts how often a call went to PostgreSQL and back, by the traces of Npgsql below those of ASP.NET Core: exact, and blind to the heartbeat.</summary>
internal sealed class RoundTrips : IDisposable
{
    private readonly ActivityListener listener;
    private int count;

    public RoundTrips()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity is { Source.Name: "Npgsql", Parent.Source.Name: "Microsoft.AspNetCore" }) Interlocked.Increment(ref count);
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>How many there were since the last time.</summary>
    public int Take() => Interlocked.Exchange(ref count, 0);

    public void Dispose() => listener.Dispose();
}
