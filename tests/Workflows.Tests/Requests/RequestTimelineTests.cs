using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

public sealed class RequestTimelineTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task What_a_firms_checker_writes_to_its_maker_stays_in_the_firm()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        Desk.IdOf(await desk.Decides(Desk.Checker, id, "return"));
        Desk.IdOf(await desk.Submits(Desk.Maker, id));
        Desk.IdOf(await desk.Decides(Desk.Checker, id));

        Assert.Equal("Because.", (await ReturnAsReadBy(desk, Desk.Maker, id)).Reason);
        Assert.Equal("Because.", (await ReturnAsReadBy(desk, "auditor@clearing.example", id)).Reason);
        foreach (var who in new[] { Desk.Reviewer, Desk.Approver, "supervisor@clearing.example" })
        {
            var read = await ReturnAsReadBy(desk, who, id);
            Assert.Null(read.Reason);
            Assert.Null(read.Remarks);
        }
    }

    private static async Task<TimelineEntry> ReturnAsReadBy(Desk desk, string who, RequestId id) =>
        Assert.Single(await desk.Get<RequestTimeline>().OfAsync(await desk.As(who), (await desk.Sees(who, id))!, Desk.Ct), e => e.What == "check.return");
}
