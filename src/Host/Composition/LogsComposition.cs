using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace ClientConnect.Host.Composition;

/// <summary>Structured logs on the standard output, a line an event; no answers, no addresses, no connection strings.</summary>
internal static class LogsComposition
{
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        var log = new LoggerConfiguration().MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("Hangfire", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .Enrich.FromLogContext();
        log = builder.Environment.IsDevelopment()
            ? log.WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture)
            : log.WriteTo.Console(new RenderedCompactJsonFormatter());
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(log.CreateLogger(), dispose: true);
    }
}
