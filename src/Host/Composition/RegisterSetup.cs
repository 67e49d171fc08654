using ClientConnect.Host.Demonstration;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Host.Composition;

/// <summary>The register, its calendar, and in Development the demonstration market.</summary>
internal static class RegisterSetup
{
    public static WebApplicationBuilder AddRegister(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RegisterReader>().AddSingleton<ImportEntries>().AddSingleton<EndEntries>().AddSingleton<EndDueEntries>().AddSingleton<CalendarStore>();
        builder.Services.AddSingleton<RegisterSearch>().AddSingleton<ImportDesk>().AddSingleton<CalendarDesk>().AddSingleton<ImportDeeds>().AddSingleton<OfferImport>().AddSingleton<ConfirmImport>().AddSingleton<DropImport>().AddSingleton<RegisterImports>();
        builder.Services.AddHostedService<CalendarRefresh>();
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddSingleton<ImportAttachments>().AddSingleton<DemonstrationMarket>();
            builder.Services.AddSingleton(services => DemonstrationRegister.Read(services.GetRequiredService<WorkflowsOnDisk>().Folder.Shared.GetValueOrDefault(DemonstrationRegister.File)));
        }

        return builder;
    }

    /// <summary>Takes over within seconds what an operator on another host has changed.</summary>
    private sealed class CalendarRefresh(CalendarStore calendars, CalendarMovesOf moves, Readiness readiness, TimeProvider machine, ILogger<CalendarRefresh> logger) : BackgroundService
    {
        private static readonly TimeSpan Every = TimeSpan.FromSeconds(1), Watched = TimeSpan.FromMinutes(1);

        private BusinessCalendar? known;
        private DateTimeOffset watchedUntil;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(Every, machine);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    if (readiness.IsReady) await FollowAsync(stoppingToken);
                }
                catch (Exception trouble) when (trouble is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
                {
                    // The one in force stays; the next tick asks again.
                    logger.LogWarning(trouble, "The calendar could not be read");
                }
            }
        }

        // Clicks that were under way have planned by the calendar of before.
        private async Task FollowAsync(CancellationToken ct)
        {
            await calendars.RefreshAsync(ct);
            if (known is not null && !ReferenceEquals(known, calendars.Current))
            {
                logger.LogInformation("The calendar has changed");
                watchedUntil = machine.GetUtcNow() + Watched;
            }

            known = calendars.Current;
            if (machine.GetUtcNow() < watchedUntil && await moves.CatchUpAsync(ct) is > 0 and var late) logger.LogInformation("{Count} requests were planned by the calendar of before and have been moved", late);
        }
    }
}
