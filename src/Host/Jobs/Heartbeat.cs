using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Register;
using Hangfire.Server;

namespace ClientConnect.Host.Jobs;

/// <summary>
/// The tick of the portal, on every host, run by its Hangfire server: twice a second it asks what is due. The rows are the truth;
/// a lost or double tick does no harm. Deadlines and mails tick apart, so that a mail server that hangs delays no deadline.
/// </summary>
internal sealed class Heartbeat(string name, TimeSpan pause, Func<CancellationToken, Task> beat, Readiness readiness, ILogger<Heartbeat> logger) : IBackgroundProcess
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);

    public void Execute(BackgroundProcessContext context)
    {
        var wait = pause;
        try
        {
            if (readiness.IsReady)
            {
                beat(context.StoppingToken).GetAwaiter().GetResult();
            }
        }
        catch (OperationCanceledException) when (context.IsStopping)
        {
            return;
        }
        catch (Exception trouble) when (trouble is not OutOfMemoryException)
        {
            // The next beat asks again; what is due stays due.
            logger.LogWarning(trouble, "The {Beat} beat failed", name);
            wait = AfterTrouble;
        }

        context.Wait(wait);
    }

    public override string ToString() => name;
}

/// <summary>What the beats do; the recurring jobs run the same, as the second trigger that the dashboard shows.</summary>
public sealed class Beats(SweepDeadlines deadlines, EndDueEntries entries, SendDueNotices notices, ScanWaitingAttachments scans, TellOfPublications told, ClearExpiredFiles expired, TimeProvider machine)
{
    public Task SweepDeadlinesAsync(CancellationToken ct) => deadlines.RunAsync(ct);

    /// <summary>Ends register entries whose last day is over, when a day begins.</summary>
    public Task EndEntriesOfYesterdayAsync(CancellationToken ct) => entries.OnceADayAsync(ct);

    /// <summary>Ends those too that came in today with a last day that was over.</summary>
    public Task EndEntriesAsync(CancellationToken ct) => entries.RunAsync(ct);

    public async Task SendNoticesAsync(CancellationToken ct)
    {
        while ((await notices.RunAsync(machine.GetUtcNow(), ct)).DidAnything)
        {
        }
    }

    /// <summary>Scans what waits, and tells of published files that can be downloaded by then.</summary>
    public async Task ScanFilesAsync(CancellationToken ct)
    {
        await scans.RunAsync(machine.GetUtcNow(), ct);
        await told.RunAsync(ct);
    }

    /// <summary>Deletes the content of what was published long enough ago.</summary>
    public Task ClearFilesAsync(CancellationToken ct) => expired.RunAsync(ct);
}
