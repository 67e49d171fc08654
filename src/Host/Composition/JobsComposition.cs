using ClientConnect.Host.Jobs;
using ClientConnect.Workflows.Access;
using Hangfire;
using Hangfire.Dashboard;
using Hangfire.PostgreSql;
using Hangfire.Server;
using Hangfire.Storage;
using Npgsql;

namespace ClientConnect.Host.Composition;

/// <summary>
/// Hangfire is the heartbeat and the operators' view, nothing more: one job per deadline would fire early, late after a crash, and
/// cost 25 commits each (limits.md 2.6). Its schema is the owner's; without an owner the application's role must find it made.
/// </summary>
internal static class JobsComposition
{
    private const string Schema = "hangfire";

    private const string Dashboard = "/operators/jobs";

    private static readonly string[] Commands = ["trigger", "remove", "requeue", "delete", "enqueue", "update"];

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Beats>();
        services.AddSingleton<Readiness>();
        services.AddHangfire((provider, hangfire) =>
        {
            var connection = provider.GetRequiredService<DatabaseOptions>().Application;
            hangfire.UsePostgreSqlStorage(o => o.UseNpgsqlConnection(connection), new PostgreSqlStorageOptions
            {
                SchemaName = Schema,
                PrepareSchemaIfNecessary = false,
                QueuePollInterval = TimeSpan.FromSeconds(5),
                UseSlidingInvisibilityTimeout = true,
                InvisibilityTimeout = TimeSpan.FromSeconds(30),
                DistributedLockTimeout = TimeSpan.FromSeconds(20),
            });
        });
        services.AddSingleton<HangfireHost>();
    }

    /// <summary>
    /// Makes Hangfire's own tables as the owner and lets the application's role use them; doing it again changes nothing. Two at
    /// once break each other (its scripts update one version row without a lock): only under the lock of the migration.
    /// </summary>
    public static async Task PrepareSchemaAsync(NpgsqlConnection owner, string applicationRole, CancellationToken ct)
    {
        PostgreSqlObjectsInstaller.Install(owner, Schema);
        var role = new NpgsqlCommandBuilder().QuoteIdentifier(applicationRole);
        await using var grant = new NpgsqlCommand(
            $"GRANT USAGE ON SCHEMA {Schema} TO {role}; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {Schema} TO {role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA {Schema} TO {role}", owner);
        await grant.ExecuteNonQueryAsync(ct);
    }

    /// <summary>For administrators only: whoever else asks is told that there is nothing.</summary>
    public static void MapJobs(this WebApplication app)
    {
        app.Use(RefuseCommandsByLink);
        app.MapHangfireDashboard(Dashboard, new DashboardOptions { Authorization = [new AdministratorsOnly()], IgnoreAntiforgeryToken = false, AppPath = "/operators", DisplayStorageConnectionString = false })
            .Needs(Permission.Operate);
    }

    // The dashboard reads a form where there is none, and breaks.
    private static Task RefuseCommandsByLink(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || !http.Request.Path.StartsWithSegments(Dashboard, StringComparison.Ordinal, out var rest) || !Commands.Contains(rest.Value?.Split('/')[^1])) return next(http);
        http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }

    private sealed class AdministratorsOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) =>
            context.GetHttpContext().FindViewer() is { } viewer && PermissionTable.Allows(viewer, Permission.Operate);
    }

    /// <summary>The Hangfire server of this host, begun when the host is ready: its schema must be there first.</summary>
    internal sealed class HangfireHost(IServiceProvider services, Beats beats, Readiness readiness, ILoggerFactory logs) : IDisposable
    {
        private BackgroundJobServer? server;

        public void Start()
        {
            var storage = services.GetRequiredService<JobStorage>();
            var logger = logs.CreateLogger<Heartbeat>();
            AddSecondTrigger(services.GetRequiredService<IRecurringJobManager>(), logger);
            IBackgroundProcess[] beating =
            [
                new Heartbeat("deadlines", Tick, beats.SweepDeadlinesAsync, readiness, logger),
                new Heartbeat("register", Tick, beats.EndEntriesOfYesterdayAsync, readiness, logger),
                new Heartbeat("notices", Tick, beats.SendNoticesAsync, readiness, logger),
                new Heartbeat("notices, second sender", Tick, beats.SendNoticesAsync, readiness, logger),
                new Heartbeat("scans", Tick * 2, beats.ScanFilesAsync, readiness, logger),
                new Heartbeat("retention", Tick * 10, beats.ClearFilesAsync, readiness, logger),
            ];
            server = new BackgroundJobServer(
                new BackgroundJobServerOptions { WorkerCount = 2, SchedulePollingInterval = TimeSpan.FromSeconds(5), ServerTimeout = TimeSpan.FromMinutes(1), HeartbeatInterval = TimeSpan.FromSeconds(10), ShutdownTimeout = TimeSpan.FromSeconds(10), Activator = services.GetRequiredService<JobActivator>() },
                storage, beating);
        }

        public void Dispose() => server?.Dispose();

        // A host that was killed may hold Hangfire's lock for a while. The jobs stand in the database already then, and are only the
        // second trigger: the heartbeat does not wait for them.
        private static void AddSecondTrigger(IRecurringJobManager jobs, ILogger logger)
        {
            try
            {
                jobs.AddOrUpdate<Beats>("sweep-deadlines", b => b.SweepDeadlinesAsync(CancellationToken.None), Cron.Minutely);
                jobs.AddOrUpdate<Beats>("end-entries", b => b.EndEntriesAsync(CancellationToken.None), Cron.Minutely);
                jobs.AddOrUpdate<Beats>("send-notices", b => b.SendNoticesAsync(CancellationToken.None), Cron.Minutely);
                jobs.AddOrUpdate<Beats>("scan-files", b => b.ScanFilesAsync(CancellationToken.None), Cron.Minutely);
                jobs.AddOrUpdate<Beats>("clear-files", b => b.ClearFilesAsync(CancellationToken.None), Cron.Minutely);
            }
            catch (Exception held) when (held is DistributedLockTimeoutException or PostgreSqlDistributedLockException)
            {
                logger.LogWarning(held, "The recurring jobs are held by a host that is gone; the next start adds them");
            }
        }
    }
}
