using ClientConnect.Host.Api;
using ClientConnect.Workflows.Database;
using Npgsql;

namespace ClientConnect.Host.Composition;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can be given work, or what it waits for.</summary>
internal static class HealthComposition
{
    private const int RetryAfterSeconds = 5;

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("alive")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/readyz", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Until the host is ready, and in a maintenance window, everything but its health says so, and when to come again.</summary>
    public static void UseReadiness(this WebApplication app)
    {
        app.Use((http, next) => http.RequestServices.GetRequiredService<Readiness>().IsReady || IsHealth(http) ? next(http) : Trouble.UnavailableAsync(http));
        app.UseMaintenance();
    }

    /// <summary>Asked about the host, not about the portal: answered whatever else is.</summary>
    public static bool IsHealth(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal) || http.Request.Path.StartsWithSegments("/readyz", StringComparison.Ordinal);

    // Each pool is asked: after a restart of the server the first to use one meets the connections that broke.
    private static async Task<IResult> ReadyAsync(HttpContext http, Readiness readiness, NpgsqlDataSource source, [FromKeyedServices(nameof(ClickConnection))] NpgsqlDataSource clicks, CancellationToken ct)
    {
        var waitingFor = readiness.WaitingFor ?? await WaitsForDatabaseAsync(source, ct) ?? await WaitsForDatabaseAsync(clicks, ct);
        if (waitingFor is null) return Results.Text("ready");
        http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Results.Text($"waiting for {waitingFor}", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> WaitsForDatabaseAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        try
        {
            await using var command = source.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(ct);
            return null;
        }
        catch (Exception away) when (Preparation.IsAway(away))
        {
            return "the database";
        }
    }
}
