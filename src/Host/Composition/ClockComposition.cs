using ClientConnect.Workflows.Database;

namespace ClientConnect.Host.Composition;

/// <summary>
/// Outside Development the business clock follows the database's: measured at the start and every minute. A host whose machine is
/// more than two seconds off is not ready until it is put right.
/// </summary>
internal static class ClockComposition
{
    private const string OwnClock = "its machine's clock to be put right";

    public static void AddClock(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment()) return;
        builder.Services.AddSingleton<DatabaseClock>();
        builder.Services.AddHostedService<ClockFollower>();
    }

    private sealed class ClockFollower(DatabaseClock clock, Readiness readiness, TimeProvider machine, ILogger<ClockFollower> logger) : BackgroundService
    {
        private static readonly TimeSpan UntilReady = TimeSpan.FromSeconds(1);

        private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (readiness.IsReady || readiness.WaitingFor == OwnClock) await FollowAsync(stoppingToken);
                await Task.Delay(readiness.IsReady ? Every : UntilReady, machine, stoppingToken);
            }
        }

        private async Task FollowAsync(CancellationToken ct)
        {
            try
            {
                var behind = await clock.FollowAsync(ct);
                if (behind.Duration() > DatabaseClock.Tolerance)
                {
                    logger.LogError("This machine's clock is {Behind} behind the database's", behind);
                    readiness.WaitFor(OwnClock);
                }
                else if (readiness.WaitingFor == OwnClock)
                {
                    readiness.Ready();
                }
            }
            catch (Exception away) when (Preparation.IsAway(away))
            {
                // The last offset holds until the database answers again.
            }
        }
    }
}
