using ClientConnect.Workflows.EServices;
using Npgsql;

namespace ClientConnect.Host.Composition;

/// <summary>
/// Asks twice a second whether anything was released or cancelled, on every host, jobs or not: all know of it before the release's
/// moment, and one that missed some answers learns of it from the next.
/// </summary>
internal sealed class ReleaseFollower(ReleaseStore releases, BundleLoader loader, DatabaseOptions database, Readiness readiness, TimeProvider machine, ILogger<ReleaseFollower> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // One of its own: after a restart of the server people would meet what it left broken in theirs.
        await using var asks = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Application) { MinPoolSize = 0, MaxPoolSize = 1 });
        while (!stoppingToken.IsCancellationRequested)
        {
            if (readiness.IsReady) await FollowAsync(asks, stoppingToken);
            await Task.Delay(Every, machine, stoppingToken);
        }
    }

    private async Task FollowAsync(NpgsqlDataSource asks, CancellationToken ct)
    {
        try
        {
            foreach (var fault in await releases.FollowAsync(loader, asks, ct)) logger.LogError("A release can't be read by this build: {Fault}", fault);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception away) when (away is not OutOfMemoryException)
        {
            // What is in force stays so; the next question is asked all the same.
            logger.LogWarning(away, "The releases could not be asked for");
        }
    }
}
