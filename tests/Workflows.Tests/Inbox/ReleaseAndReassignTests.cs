using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Inbox;

public sealed class ReleaseAndReassignTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    private const string Supervisor = "supervisor@clearing.example";
    private const string Reviewer2 = "reviewer2@clearing.example";

    [Theory]
    [InlineData(Desk.Reviewer)]
    [InlineData(Supervisor)]
    public async Task Given_back_it_is_there_for_others(string who)
    {
        var desk = await Desk.AtAsync(database);
        var id = await ClaimedAsync(desk);

        Desk.IdOf(await Releases(desk, who, id));

        Assert.False((await desk.Claims(Reviewer2, id)).IsRefused);
    }

    [Fact]
    public async Task Nobody_gives_back_what_somebody_else_has()
    {
        var desk = await Desk.AtAsync(database);
        var id = await ClaimedAsync(desk);

        await desk.Refused<NotYoursToDo>(() => Releases(desk, Reviewer2, id));
        await desk.Refused<NothingHere>(() => Releases(desk, Desk.Maker, id));
    }

    [Fact]
    public async Task Giving_back_twice_is_harmless()
    {
        var desk = await Desk.AtAsync(database);
        var id = await ClaimedAsync(desk);
        Desk.IdOf(await Releases(desk, Desk.Reviewer, id));

        await desk.Refused<NotYoursToDo>(() => Releases(desk, Desk.Reviewer, id));
    }

    [Fact]
    public async Task A_supervisor_gives_it_to_somebody_else_who_then_has_it()
    {
        var desk = await Desk.AtAsync(database);
        var id = await ClaimedAsync(desk);

        Desk.IdOf(await Reassigns(desk, Supervisor, id, Reviewer2));

        Assert.False((await desk.Decides(Reviewer2, id)).IsRefused);
    }

    [Fact]
    public async Task Only_a_supervisor_gives_work_to_others()
    {
        var desk = await Desk.AtAsync(database);
        var id = await ClaimedAsync(desk);

        await desk.Refused<NotYoursToDo>(() => Reassigns(desk, Desk.Reviewer, id, Reviewer2));
        await desk.Refused<NotYoursToDo>(() => Reassigns(desk, Desk.Maker, id, Reviewer2));
    }

    [Theory]
    [InlineData(Desk.Approver)]
    [InlineData(Desk.Maker)]
    [InlineData("margin@clearing.example")]
    [InlineData("nobody@clearing.example")]
    public async Task It_is_given_only_to_people_who_could_do_it(string to)
    {
        var desk = await Desk.AtAsync(database);
        var id = await ClaimedAsync(desk);

        await desk.Refused<NotAPersonForThis>(() => Reassigns(desk, Supervisor, id, to));
    }

    [Fact]
    public async Task It_is_not_given_to_somebody_who_has_played_another_part()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        Desk.IdOf(await desk.Decides("both@clearing.example", id));

        await desk.Refused<SamePersonOnBothSides>(() => Reassigns(desk, Supervisor, id, "both@clearing.example"));
    }

    private static async Task<RequestId> ClaimedAsync(Desk desk)
    {
        var id = await desk.WithClearingHouse();
        Desk.IdOf(await desk.Claims(Desk.Reviewer, id));
        return id;
    }

    private static async Task<Result<RequestReceipt>> Releases(Desk desk, string who, RequestId id) =>
        await desk.Get<ReleaseTask>().HandleAsync(await desk.As(who), await desk.TaskOf(id), null, null, Desk.Ct);

    private static async Task<Result<RequestReceipt>> Reassigns(Desk desk, string who, RequestId id, string to) =>
        await desk.Get<ReassignTask>().HandleAsync(await desk.As(who), await desk.TaskOf(id), to, null, null, Desk.Ct);
}
