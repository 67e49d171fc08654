using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Workflows.Tests.Inbox;

/// <summary>Cutting the inbox, and working through what is left one task after another. Each test has an inbox of its own.</summary>
public sealed class InboxSeriesTests
{
    private const string Reviewer2 = "reviewer2@clearing.example", Both = "both@clearing.example", Supervisor = "supervisor@clearing.example";

    [Fact]
    public async Task A_view_holds_what_its_terms_say_and_counts_the_same()
    {
        await using var database = await AtAsync();
        var desk = database.Desk;
        var (free, mine) = (await desk.WithClearingHouse(), await desk.WithClearingHouse());
        Desk.IdOf(await desk.Claims(Desk.Reviewer, mine));
        var approval = await desk.Reviewed();
        var number = (await desk.Sees(Desk.Reviewer, free))!.Number!;

        await Holds(desk, Desk.Reviewer, new InboxFilter(), free, mine);
        await Holds(desk, Supervisor, new InboxFilter(), free, mine, approval);
        await Holds(desk, Desk.Reviewer, new InboxFilter(UnclaimedOnly: true), free);
        await Holds(desk, Desk.Reviewer, new InboxFilter(MineOnly: true), mine);
        await Holds(desk, Supervisor, new InboxFilter(null, TaskKind.Approval), approval);
        await Holds(desk, Supervisor, new InboxFilter { Search = number[^5..] }, free);
        await Holds(desk, Supervisor, new InboxFilter { Search = "lantau" }, free, mine, approval);
        await Holds(desk, Supervisor, new InboxFilter { Search = "%" });
        await Holds(desk, Supervisor, new InboxFilter { LateOnly = true });
        await Holds(desk, Supervisor, new InboxFilter { Due = DueWithin.Over });
        desk.ClockShows("2026-11-24 09:31");
        await Holds(desk, Supervisor, new InboxFilter { Due = DueWithin.Over }, free, mine, approval);
    }

    [Fact]
    public async Task What_one_may_not_decide_is_passed_over()
    {
        await using var database = await AtAsync();
        var desk = database.Desk;
        var (first, second, third) = (await desk.WithClearingHouse(), await desk.WithClearingHouse(), await desk.WithClearingHouse());
        Desk.IdOf(await desk.Claims(Reviewer2, second));

        var place = await PlaceOf(desk, Desk.Reviewer, first);

        Assert.Equal((1, 3, null, await desk.TaskOf(third)), (place.Number, place.Total, place.Previous, place.Next));
        Assert.Equal(await desk.TaskOf(first), (await PlaceOf(desk, Desk.Reviewer, third)).Previous);
        Assert.Equal(await desk.TaskOf(third), (await PlaceOf(desk, Reviewer2, second)).Next);
    }

    [Fact]
    public async Task What_one_has_claimed_already_comes_first()
    {
        await using var database = await AtAsync();
        var desk = database.Desk;
        await desk.WithClearingHouse();
        var mine = await desk.WithClearingHouse();
        Desk.IdOf(await desk.Claims(Desk.Reviewer, mine));

        var next = await desk.Get<InboxSeries>().NextAsync(await desk.As(Desk.Reviewer), new InboxFilter(), Desk.Ct);

        Assert.Equal(mine, next!.Request);
    }

    [Fact]
    public async Task Of_several_people_who_claim_next_at_once_each_has_another_task()
    {
        await using var database = await AtAsync();
        var desk = database.Desk;
        for (var n = 0; n < 3; n++) await desk.WithClearingHouse();

        var claimed = await Task.WhenAll(new[] { Desk.Reviewer, Reviewer2, Both }.Select(who => ClaimsNext(desk, who)));

        Assert.Equal(3, claimed.Select(c => c.Value).Distinct().Count());
        Assert.IsType<NothingLeftToClaim>((await ClaimsNext(desk, Desk.Reviewer)).Refusal);
    }

    [Fact]
    public async Task Who_only_reads_or_stands_outside_claims_nothing()
    {
        await using var database = await AtAsync();
        var desk = database.Desk;
        await desk.WithClearingHouse();

        foreach (var who in new[] { "auditor@clearing.example", Supervisor, Desk.Checker, Desk.Approver })
        {
            Assert.IsType<NothingLeftToClaim>((await ClaimsNext(desk, who)).Refusal);
        }
    }

    private static async Task Holds(Desk desk, string who, InboxFilter filter, params RequestId[] requests)
    {
        var viewer = await desk.As(who);
        var found = await desk.Get<InboxOf>().HandleAsync(viewer, filter, Desk.Ct);

        Assert.Equal(requests.Select(r => r.Value).Order(), found.Items.Select(t => t.Request.Value).Order());
        Assert.Equal(requests.Length, found.Total);
        Assert.Equal(requests.Length, Assert.Single(await desk.Get<InboxOf>().CountAsync(viewer, [filter], Desk.Ct)));
    }

    private static async Task<PlaceInView> PlaceOf(Desk desk, string who, RequestId request) =>
        await desk.Get<InboxSeries>().PlaceOfAsync(await desk.As(who), new InboxFilter(), await desk.TaskOf(request), Desk.Ct);

    private static async Task<Result<TaskId>> ClaimsNext(Desk desk, string who) => await desk.Get<ClaimNext>().HandleAsync(await desk.As(who), new InboxFilter(), null, Desk.Ct);

    private static async Task<OwnInbox> AtAsync()
    {
        var database = await DeskDatabase.CreateAsync();
        return new OwnInbox(database, await Desk.AtAsync(database, add: s => s.AddSingleton<InboxSeries>().AddSingleton<ClaimNext>()));
    }

    private sealed record OwnInbox(DeskDatabase Database, Desk Desk) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
