using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>
/// Two people at the same request in the same moment, each on another host: exactly one wins, the other is told where it stands,
/// and the record says what happened once.
/// </summary>
public sealed class RacesTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    private const int Rounds = 500;
    private const int AtOnce = 4;

    private static readonly IReadOnlyDictionary<string, Func<RacesTests, Task>> Races = new Dictionary<string, Func<RacesTests, Task>>
    {
        ["two checkers both send"] = t => t.CheckersRace("approve", "approve"),
        ["one checker sends, the other rejects"] = t => t.CheckersRace("approve", "reject"),
        ["the checker sends, the maker withdraws what was seen waiting"] = t => t.CheckerAndWithdrawalRace(),
        ["a reviewer begins, the maker withdraws"] = t => t.ClaimAndWithdrawalRace(),
    };

    [Fact]
    public async Task Of_two_at_the_same_moment_exactly_one_wins_five_hundred_times()
    {
        var kinds = Races.Values.ToList();
        var next = -1;

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (var round = Interlocked.Increment(ref next); round < Rounds; round = Interlocked.Increment(ref next))
            {
                await kinds[round % kinds.Count](this);
            }
        }));

        Assert.Equal(Rounds, await Count("SELECT count(*) FROM requests.service_request WHERE sequence > 0"));
        Assert.Equal(0, await Count("SELECT count(*) FROM requests.service_request r WHERE r.sequence > 0 AND r.sequence <> (SELECT count(*) FROM events.event e WHERE e.request_id = r.id)"));
        Assert.Equal(0, await Count("SELECT count(*) FROM (SELECT 1 FROM notices.notice GROUP BY request_id, sequence, template, email HAVING count(*) > 1) twice"));
        Assert.Equal(0, await Count(
            """
            SELECT count(*) FROM events.event e JOIN events.event later ON later.request_id = e.request_id AND later.sequence > e.sequence
            WHERE e.data->>'status' IN ('withdrawn', 'rejectedByChecker')
            """));
        Assert.Equal(0, await Count(
            "SELECT count(*) FROM (SELECT r.id FROM requests.service_request r LEFT JOIN inbox.task t ON t.request_id = r.id AND t.is_open WHERE r.sequence > 0 GROUP BY r.id, r.closed_at HAVING count(t.id) <> CASE WHEN r.closed_at IS NULL THEN 1 ELSE 0 END) wrong"));
        Assert.StartsWith("Whole: ", (await VerifyAudit()).TrimStart(), StringComparison.Ordinal);
    }

    private async Task CheckersRace(string first, string second)
    {
        var (id, _, line) = await hosts.SendsOneAsync();
        var (one, other) = (await hosts.One.As(Cast.Checker), await hosts.Other.As(Cast.B09001.Checker2));
        var task = await one.TaskOf(id);
        var hash = (await one.SeesTask(task)).Accepted().Json["contentHash"]!.GetValue<string>();

        var (won, lost) = await RaceAsync(() => one.DecidesTask(task, first, "No.", contentHash: hash), () => other.DecidesTask(task, second, "No.", contentHash: hash));

        var told = lost.Refused("task-is-closed");
        var status = won.Json["status"]!.GetValue<string>();
        Assert.Equal((409, status), (told.Status, told.Body["requestStatus"]!.GetValue<string>()));
        await StandsAsync(id, won, status);
        await hosts.EndAsync(id, line, hosts.One);
    }

    private async Task CheckerAndWithdrawalRace()
    {
        var (id, version, line) = await hosts.SendsOneAsync();
        var (checker, maker) = (await hosts.One.As(Cast.Checker), await hosts.Other.As(Cast.Maker));
        var task = await checker.TaskOf(id);
        var hash = (await checker.SeesTask(task)).Accepted().Json["contentHash"]!.GetValue<string>();

        var (won, lost) = await RaceAsync(() => checker.DecidesTask(task, "approve", contentHash: hash), () => maker.WithdrawsRequest(id, ifMatch: version));

        var status = won.Json["status"]!.GetValue<string>();
        if (status == "withdrawn")
        {
            Assert.Equal("withdrawn", lost.Refused("task-is-closed").Body["requestStatus"]!.GetValue<string>());
        }
        else
        {
            Assert.Equal((412, won.ETag!.Trim('"')), (lost.Refused("somebody-else-has-saved").Status, lost.Problem!.Body["current"]!.GetValue<string>()));
        }

        await StandsAsync(id, won, status);
        await hosts.EndAsync(id, line, hosts.One);
    }

    private async Task ClaimAndWithdrawalRace()
    {
        var (id, _, line) = await hosts.SendsOneAsync();
        (await (await hosts.One.As(Cast.Checker)).Approves(id)).Accepted();
        var (reviewer, maker) = (await hosts.One.As(Cast.Reviewer), await hosts.Other.As(Cast.Maker));
        var task = await reviewer.TaskOf(id);

        var (won, lost) = await RaceAsync(() => reviewer.ClaimsTask(task), () => maker.WithdrawsRequest(id));

        var status = won.Json["status"]!.GetValue<string>();
        var told = lost.Refused(status == "withdrawn" ? "task-is-closed" : "request-has-moved-on");
        Assert.Equal((409, status), (told.Status, told.Body["requestStatus"]!.GetValue<string>()));
        await StandsAsync(id, won, status);
        await hosts.EndAsync(id, line, hosts.One);
    }

    /// <summary>Both at once; which is asked for first changes with the coin.</summary>
    private static async Task<(Answer Won, Answer Lost)> RaceAsync(Func<Task<Answer>> one, Func<Task<Answer>> other)
    {
        var isOtherFirst = Random.Shared.Next(2) == 0;
        var both = await Task.WhenAll(isOtherFirst ? [other(), one()] : new[] { one(), other() });
        var won = Assert.Single(both, a => a.IsSuccess);
        return (won, both.Single(a => a != won));
    }

    // The version counts the events: had the loser left a trace, it would be another.
    private async Task StandsAsync(string id, Answer won, string status)
    {
        var seen = (await (await hosts.Other.As(Cast.Maker)).SeesRequest(id)).Accepted();
        Assert.Equal((status, won.ETag), (seen.Json["status"]!.GetValue<string>(), seen.ETag));
    }

    private Task<long> Count(string sql) => hosts.Database.ValueAsync<long>(sql);

    private Task<string> VerifyAudit() => HostProcess.RunVerbAsync(
        "verify-audit",
        new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["ConnectionStrings__ClientConnect"] = hosts.Database.ConnectionString },
        TestContext.Current.CancellationToken);
}
