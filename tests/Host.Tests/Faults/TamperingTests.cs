using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>Somebody who owns the database rewrites what happened, chain and all: the heads that were given out before tell.</summary>
public sealed class TamperingTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_that_was_rewritten_whole_verifies_and_is_caught_by_the_published_heads()
    {
        var request = Guid.Parse(await market.Submitted());
        var file = Path.GetTempFileName();
        await Verb("audit-the-world", "--publish-heads", file);

        await RewritesAsync(request);

        Assert.StartsWith("Whole: ", (await Verb("verify-audit")).TrimStart(), StringComparison.Ordinal);
        var named = await Assert.ThrowsAsync<InvalidOperationException>(() => Verb("audit-the-world", "--published-heads", file));
        Assert.Contains($"O4 {request}: event 2 has another hash", named.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData("UPDATE events.event SET type = 'taskReleased'")]
    [InlineData("DELETE FROM events.event")]
    [InlineData("TRUNCATE events.event")]
    [InlineData("ALTER TABLE events.event DISABLE TRIGGER append_only")]
    [InlineData("DROP TRIGGER append_only ON events.event")]
    [InlineData("CREATE TABLE events.another (id int)")]
    [InlineData("DELETE FROM access.security_event")]
    public async Task The_hosts_role_can_change_no_record(string sql)
    {
        await using var command = market.Database.Source.CreateCommand(sql);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct))).SqlState);
    }

    // As the owner could: the second event says another reason, and every link and head is made to fit.
    private async Task RewritesAsync(Guid request)
    {
        await market.Database.OwnerRunsAsync("ALTER TABLE events.event DISABLE TRIGGER append_only");
        await market.Database.OwnerRunsAsync("UPDATE events.event SET data = jsonb_set(data, '{reason}', '\"Never said.\"') WHERE request_id = $1 AND sequence = 2", request);
        await using var read = market.Database.Source.CreateCommand("SELECT sequence, type, at, user_id, data::text, content_hash FROM events.event WHERE request_id = $1 ORDER BY sequence");
        read.Parameters.Add(new() { Value = request });
        var links = new List<(int Sequence, byte[] Previous, byte[] Hash)>();
        var head = HashChain.Start;
        await using (var row = await read.ExecuteReaderAsync(Ct))
        {
            while (await row.ReadAsync(Ct))
            {
                var hash = HashChain.Link(head, new RequestId(request), row.GetInt32(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), await row.IsDBNullAsync(3, Ct) ? null : new UserId(row.GetGuid(3)), JsonNode.Parse(row.GetString(4))!, await row.IsDBNullAsync(5, Ct) ? null : row.GetString(5));
                links.Add((row.GetInt32(0), head, hash));
                head = hash;
            }
        }

        foreach (var (sequence, previous, hash) in links) await market.Database.OwnerRunsAsync("UPDATE events.event SET previous = $3, hash = $4 WHERE request_id = $1 AND sequence = $2", request, sequence, previous, hash);
        await market.Database.OwnerRunsAsync("UPDATE requests.service_request SET head_hash = $2 WHERE id = $1", request, head);
    }

    private Task<string> Verb(string verb, params string[] arguments) => HostProcess.RunVerbAsync(
        verb, new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["ConnectionStrings__ClientConnect"] = market.Database.ConnectionString }, Ct, arguments);
}
