using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Tests.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Workflows.Tests.Inbox;

public sealed class SavedViewsTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    private const string Reviewer2 = "reviewer2@clearing.example", Supervisor = "supervisor@clearing.example", Team = "settlement";

    private static readonly InboxFilter Unclaimed = new(UnclaimedOnly: true);

    [Fact]
    public async Task A_view_is_there_on_every_device_with_its_count_and_nobody_else_sees_it()
    {
        var desk = await AtAsync();
        var id = await desk.WithClearingHouse();
        var filter = new InboxFilter(null, TaskKind.Review) { Search = (await desk.Sees(Desk.Reviewer, id))!.Number };

        Assert.False((await Saves(desk, Desk.Reviewer, "  My   own ", filter)).IsRefused);

        var view = Assert.Single(await SeenBy(desk, Desk.Reviewer), v => v.Name == "My own");
        Assert.Equal((filter, 1, null, true), (view.Filter, view.Count, view.Team, view.MayRemove));
        Assert.DoesNotContain(await SeenBy(desk, Reviewer2), v => v.Name == "My own");
        Assert.DoesNotContain(await SeenBy(desk, Supervisor), v => v.Name == "My own");
    }

    [Fact]
    public async Task Saving_under_a_name_that_is_there_replaces_what_it_meant()
    {
        var desk = await AtAsync();
        var first = await Saves(desk, Desk.Approver, "Today", Unclaimed);

        var second = await Saves(desk, Desk.Approver, "Today", new InboxFilter { Due = DueWithin.Today });

        Assert.Equal(first.Value, second.Value);
        Assert.Equal(DueWithin.Today, Assert.Single(await SeenBy(desk, Desk.Approver), v => v.Name == "Today").Filter.Due);
    }

    [Fact]
    public async Task A_teams_view_is_seen_by_its_people_and_changed_by_whoever_saved_it_or_a_supervisor()
    {
        var desk = await AtAsync();
        var id = (await Saves(desk, Desk.Reviewer, "Ours", Unclaimed, Team)).Value;

        Assert.False(Assert.Single(await SeenBy(desk, Reviewer2), v => v.Id == id).MayRemove);
        Assert.DoesNotContain(await SeenBy(desk, "margin@clearing.example"), v => v.Id == id);
        Assert.IsType<NotYoursToDo>((await Saves(desk, Reviewer2, "Ours", new InboxFilter(), Team)).Refusal);
        Assert.IsType<NotYoursToDo>((await Removes(desk, Reviewer2, id)).Refusal);
        Assert.False((await Removes(desk, Supervisor, id)).IsRefused);
        Assert.DoesNotContain(await SeenBy(desk, Desk.Reviewer), v => v.Id == id);
    }

    [Fact]
    public async Task Only_a_team_that_one_works_in_can_be_shared_with()
    {
        var desk = await AtAsync();

        Assert.Equal("team", Assert.Single((await Saves(desk, "margin@clearing.example", "Theirs", Unclaimed, Team)).Refusal.Fields).Path);
        Assert.Equal("team", Assert.Single((await Saves(desk, Desk.Checker, "Theirs", Unclaimed, Team)).Refusal.Fields).Path);
        Assert.Equal("team", Assert.Single((await Saves(desk, Desk.Reviewer, "Theirs", Unclaimed, "no such team")).Refusal.Fields).Path);
    }

    [Theory]
    [InlineData("", "required")]
    [InlineData("   ", "required")]
    [InlineData("a name that is far longer than any that could stand beside a list", "too-long")]
    public async Task A_view_has_a_name_that_can_stand_beside_the_list(string name, string fault)
    {
        var desk = await AtAsync();

        Assert.Equal(fault, Assert.Single((await Saves(desk, Desk.Reviewer, name, Unclaimed)).Refusal.Fields).Code);
    }

    [Fact]
    public async Task Nobody_keeps_more_views_than_they_can_find_their_way_in()
    {
        var desk = await AtAsync();
        for (var n = 1; n <= 30; n++) Assert.False((await Saves(desk, Desk.Checker, $"View {n}", Unclaimed)).IsRefused);

        Assert.IsType<TooManyViews>((await Saves(desk, Desk.Checker, "View 31", Unclaimed)).Refusal);
        Assert.False((await Saves(desk, Desk.Checker, "View 30", new InboxFilter())).IsRefused);
    }

    [Fact]
    public async Task What_is_not_ones_own_does_not_exist()
    {
        var desk = await AtAsync();
        var id = (await Saves(desk, Reviewer2, "Private", Unclaimed)).Value;

        Assert.IsType<NothingHere>((await Removes(desk, Desk.Reviewer, id)).Refusal);
        Assert.IsType<NothingHere>((await Removes(desk, "maker@b09002.example", id)).Refusal);
        Assert.False((await Removes(desk, Reviewer2, id)).IsRefused);
        Assert.IsType<NothingHere>((await Removes(desk, Reviewer2, id)).Refusal);
    }

    private Task<Desk> AtAsync() => Desk.AtAsync(database, add: s => s.AddSingleton<SavedViews>().AddSingleton<SaveView>().AddSingleton<RemoveView>());

    private static async Task<Result<Guid>> Saves(Desk desk, string who, string name, InboxFilter filter, string? team = null) =>
        await desk.Get<SaveView>().HandleAsync(await desk.As(who), name, filter, team, Desk.Ct);

    private static async Task<Result<Done>> Removes(Desk desk, string who, Guid id) => await desk.Get<RemoveView>().HandleAsync(await desk.As(who), id, Desk.Ct);

    private static async Task<IReadOnlyList<SavedView>> SeenBy(Desk desk, string who) => await desk.Get<SavedViews>().OfAsync(await desk.As(who), Desk.Ct);
}
