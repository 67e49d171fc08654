using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Register;
using Npgsql;

namespace ClientConnect.Host.Composition;

/// <summary>
/// What a host does before it is ready: migrate (or check the schema), take over the calendar, read the eServices' folders, in
/// Development set the clock and seed the market. While PostgreSQL is away it waits and tries again; a faulty folder stops the
/// start, with all faults.
/// </summary>
internal sealed class Preparation(
    DatabaseOptions database, DatabaseSetup setup, CalendarStore calendars, ReleaseStore releases, Catalogue catalogue, IRunsUnderWay runs, BundleLoader loader, WorkflowsOnDisk folders,
    IEnumerable<IDemonstration> demonstrations, Readiness readiness, IHostEnvironment environment, ILogger<Preparation> logger, DatabaseClock? databaseClock = null)
{
    /// <param name="begin">What begins once the host is ready; where the database goes away again just then, all is tried anew.</param>
    public async Task RunAsync(Action begin, CancellationToken ct)
    {
        for (var pause = TimeSpan.FromMilliseconds(250); ; pause = pause < TimeSpan.FromSeconds(4) ? pause * 2 : pause)
        {
            try
            {
                await PrepareAsync(ct);
                if (databaseClock is not null) await databaseClock.FollowAsync(ct);
                readiness.Ready();
                begin();
                logger.LogInformation("Ready: {EServices} eServices in force", catalogue.AllInForce(DateTimeOffset.MaxValue).Count);
                return;
            }
            catch (Exception away) when (IsAway(away))
            {
                readiness.WaitFor("the database");
                logger.LogWarning("The database does not answer yet ({Reason}); trying again.", away.Message);
                await Task.Delay(pause, ct);
            }
        }
    }

    /// <summary>PostgreSQL is not there, is starting or is stopping; all else is a fault of ours or of the settings.</summary>
    internal static bool IsAway(Exception e) => e switch
    {
        PostgresException p => p.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.TooManyConnections,
        NpgsqlException => true,
        TimeoutException => true,
        { InnerException: { } inner } => IsAway(inner),
        _ => false,
    };

    public async Task PrepareAsync(CancellationToken ct)
    {
        await MigrateAsync(ct);
        readiness.WaitFor("the eServices to be read");
        await calendars.SeedAsync(folders.Folder.Calendar, ct);
        await calendars.RefreshAsync(ct);
        foreach (var demonstration in demonstrations)
        {
            await demonstration.StartAsync(ct);
        }

        await ReadEServicesAsync(ct);
        foreach (var demonstration in demonstrations)
        {
            readiness.WaitFor("the demonstration market");
            await demonstration.SeedAsync(ct);
        }
    }

    /// <summary>Fills the catalogue from what is stored and writes nothing; for an audit. Gives what this build can't read.</summary>
    public async Task<IReadOnlyList<BundleFault>> ReadReleasesAsync(CancellationToken ct) => await releases.LoadAsync(loader, ct);

    private async Task MigrateAsync(CancellationToken ct)
    {
        if (database.Owner is { } owner)
        {
            readiness.WaitFor("the database to be migrated");
            await setup.MigrateAsync(owner, database.ApplicationRole, connection => JobsComposition.PrepareSchemaAsync(connection, database.ApplicationRole, ct), ct);
        }
        else if (!await DatabaseSetup.IsCurrentAsync(database.Application, ct))
        {
            throw new InvalidOperationException("The database's schema is not this build's. Set ConnectionStrings__Owner for one start, so that it is migrated.");
        }
    }

    private async Task ReadEServicesAsync(CancellationToken ct)
    {
        var faults = new List<string>();
        foreach (var (key, files) in folders.Folder.Folders)
        {
            var reading = loader.Load(key, files);
            faults.AddRange(reading.Faults.Select(f => $"workflows/{key}/{f}"));
            if (reading.Bundle is not { } bundle) continue;
            faults.AddRange(runs.Unwritten(bundle).Select(f => $"workflows/{key}/{f}"));
            catalogue.Add(bundle);
            var outcome = await releases.SeedAsync(bundle, environment.IsDevelopment(), ct);
            logger.LogInformation("{EService} {Hash}: {Outcome}", key, bundle.Hash[..12], outcome);
        }

        if (faults.Count > 0 && environment.IsDevelopment()) throw new FaultyEServices(faults);
        foreach (var fault in faults.Concat((await releases.LoadAsync(loader, ct)).Select(f => f.ToString())))
        {
            logger.LogError("An eService is at fault; the release in force runs on: {Fault}", fault);
        }
    }
}

/// <summary>The folders of <c>workflows/</c> as they came with this build.</summary>
internal sealed record WorkflowsOnDisk(WorkflowsFolder Folder);

/// <summary>A folder under <c>workflows/</c> is at fault: the start stops with all faults, by file and place.</summary>
internal sealed class FaultyEServices(IReadOnlyList<string> faults) : Exception($"The eServices are at fault:\n  {string.Join("\n  ", faults)}");

/// <summary>What Development brings along: a clock that can be moved and a seeded market. Not registered in Production.</summary>
internal interface IDemonstration
{
    /// <summary>Before the eServices are read: the business clock.</summary>
    Task StartAsync(CancellationToken ct);

    /// <summary>After them: people, firms, securities, positions.</summary>
    Task SeedAsync(CancellationToken ct);
}
