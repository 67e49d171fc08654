using System.Diagnostics;
using Npgsql;

namespace ClientConnect.Testing.Database;

/// <summary>
/// The PostgreSQL server of this test run: <c>TEST_POSTGRES</c> names it (a superuser's connection string); a single test
/// that is run from an editor borrows a private one, which goes away with the test's process.
/// </summary>
internal static class TestServer
{
    private static readonly Lazy<Task<string>> Server = new(FindAsync);

    // Held for as long as the process lives: collecting it would close the pipe that keeps the server.
    private static Process? lender;

    public static Task<string> ConnectionStringAsync() => Server.Value;

    public static async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(await ConnectionStringAsync()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    public static async Task RunAsync(this NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<string> FindAsync()
    {
        var given = Environment.GetEnvironmentVariable("TEST_POSTGRES");
        return string.IsNullOrEmpty(given) ? await BorrowAsync() : given;
    }

    private static async Task<string> BorrowAsync()
    {
        lender = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "dev"), "postgres-for-tests")
        {
            RedirectStandardInput = true, // Its end, however it comes, is what gives the server back.
            RedirectStandardOutput = true,
        })!;
        return await lender.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("./dev postgres-for-tests gave no server; set TEST_POSTGRES to a superuser's connection string instead.");
    }
}
