using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ClientConnect.Workflows.Tests.Database;

/// <summary>Hosts that start at the same moment.</summary>
public sealed class DatabaseSetupTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_library_makes_of_its_own_is_made_by_one_host_at_a_time()
    {
        var role = new NpgsqlConnectionStringBuilder(database.ConnectionString).Username!;
        var (inside, most, made) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new DatabaseSetup(NullLogger<DatabaseSetup>.Instance).MigrateAsync(database.OwnerConnectionString, role, MakesAsync, Ct)));

        Assert.Equal((1, 8), (most, made));

        async Task MakesAsync(NpgsqlConnection owner)
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await using var some = new NpgsqlCommand("SELECT pg_sleep(0.02)", owner);
            await some.ExecuteNonQueryAsync(Ct);
            made++;
            Interlocked.Decrement(ref inside);
        }
    }
}
