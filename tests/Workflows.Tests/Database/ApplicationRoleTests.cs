using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Database;
using Npgsql;

namespace ClientConnect.Workflows.Tests.Database;

/// <summary>What the hosts' own role can't do, whatever code runs in them.</summary>
public sealed class ApplicationRoleTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CREATE TABLE public.mine (id int)")]
    [InlineData("CREATE TEMPORARY TABLE mine (id int)")]
    [InlineData("CREATE SCHEMA mine")]
    public async Task The_application_makes_no_tables(string sql) => await Refused(sql);

    [Fact]
    public async Task What_is_append_only_is_neither_changed_nor_deleted()
    {
        foreach (var table in DatabaseSetup.AppendOnly)
        {
            await Refused($"DELETE FROM {table}");
            await Refused($"TRUNCATE {table}");
        }
    }

    private async Task Refused(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
