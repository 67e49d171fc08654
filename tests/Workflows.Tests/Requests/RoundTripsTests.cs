using ClientConnect.Testing.Yardstick;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

/// <summary>A click is two round trips, one that loads and one that writes, and what it writes is one transaction.</summary>
public sealed class RoundTripsTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task Sending_to_the_checker()
    {
        var desk = await Desk.AtAsync(database);
        var (viewer, id) = (await desk.As(Desk.Maker), await desk.Draft());

        await IsOneClick(id, () => desk.Get<SubmitRequest>().HandleAsync(viewer, id, null, Desk.Key("send"), Desk.Ct));
    }

    [Fact]
    public async Task Checking()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        var click = await DecisionAsync(desk, Desk.Checker, id);

        await IsOneClick(id, click);
    }

    [Fact]
    public async Task Claiming()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        var (viewer, task) = (await desk.As(Desk.Reviewer), await desk.TaskOf(id));

        await IsOneClick(id, () => desk.Get<ClaimTask>().HandleAsync(viewer, task, null, null, Desk.Ct));
    }

    [Fact]
    public async Task Reviewing()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        var click = await DecisionAsync(desk, Desk.Reviewer, id);

        await IsOneClick(id, click);
    }

    [Fact]
    public async Task Approving_with_all_that_takes_effect()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Reviewed();
        var click = await DecisionAsync(desk, Desk.Approver, id);

        await IsOneClick(id, click);
    }

    [Fact]
    public async Task Taking_back()
    {
        var desk = await Desk.AtAsync(database);
        var (viewer, id) = (await desk.As(Desk.Maker), await desk.WithClearingHouse());

        await IsOneClick(id, () => desk.Get<WithdrawRequest>().HandleAsync(viewer, id, null, null, Desk.Key("back"), Desk.Ct));
    }

    private static async Task<Func<Task<Result<RequestReceipt>>>> DecisionAsync(Desk desk, string email, RequestId id)
    {
        var (viewer, task) = (await desk.As(email), await desk.TaskOf(id));
        var seen = (await desk.Get<ReadTask>().HandleAsync(viewer, task, Desk.Ct)).Value.ContentHash;
        return () => desk.Get<DecideTask>().HandleAsync(viewer, task, new Decision(Decision.Approve, null, null, null, seen), Desk.Key($"decide {task}"), Desk.Ct);
    }

    private async Task IsOneClick(RequestId id, Func<Task<Result<RequestReceipt>>> click)
    {
        // Two connections at hand: opening one is not what is counted.
        await using (await database.Rows.Source.OpenConnectionAsync(Desk.Ct))
        await using (await database.Rows.Source.OpenConnectionAsync(Desk.Ct))
        {
        }

        using var trips = new RoundTrips();
        Desk.IdOf(await click());

        Assert.Equal(2, trips.Count);
        Assert.Equal(1, await database.Rows.ValueAsync<long>(
            """
            SELECT count(DISTINCT x) FROM (
              SELECT r.xmin::text AS x FROM requests.service_request r WHERE r.id = $1
              UNION ALL SELECT e.xmin::text FROM events.event e JOIN requests.service_request r ON r.id = e.request_id AND r.sequence = e.sequence WHERE r.id = $1
              UNION ALL SELECT n.xmin::text FROM notices.notice n JOIN requests.service_request r ON r.id = n.request_id AND r.sequence = n.sequence WHERE r.id = $1
              UNION ALL SELECT t.xmin::text FROM inbox.task t WHERE t.request_id = $1 AND t.is_open
              UNION ALL SELECT d.xmin::text FROM deadlines.deadline d WHERE d.request_id = $1 AND d.state = 'Armed'
                AND NOT EXISTS (SELECT 1 FROM inbox.task t WHERE t.request_id = $1 AND t.is_open AND t.claimed_by IS NOT NULL)
              UNION ALL SELECT g.xmin::text FROM register.entry g WHERE g.request_id = $1
            ) written
            """, id.Value));
    }
}
