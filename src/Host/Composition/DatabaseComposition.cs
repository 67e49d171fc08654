using ClientConnect.Workflows.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClientConnect.Host.Composition;

/// <summary>
/// The two connection strings. <c>ConnectionStrings__ClientConnect</c> is the application's role: rows, never tables.
/// <c>ConnectionStrings__Owner</c> is the owner's; without it the host doesn't migrate, and is not ready while the schema differs.
/// </summary>
public sealed record DatabaseOptions(string Application, string? Owner)
{
    /// <summary>The application's role, as it is granted rows.</summary>
    public string ApplicationRole => new NpgsqlConnectionStringBuilder(Application).Username ?? throw new InvalidOperationException("ConnectionStrings__ClientConnect names no Username.");
}

internal static class DatabaseComposition
{
    private const int ConnectionsPerPool = 8;

    // Seconds. Hosts share the server's connections: what a burst of lists took is given back to whoever needs it next.
    private const int IdleAfterLists = 30;

    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        var application = builder.Configuration.GetConnectionString("ClientConnect")
            ?? throw new InvalidOperationException("ConnectionStrings__ClientConnect is not set. ./dev up sets it for a private PostgreSQL.");
        var options = new DatabaseOptions(Tuned(application), builder.Configuration.GetConnectionString("Owner"));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new NpgsqlDataSourceBuilder(ForLists(options.Application)).Build());
        builder.Services.AddDbContextFactory<PortalDb>((services, db) => db.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>(), o => o.MigrationsHistoryTable("migration", "setup")));
        builder.Services.AddSingleton<DatabaseSetup>();
        builder.Services.AddKeyedSingleton(nameof(ClickConnection), (_, _) => new NpgsqlDataSourceBuilder(ForClicks(options.Application)).Build());
        builder.Services.AddSingleton(services => new ClickConnection(services.GetRequiredKeyedService<NpgsqlDataSource>(nameof(ClickConnection)), services.GetRequiredService<NpgsqlDataSource>()));
    }

    // Round trips decide: statements are prepared once, and the pool's reset, a commit of its own, is left out. What the setting
    // says itself stands (ContainsKey would say yes to every keyword that there is).
    private static string Tuned(string connection)
    {
        var tuned = new NpgsqlConnectionStringBuilder(connection);
        if (!tuned.ShouldSerialize("Max Auto Prepare")) tuned.MaxAutoPrepare = 100;
        if (!tuned.ShouldSerialize("No Reset On Close")) tuned.NoResetOnClose = true;
        if (!tuned.ShouldSerialize("Maximum Pool Size")) tuned.MaxPoolSize = ConnectionsPerPool;
        if (!tuned.ShouldSerialize("Timeout")) tuned.Timeout = 5;
        tuned.Options ??= "-c lock_timeout=5s -c idle_in_transaction_session_timeout=60s";
        return tuned.ConnectionString;
    }

    private static string ForLists(string connection)
    {
        var lists = new NpgsqlConnectionStringBuilder(connection);
        if (!lists.ShouldSerialize("Connection Idle Lifetime")) lists.ConnectionIdleLifetime = IdleAfterLists;
        return lists.ConnectionString;
    }

    // Clicks have connections of their own: they never wait behind a long list, and hold few statements, each of which finds rows by
    // their keys. Planned once for all values, they cost a third less; a list's plan depends on what is asked for.
    private static string ForClicks(string connection)
    {
        var clicks = new NpgsqlConnectionStringBuilder(connection);
        clicks.Options += " -c plan_cache_mode=force_generic_plan";
        return clicks.ConnectionString;
    }
}
