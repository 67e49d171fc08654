namespace ClientConnect.Host.Composition;

/// <summary>
/// Whether this host can be given work. It is not ready while it prepares (database, calendar, eServices, warm-up), and whenever
/// the database doesn't answer; then everything but the health pages says so, and when to come again.
/// </summary>
public sealed class Readiness
{
    private volatile string? waitingFor = "the host to start";

    /// <summary>What the host waits for; null when it is ready.</summary>
    public string? WaitingFor => waitingFor;

    public bool IsReady => waitingFor is null;

    public void WaitFor(string what) => waitingFor = what;

    public void Ready() => waitingFor = null;
}
