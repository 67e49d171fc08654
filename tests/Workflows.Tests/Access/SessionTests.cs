using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using Xunit;

namespace ClientConnect.Workflows.Tests.Access;

public sealed class SessionTests : IAsyncLifetime
{
    private const string Maker = "maker@b09001.example";

    private readonly TestDatabase database = new();
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        world = await AccessWorld.OnAsync(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_session_says_who_it_is_and_what_they_may()
    {
        var maker = await world.ViewerOf(Maker);
        var reviewer = await world.ViewerOf("reviewer@clearing.example");

        Assert.True(maker.MayMake("any-eservice", AccessWorld.Own));
        Assert.False(maker.MayCheck("any-eservice", AccessWorld.Own));
        Assert.False(maker.MayMake("any-eservice", AccessWorld.Others));
        Assert.Equal("B09001", Assert.Single(maker.Memberships).ParticipantId);
        Assert.True(reviewer.IsClearingHouse && reviewer.Is(Role.Reviewer) && reviewer.WorksIn("settlement"));
        Assert.Empty(reviewer.Memberships);
    }

    [Fact]
    public async Task A_right_for_another_firms_membership_is_no_right()
    {
        await database.OwnerRunsAsync(
            "INSERT INTO access.user_right (user_id, membership_id, eservice, may_view, may_make, may_check) SELECT id, $1, '*', true, true, true FROM access.user_account WHERE email = $2",
            AccessWorld.Others.Value, Maker);

        var viewer = await world.ViewerOf(Maker);

        Assert.False(viewer.MayView("any-eservice", AccessWorld.Others));
        Assert.DoesNotContain(viewer.Memberships, m => m.Id == AccessWorld.Others);
    }

    [Fact]
    public async Task Half_an_hour_without_a_page_ends_a_session()
    {
        var token = await world.SessionOf(Maker);
        world.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.NotNull(await world.Read(token));
        world.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.NotNull(await world.Read(token));
        world.Clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Null(await world.Read(token));
    }

    [Fact]
    public async Task Twelve_hours_end_a_session_however_busy()
    {
        var token = await world.SessionOf(Maker);
        for (var minutes = 20; minutes < 12 * 60; minutes += 20)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.NotNull(await world.Read(token));
        }

        world.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Null(await world.Read(token));
    }

    [Fact]
    public async Task Reading_pages_writes_at_most_once_a_minute()
    {
        var token = await world.SessionOf(Maker);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.Read(token);
        var written = await RowVersion();
        world.Clock.Advance(TimeSpan.FromSeconds(50));
        await world.Read(token);

        Assert.Equal(written, await RowVersion());

        Task<string?> RowVersion() => database.ValueAsync<string>("SELECT xmin::text FROM access.session");
    }

    [Fact]
    public async Task The_token_itself_is_nowhere_in_the_database()
    {
        var token = await world.SessionOf(Maker);

        Assert.Equal(1, await database.ValueAsync<long>("SELECT count(*) FROM access.session WHERE token_hash = $1", token.Hash));
        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM access.session s WHERE s::text LIKE '%' || $1 || '%'", token.Text));
        Assert.DoesNotContain(token.Text, token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        var token = await world.SessionOf(Maker);
        var viewer = (await world.Viewers.ReadAsync(token, CancellationToken.None))!;

        await world.SignOut.HandleAsync(viewer, Visitor.Unknown, CancellationToken.None);

        Assert.Null(await world.Read(token));
        Assert.Null(await world.Viewers.RecallAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task A_click_remembers_who_it_is_for_five_minutes_and_learns_new_rights_when_asked()
    {
        var token = await world.SessionOf(Maker);
        var before = (await world.Viewers.ReadAsync(token, CancellationToken.None))!;
        await database.OwnerRunsAsync("UPDATE access.user_right SET may_make = false; UPDATE access.user_account SET stamp = stamp + 1");

        Assert.Same(before, await world.Viewers.RecallAsync(token, CancellationToken.None));
        var again = (await world.Viewers.AgainAsync(before, CancellationToken.None))!;
        Assert.Equal(before.Stamp + 1, again.Stamp);
        Assert.False(again.MayMake("any-eservice", AccessWorld.Own));

        await database.OwnerRunsAsync("UPDATE access.session SET ended_at = created_at");
        Assert.Same(again, await world.Viewers.RecallAsync(token, CancellationToken.None));
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await world.Viewers.RecallAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task Ending_the_other_sessions_keeps_the_one_in_use()
    {
        var (one, other) = (await world.SessionOf(Maker), await world.SessionOf(Maker));
        var viewer = (await world.Read(one))!;

        var ended = await world.EndSessions.HandleAsync(viewer, viewer.User, Visitor.Unknown, CancellationToken.None);

        Assert.Equal(1, ended.Value);
        Assert.NotNull(await world.Read(one));
        Assert.Null(await world.Read(other));
    }

    [Fact]
    public async Task Disabling_a_person_ends_all_their_sessions_at_once()
    {
        var token = await world.SessionOf(Maker);
        var maker = (await world.Read(token))!;
        var administrator = await world.ViewerOf("da@b09001.example");

        Assert.False((await world.DisableUser.HandleAsync(administrator, maker.User, Visitor.Unknown, CancellationToken.None)).IsRefused);

        Assert.Null(await world.Read(token));
        Assert.True((await world.Start.HandleAsync(Maker, Visitor.Unknown, CancellationToken.None)).IsRefused);
        Assert.Equal(maker.Stamp + 1, await database.ValueAsync<int>("SELECT stamp FROM access.user_account WHERE email = $1", Maker));
    }

    [Theory]
    [InlineData("da@b09002.example")]
    [InlineData("checker@b09001.example")]
    [InlineData("reviewer@clearing.example")]
    public async Task Nobody_but_their_administrators_can_disable_or_sign_out_a_person(string email)
    {
        var maker = await world.ViewerOf(Maker);
        var viewer = await world.ViewerOf(email);

        Assert.IsType<NothingHere>((await world.DisableUser.HandleAsync(viewer, maker.User, Visitor.Unknown, CancellationToken.None)).Refusal);
        Assert.IsType<NothingHere>((await world.EndSessions.HandleAsync(viewer, maker.User, Visitor.Unknown, CancellationToken.None)).Refusal);
    }

    [Fact]
    public async Task An_administrator_cannot_disable_their_own_account()
    {
        var administrator = await world.ViewerOf("administrator@clearing.example");

        Assert.IsType<OwnAccountCannotBeDisabled>((await world.DisableUser.HandleAsync(administrator, administrator.User, Visitor.Unknown, CancellationToken.None)).Refusal);
    }

    [Fact]
    public async Task A_participant_knows_other_firms_people_by_firm_only()
    {
        var maker = await world.ViewerOf(Maker);
        var reviewer = await world.ViewerOf("reviewer@clearing.example");

        var seen = await world.Directory.PeopleAsync(maker, [maker.User, reviewer.User], CancellationToken.None);
        var known = await world.Directory.PeopleAsync(reviewer, [maker.User], CancellationToken.None);

        Assert.Equal(maker.Name, seen[maker.User].Name);
        Assert.Null(seen[reviewer.User].Name);
        Assert.Equal("Clearing house", seen[reviewer.User].FirmName.En);
        Assert.Equal(maker.Name, known[maker.User].Name);
    }

    [Fact]
    public async Task A_participant_sees_no_other_firm_and_none_of_its_contacts()
    {
        var maker = await world.ViewerOf(Maker);
        var other = (await world.ViewerOf("maker@b09002.example")).Firm;

        Assert.Null(await world.Directory.FirmAsync(maker, other, CancellationToken.None));
        Assert.Empty(await world.Directory.MembershipsAsync(maker, other, CancellationToken.None));
        Assert.Empty(await world.Directory.ContactsAsync(maker, other, CancellationToken.None));
        Assert.Single(await world.Directory.ContactsAsync(maker, maker.Firm, CancellationToken.None));
        Assert.Equal(3, (await world.Directory.FirmsAsync(await world.ViewerOf("auditor@clearing.example"), CancellationToken.None)).Count);
    }
}
