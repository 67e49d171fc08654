using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Host.Composition;

/// <summary>Prepares in the background, so that health is answered from the first moment; then the heartbeat begins.</summary>
internal static class PreparationComposition
{
    public static void AddPreparation(this WebApplicationBuilder builder)
    {
        var root = builder.Configuration["Workflows:Folder"] ?? Path.Combine(AppContext.BaseDirectory, "workflows");
        builder.Services.AddSingleton(_ => new WorkflowsOnDisk(WorkflowsFolder.ReadAsync(root, CancellationToken.None).GetAwaiter().GetResult()));
        builder.Services.AddSingleton(services => BundleLoader.CreateAsync(services.GetRequiredService<WorkflowsOnDisk>().Folder, CancellationToken.None).GetAwaiter().GetResult());
        builder.Services.AddSingleton(services => new PortalMails(services.GetRequiredService<WorkflowsOnDisk>().Folder.Shared
            .Where(f => f.Key.StartsWith("mail/", StringComparison.Ordinal)).ToDictionary(f => f.Key["mail/".Length..], f => f.Value)));
        // The framework reads its keys before the host has migrated; ours are read when the first form or secret needs one.
        if (builder.Services.FirstOrDefault(s => s.ImplementationType?.Name == "DataProtectionHostedService") is { } early) builder.Services.Remove(early);
        builder.AddMaintenance();
        builder.Services.AddSingleton<Preparation>();
        builder.Services.AddHostedService<PreparationService>().AddHostedService<ReleaseFollower>();
    }

    private sealed class PreparationService(Preparation preparation, JobsComposition.HangfireHost jobs, IConfiguration settings, IHostApplicationLifetime lifetime, ILogger<PreparationService> logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            // The host's own start must not wait for ours.
            await Task.Yield();
            try
            {
                // A host may serve people only and leave what is later to others (Jobs__Here=false).
                await preparation.RunAsync(settings.GetValue("Jobs:Here", true) ? jobs.Start : () => { }, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                logger.LogCritical(fault, "The portal can't start: {Reason}", fault.Message);
                Environment.ExitCode = 1;
                lifetime.StopApplication();
            }
        }
    }
}
