using ClientConnect.Testing.Database;
using Npgsql;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>Rows that somebody else holds: the way to stop a host at a point of its work from outside.</summary>
internal static class Locks
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Holds the rows until it is disposed.</summary>
    public static async Task<NpgsqlConnection> LockAsync(this TestDatabase database, string sql, string request)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.OwnerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var begin = new NpgsqlCommand("BEGIN", connection);
        await begin.ExecuteNonQueryAsync(Ct);
        await using var hold = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter { Value = Guid.Parse(request) } } };
        await hold.ExecuteNonQueryAsync(Ct);
        return connection;
    }

    /// <summary>Somebody waits for what is held.</summary>
    public static async Task UntilBlockedAsync(this TestDatabase database)
    {
        for (var tries = 0; await database.ValueAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')") == 0; tries++)
        {
            Assert.True(tries < 2_000, "Nobody waits for the lock.");
            await Task.Delay(5, Ct);
        }
    }
}
