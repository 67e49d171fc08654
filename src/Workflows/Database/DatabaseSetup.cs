using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientConnect.Workflows.Database;

/// <summary>
/// Brings the schema to this build's version, as the owner and under an advisory lock: of several hosts that start at once,
/// one migrates and the others wait. The application's role gets rows, never tables; of what is append-only it can't change
/// or delete a row.
/// </summary>
public sealed class DatabaseSetup(ILogger<DatabaseSetup> logger)
{
    private const long MigrationLock = 0x43_43_4d_49_47; // "CCMIG"

    /// <summary>Tables that the application may add to and read, and nothing else.</summary>
    public static readonly IReadOnlyList<string> AppendOnly = ["events.event", "access.security_event", "eservices.release_event", "files.publication_event", "requests.message"];

    /// <param name="owner">Connection string of the role that owns the schema.</param>
    /// <param name="application">Name of the role that the hosts run as; the owner's own name where there is only one.</param>
    /// <param name="alongside">What a library makes of its own with the owner's connection, while no other host makes anything; null for nothing.</param>
    public async Task MigrateAsync(string owner, string application, Func<NpgsqlConnection, Task>? alongside, CancellationToken ct)
    {
        await using var gate = new NpgsqlConnection(owner);
        await gate.OpenAsync(ct);
        await RunAsync(gate, $"SELECT pg_advisory_lock({MigrationLock})", ct);
        await using var db = Open(owner);
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        if (pending.Count > 0)
        {
            logger.LogInformation("Migrating the database: {Migrations}", string.Join(", ", pending));
            await db.Database.MigrateAsync(ct);
        }

        await GrantAsync(gate, application, ct);
        if (alongside is not null) await alongside(gate);
        await RunAsync(gate, $"SELECT pg_advisory_unlock({MigrationLock})", ct);
    }

    /// <summary>True where the database has exactly the migrations of this build.</summary>
    public static async Task<bool> IsCurrentAsync(string connection, CancellationToken ct)
    {
        await using var db = Open(connection);
        var applied = await db.Database.GetAppliedMigrationsAsync(ct);
        return applied.SequenceEqual(db.Database.GetMigrations(), StringComparer.Ordinal);
    }

    private static PortalDb Open(string connection) =>
        new(new DbContextOptionsBuilder<PortalDb>().UseNpgsql(connection, o => o.MigrationsHistoryTable("migration", "setup")).Options);

    private static async Task GrantAsync(NpgsqlConnection connection, string application, CancellationToken ct)
    {
        var role = new NpgsqlCommandBuilder().QuoteIdentifier(application);
        await using var db = Open(connection.ConnectionString);
        var schemas = db.Model.GetEntityTypes().Select(t => t.GetSchema()).OfType<string>().Distinct().Append("setup").ToList();
        foreach (var schema in schemas)
        {
            await RunAsync(connection, $"GRANT USAGE ON SCHEMA {schema} TO {role}", ct);
            await RunAsync(connection, $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}", ct);
            await RunAsync(connection, $"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}", ct);
        }

        foreach (var table in AppendOnly)
        {
            await RunAsync(connection, $"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}", ct);
        }

        await RunAsync(connection, $"REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA setup FROM {role}", ct);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandType = CommandType.Text };
        await command.ExecuteNonQueryAsync(ct);
    }
}
