using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientConnect.Testing.Yardstick;

/// <summary>
/// A bare minimal API that writes the rows of a click and does nothing else: one SELECT, one batch, prepared statements, no reset of
/// the pool's connections, eight of them. What a portal can't beat.
/// </summary>
public static class YardstickHost
{
    public const int Connections = 8;

    /// <summary>The application's connection string, tuned as the yardstick uses it.</summary>
    public static string Tuned(string connection) => new NpgsqlConnectionStringBuilder(connection)
    {
        Pooling = true,
        MaxAutoPrepare = 100,
        NoResetOnClose = true,
        MaxPoolSize = Connections,
        IncludeErrorDetail = false,
    }.ConnectionString;

    /// <summary>Serves <c>POST /{click}/{request}</c> until the process is ended.</summary>
    public static async Task RunAsync(string address, string connection, IReadOnlyList<YardstickPlan> plans)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        await using var app = builder.Build();
        await using var source = NpgsqlDataSource.Create(Tuned(connection));
        app.MapGet("/readyz", () => Results.Text("ready"));
        foreach (var plan in plans)
        {
            var click = new YardstickClick(plan);
            app.MapPost($"/{plan.Click}/{{request:guid}}", async (Guid request) =>
                await click.RunAsync(source, request) ? Results.Json(new { id = request, click = plan.Click }) : Results.NotFound());
        }

        await app.RunAsync();
    }
}
