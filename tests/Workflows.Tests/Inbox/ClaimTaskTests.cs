using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Inbox;

public sealed class ClaimTaskTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task The_first_reviewers_claim_begins_the_processing()
    {
        var desk = await Desk.AtAsync(database);

        Assert.Equal("processing", (await desk.Claims(Desk.Reviewer, await desk.WithClearingHouse())).Value.Status);
    }

    [Fact]
    public async Task An_approvers_claim_leaves_the_status()
    {
        var desk = await Desk.AtAsync(database);

        Assert.Equal("pendingHkexApproval", (await desk.Claims(Desk.Approver, await desk.Reviewed())).Value.Status);
    }

    [Fact]
    public async Task Claiming_again_what_one_has_changes_nothing()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        var first = (await desk.Claims(Desk.Reviewer, id)).Value;
        var rows = await desk.AllRowsAsync();

        Assert.Equal(first, (await desk.Claims(Desk.Reviewer, id)).Value);
        Assert.Equal(rows, await desk.AllRowsAsync());
    }

    [Fact]
    public async Task Of_many_reviewers_at_the_same_moment_one_has_it()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();

        var claims = await Task.WhenAll(new[] { Desk.Reviewer, "reviewer2@clearing.example", "both@clearing.example" }.Select(r => desk.Claims(r, id)));

        Assert.Single(claims, c => !c.IsRefused);
        Assert.All(claims.Where(c => c.IsRefused), c => Assert.IsType<SomebodyElseHasClaimedIt>(c.Refusal));
    }

    [Fact]
    public async Task A_participants_task_is_not_claimed()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();

        await desk.Refused<NotYoursToDo>(() => desk.Claims(Desk.Checker, id));
    }

    [Fact]
    public async Task Who_has_reviewed_cannot_take_up_the_approval()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        Desk.IdOf(await desk.Decides("both@clearing.example", id));

        await desk.Refused<SamePersonOnBothSides>(() => desk.Claims("both@clearing.example", id));
    }

    [Theory]
    [InlineData(Desk.Approver)]
    [InlineData("margin@clearing.example")]
    [InlineData("supervisor@clearing.example")]
    [InlineData("auditor@clearing.example")]
    public async Task Other_roles_and_other_teams_cannot(string who)
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();

        await desk.Refused<NotYoursToDo>(() => desk.Claims(who, id));
    }

    [Theory]
    [InlineData(Desk.Maker)]
    [InlineData("checker@b09002.example")]
    [InlineData("administrator@clearing.example")]
    public async Task For_everybody_else_the_task_is_not_there(string who)
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();

        await desk.Refused<NothingHere>(() => desk.Claims(who, id));
    }

    [Fact]
    public async Task A_task_that_vanished_with_its_request_is_closed()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        Desk.IdOf(await desk.Withdraws(Desk.Maker, id));

        await desk.Refused<TaskIsClosed>(() => desk.Claims(Desk.Reviewer, id));
    }
}
