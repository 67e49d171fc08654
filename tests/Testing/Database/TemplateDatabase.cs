using System.Security.Cryptography;
using System.Text;
using ClientConnect.Workflows.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ClientConnect.Testing.Database;

/// <summary>The demonstration market, as a template holds it.</summary>
/// <param name="Now">Where its business clock stood when it was seeded, as <c>Demonstration__Now</c> says it; null where the host chose.</param>
public sealed record Seed(string? Now);

/// <summary>
/// A database that is made once per server and build, and copied for each test class. Several test processes may ask at
/// once: one makes it under an advisory lock, the others wait. It counts as made only when its comment says so.
/// </summary>
internal static class TemplateDatabase
{
    public const string Owner = "client_connect_owner";
    public const string Application = "client_connect_app";
    private const string Password = "test";
    private const long Lock = 0x43_43_54_45_53_54; // "CCTEST"

    /// <summary>The name of the template; with the demonstration market in it where there is a <paramref name="seed"/>.</summary>
    public static async Task<string> EnsureAsync(Seed? seed, CancellationToken ct)
    {
        var name = $"template_{(seed is null ? "schema" : "seeded")}_{Fingerprint(seed)}";
        await using var server = await TestServer.OpenAsync(ct);
        await server.RunAsync($"SELECT pg_advisory_lock({Lock})", ct);
        if (!await IsReadyAsync(server, name, ct))
        {
            await MakeRolesAsync(server, ct);
            await server.RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", ct);
            await server.RunAsync($"CREATE DATABASE {name} OWNER {Owner}", ct);
            await server.RunAsync($"REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO {Application}", ct);
            await FillAsync(name, seed, ct);
            await server.RunAsync($"COMMENT ON DATABASE {name} IS 'ready'", ct);
        }

        await server.RunAsync($"SELECT pg_advisory_unlock({Lock})", ct);
        return name;
    }

    /// <summary>The connection string of a role to one database of the test server.</summary>
    public static async Task<NpgsqlConnectionStringBuilder> ConnectionAsync(string database, string role) =>
        new(await TestServer.ConnectionStringAsync()) { Database = database, Username = role, Password = Password };

    private static async Task FillAsync(string database, Seed? seed, CancellationToken ct)
    {
        // Without a pool: a copy can't be made of a database that somebody is connected to.
        var owner = await ConnectionAsync(database, Owner);
        owner.Pooling = false;
        if (seed is not null)
        {
            var settings = await HostProcess.SettingsForAsync(database);
            if (seed.Now is not null) settings["Demonstration__Now"] = seed.Now;
            await HostProcess.RunVerbAsync("migrate", settings, ct);
            return;
        }

        await new DatabaseSetup(NullLogger<DatabaseSetup>.Instance).MigrateAsync(owner.ConnectionString, Application, null, ct);
    }

    private static async Task MakeRolesAsync(NpgsqlConnection server, CancellationToken ct)
    {
        foreach (var role in new[] { Owner, Application })
        {
            await server.RunAsync($"DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} LOGIN; END IF; END $do$", ct);
            await server.RunAsync($"ALTER ROLE {role} PASSWORD '{Password}'", ct);
        }
    }

    private static async Task<bool> IsReadyAsync(NpgsqlConnection server, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT shobj_description(oid, 'pg_database') = 'ready' FROM pg_database WHERE datname = $1", server);
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>What the template rests on: the code that makes the schema, and for the seeded one the code and data of the seed.</summary>
    private static string Fingerprint(Seed? seed)
    {
        var text = new StringBuilder(typeof(PortalDb).Module.ModuleVersionId.ToString());
        if (seed is not null)
        {
            text.Append(seed.Now).Append(typeof(Program).Module.ModuleVersionId);
            foreach (var file in Directory.EnumerateFiles(Repository.Workflows, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                text.Append(file).Append(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }
}
