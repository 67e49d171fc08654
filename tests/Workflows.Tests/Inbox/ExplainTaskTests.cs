using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Workflows.Tests.Inbox;

/// <summary>"Why not me?": what is said before is what happens on trying, and who is named as able is able.</summary>
public sealed class ExplainTaskTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    private const string Both = "both@clearing.example";

    private static readonly string[] Everybody =
    [
        Desk.Maker, Desk.Checker, "checker2@b09001.example", "both@b09001.example", "reader@b09001.example", "elsewhere@b09001.example", "checker@b09002.example",
        Desk.Reviewer, "reviewer2@clearing.example", Desk.Approver, "approver2@clearing.example", Both, "supervisor@clearing.example", "auditor@clearing.example", "margin@clearing.example",
    ];

    [Theory]
    [InlineData("check")]
    [InlineData("review")]
    [InlineData("approval")]
    public async Task Who_is_said_to_be_able_is_exactly_who_could_decide(string step)
    {
        var desk = await AtAsync();
        var id = await WaitingFor(desk, step);
        var onlooker = await ReadBy(desk, step == "check" ? Desk.Checker : Desk.Reviewer, id) ?? throw new InvalidOperationException("The task is not to be seen.");

        var said = (await Explains(desk, step == "check" ? Desk.Checker : Desk.Reviewer, onlooker)).Able.Select(p => p.Email).Order().ToList();

        var could = new List<string>();
        foreach (var who in Everybody)
        {
            if (await ReadBy(desk, who, id) is { WhyNot: null }) could.Add(who);
        }

        Assert.Equal(could.Order(), said);
        Assert.NotEmpty(said);
    }

    [Fact]
    public async Task Who_played_another_part_reads_when_and_in_which_round()
    {
        var desk = await AtAsync();
        var id = await desk.WithClearingHouse();
        Desk.IdOf(await desk.Decides(Both, id));

        var explanation = await Explains(desk, Both, (await ReadBy(desk, Both, id))!);

        Assert.Equal(Part.Review, Assert.IsType<SamePersonOnBothSides>(explanation.WhyNot).Played);
        var played = Assert.Single(explanation.Played);
        Assert.Equal((Part.Review, 1), (played.Part, played.Round));
        var timeline = await desk.Get<RequestTimeline>().OfAsync(await desk.As(Both), (await desk.Sees(Both, id))!, Desk.Ct);
        Assert.Equal(Assert.Single(timeline, e => e.What == "review.approve").At, played.At);
    }

    [Fact]
    public async Task Who_merely_is_not_of_the_role_reads_no_facts_about_themselves()
    {
        var desk = await AtAsync();
        var id = await desk.WithClearingHouse();

        var explanation = await Explains(desk, Desk.Approver, (await ReadBy(desk, Desk.Approver, id))!);

        Assert.IsType<NotYoursToDo>(explanation.WhyNot);
        Assert.Empty(explanation.Played);
        Assert.DoesNotContain(explanation.Able, p => p.Email is Desk.Approver or "margin@clearing.example");
    }

    [Fact]
    public async Task A_supervisor_sees_who_has_how_much_and_what_hardly_anybody_can_decide()
    {
        await using var own = new OwnDatabase(await DeskDatabase.CreateAsync());
        var desk = await Desk.AtAsync(own.Database, add: Services);
        var id = await desk.WithClearingHouse();
        Desk.IdOf(await desk.Claims(Desk.Reviewer, id));
        await desk.WithClearingHouse();
        await own.Database.Rows.OwnerRunsAsync("UPDATE access.user_account SET is_disabled = true WHERE email IN ('reviewer2@clearing.example', 'both@clearing.example')");

        var (people, thin) = await desk.Get<TeamWork>().OfAsync(await desk.As("supervisor@clearing.example"), Desk.Ct);

        Assert.Equal(new (string?, int)[] { (null, 1), ("Name of reviewer@clearing.example", 1) }, people.Select(p => (p.Name, p.Tasks)).ToArray());
        Assert.All(thin, t => Assert.Equal(1, t.Able));
        Assert.Equal(2, thin.Count);
        Assert.Empty((await desk.Get<TeamWork>().OfAsync(await desk.As(Desk.Approver), Desk.Ct)).People);
    }

    private Task<Desk> AtAsync() => Desk.AtAsync(database, add: Services);

    private static void Services(IServiceCollection services) => services.AddSingleton<AblePeople>().AddSingleton<ExplainTask>().AddSingleton<TeamWork>();

    private static Task<RequestId> WaitingFor(Desk desk, string step) => step switch
    {
        "check" => desk.WithChecker(),
        "review" => desk.WithClearingHouse(),
        _ => desk.Reviewed(),
    };

    private static async Task<TaskContent?> ReadBy(Desk desk, string who, RequestId id)
    {
        var read = await desk.Get<ReadTask>().HandleAsync(await desk.As(who), await desk.TaskOf(id), Desk.Ct);
        return read.IsRefused ? null : read.Value;
    }

    private static async Task<TaskExplanation> Explains(Desk desk, string who, TaskContent content) => await desk.Get<ExplainTask>().HandleAsync(await desk.As(who), content, Desk.Ct);

    private sealed record OwnDatabase(DeskDatabase Database) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
