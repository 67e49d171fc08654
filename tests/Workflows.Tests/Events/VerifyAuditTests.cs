using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Tests.Events;

/// <summary>Whoever comes as the owner and takes the fence down leaves traces; each test plants its own fault in a database of its own.</summary>
public sealed class VerifyAuditTests : IAsyncLifetime
{
    private DeskDatabase database = null!;
    private Desk desk = null!;
    private RequestId request;

    public async ValueTask InitializeAsync()
    {
        desk = await Desk.AtAsync(database = await DeskDatabase.CreateAsync());
        request = await desk.Reviewed();
        await desk.WithChecker();
        await desk.Draft();
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task What_nobody_touched_is_whole() => Assert.Equal(new AuditVerdict(2, 5, null), await Verdict());

    [Theory]
    [InlineData("data = jsonb_set(data, '{outcome}', '\"reject\"')")]
    [InlineData("at = at + interval '1 second'")]
    [InlineData("user_id = gen_random_uuid()")]
    [InlineData("content_hash = 'another'")]
    [InlineData("type = 'taskReleased'")]
    public async Task A_changed_row_is_named(string change)
    {
        await Tampers($"UPDATE events.event SET {change} WHERE request_id = $1 AND sequence = 2");

        Assert.Contains($"Request {request}, event 2", (await Verdict()).FirstBad, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_row_with_a_hash_to_match_breaks_the_next_link()
    {
        await Tampers("UPDATE events.event SET hash = decode(repeat('ab', 32), 'hex') WHERE request_id = $1 AND sequence = 2");

        Assert.NotNull((await Verdict()).FirstBad);
    }

    [Theory]
    [InlineData("sequence = 1", "event 1 is missing")]
    [InlineData("sequence = 3", "event 3 is missing")]
    [InlineData("sequence = 4", "is not the head")]
    [InlineData("sequence > 0", "all 4 events are missing")]
    public async Task A_missing_row_is_named(string which, string words)
    {
        await Tampers($"DELETE FROM events.event WHERE request_id = $1 AND {which}");

        var verdict = await Verdict();

        Assert.Contains(request.ToString(), verdict.FirstBad, StringComparison.Ordinal);
        Assert.Contains(words, verdict.FirstBad, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_vanished_from_under_its_events_is_named()
    {
        await database.Rows.OwnerRunsAsync("DELETE FROM requests.service_request WHERE id = $1", request.Value);

        Assert.Contains("has events but no request", (await Verdict()).FirstBad, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE events.event SET type = 'taskReleased'")]
    [InlineData("DELETE FROM events.event")]
    [InlineData("TRUNCATE events.event")]
    public async Task The_application_may_not_and_the_owner_is_stopped(string sql)
    {
        await using var command = database.Rows.Source.CreateCommand(sql);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Desk.Ct))).SqlState);
        Assert.Contains("append-only", (await Assert.ThrowsAsync<PostgresException>(() => database.Rows.OwnerRunsAsync(sql))).MessageText, StringComparison.Ordinal);
    }

    private async Task Tampers(string sql)
    {
        await database.Rows.OwnerRunsAsync("ALTER TABLE events.event DISABLE TRIGGER append_only");
        Assert.NotEqual(0, await database.Rows.OwnerRunsAsync(sql, request.Value));
    }

    private async Task<AuditVerdict> Verdict() => await desk.Get<VerifyAudit>().HandleAsync(AuditHeads.AllAsync, Desk.Ct);
}
