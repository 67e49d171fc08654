using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ClientConnect.Testing.Database;

/// <summary>A PostgreSQL server of a test's own, to be killed and started again; an empty database with its two roles is in it.</summary>
public sealed class PrivateServer : IAsyncDisposable
{
    private static readonly string Programs = Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)).First() + "/bin/";

    private readonly string home = Directory.CreateDirectory($"/var/tmp/client-connect-fault.{Guid.NewGuid():n}").FullName;
    private readonly int port = FreePort.Next();

    public string ConnectionString => To("client_connect", TemplateDatabase.Application);

    public string OwnerConnectionString => To("client_connect", TemplateDatabase.Owner);

    /// <summary>Made and running, with an empty database.</summary>
    public static async Task<PrivateServer> CreateAsync()
    {
        var server = new PrivateServer();
        if (Environment.UserName == "root") await RunAsync("chown", User, server.home);
        await AsPostgresAsync("initdb", "-D", server.Data, "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", "--auth=trust");
        await server.StartAsync();
        await using var connection = await server.OpenAsync("postgres");
        foreach (var sql in new[] { $"CREATE ROLE {TemplateDatabase.Owner} LOGIN", $"CREATE ROLE {TemplateDatabase.Application} LOGIN", $"CREATE DATABASE client_connect OWNER {TemplateDatabase.Owner}" })
        {
            await connection.RunAsync(sql, CancellationToken.None);
        }

        return server;
    }

    /// <summary>Right after a crash the old shared memory may be in use for a few seconds more.</summary>
    public async Task StartAsync(int connections = 100)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await AsPostgresAsync("pg_ctl", "-D", Data, "-l", Path.Combine(home, "data", "server.log"), "-w", "-t", "30", "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections={connections} -c jit=off", "start");
                return;
            }
            catch (InvalidOperationException) when (tries < 20)
            {
                await Task.Delay(500);
            }
        }
    }

    public Task StopAsync() => AsPostgresAsync("pg_ctl", "-D", Data, "-m", "fast", "-w", "stop");

    /// <summary>As the power does it: the postmaster and all its children.</summary>
    public async Task KillAsync()
    {
        var postmaster = int.Parse((await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        var children = File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture));
        foreach (var process in children.Prepend(postmaster).ToList()) Kill(process);
        for (var tries = 0; tries < 100 && Directory.Exists($"/proc/{postmaster}"); tries++) await Task.Delay(50);
        File.Delete(Path.Combine(Data, "postmaster.pid"));
    }

    /// <summary>One of the processes that serve a host's connection.</summary>
    public async Task KillBackendAsync()
    {
        await using var connection = await OpenAsync("postgres");
        await using var command = new NpgsqlCommand("SELECT pid FROM pg_stat_activity WHERE datname = 'client_connect' ORDER BY state = 'active' DESC LIMIT 1", connection);
        Kill((int)(await command.ExecuteScalarAsync())!);
    }

    public async Task<T?> ValueAsync<T>(string sql)
    {
        await using var connection = await OpenAsync("client_connect");
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await AsPostgresAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(home, recursive: true);
    }

    private string Data => Path.Combine(home, "data");

    private static string User => File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private string To(string database, string role) => $"Host=127.0.0.1;Port={port};Database={database};Username={role}";

    private async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(To(database, "postgres") + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    // PostgreSQL refuses to run as root.
    private static Task AsPostgresAsync(string program, params string[] arguments) => Environment.UserName == "root"
        ? RunAsync("runuser", ["-u", User, "--", Programs + program, .. arguments])
        : RunAsync(Programs + program, arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // What pg_ctl starts would hold a pipe of ours open: it writes to its own log.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It went with its postmaster.
        }
    }
}
