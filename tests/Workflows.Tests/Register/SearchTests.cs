using System.Text.Json.Nodes;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Tests.Access;
using Xunit;

namespace ClientConnect.Workflows.Tests.Register;

/// <summary>Looking things up: the clearing house all of it, a participant what is its own or nobody's.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();
    private RegisterWorld world = null!;
    private Viewer maker = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        world = await RegisterWorld.OnAsync(database);
        maker = await world.Viewer("maker@b09001.example");
        await world.Holds("thing", "own-1", AccessWorld.Own, new() { ["size"] = 3, ["colour"] = "deep_red" }, maker.Firm);
        await world.Holds("thing", "own-2", AccessWorld.Own, new() { ["size"] = 5 }, maker.Firm, world.Clock.GetUtcNow().AddDays(2));
        await world.Holds("thing", "other-1", AccessWorld.Others, new() { ["size"] = 4 });
        await world.Holds("public-thing", "p-1", null, new() { ["name"] = new JsonObject { ["en"] = "Kite, red", ["zh-Hant"] = "紅箏" } });
        await world.Holds("firms-thing", "f-1", null, [], maker.Firm);
        await world.Holds("firms-thing", "f-2", null, [], (await world.Viewer("maker@b09002.example")).Firm);
        await world.Holds("house-thing", "h-1", AccessWorld.Own, [], maker.Firm);
        await world.Holds("unnamed-thing", "u-1", AccessWorld.Own, [], maker.Firm);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_participant_counts_and_lists_its_own_and_nobodys()
    {
        Assert.Equal([new KindCount("firms-thing", 1, 0), new KindCount("public-thing", 1, 0), new KindCount("thing", 1, 1)], await world.Search.KindsAsync(maker, CancellationToken.None));
        Assert.Equal(["own-1"], await Keys(maker, "thing"));
        Assert.Equal(["f-1"], await Keys(maker, "firms-thing"));
        Assert.Equal(["p-1"], await Keys(maker, "public-thing"));
        Assert.Null(await world.Search.ListAsync(maker, "house-thing", new RegisterFilter(), CancellationToken.None));
        Assert.Null(await world.Search.ListAsync(maker, "unnamed-thing", new RegisterFilter(), CancellationToken.None));
        Assert.Empty(await Keys(maker, "thing", new RegisterFilter(Membership: AccessWorld.Others)));
        Assert.Empty(await world.Search.FindAsync(maker, "thing", "other-1", null, CancellationToken.None));
        Assert.Empty(await world.Search.FindAsync(maker, "house-thing", "h-1", null, CancellationToken.None));
        Assert.IsType<NothingHere>((await world.Search.ExportAsync(maker, "thing", new RegisterFilter(), CancellationToken.None)).Refusal);
    }

    [Fact]
    public async Task The_clearing_house_sees_all_but_who_has_no_part_in_it_nothing()
    {
        Assert.Equal(
            [new KindCount("firms-thing", 2, 0), new KindCount("house-thing", 1, 0), new KindCount("public-thing", 1, 0), new KindCount("thing", 2, 1)],
            await world.Search.KindsAsync(await world.Viewer("auditor"), CancellationToken.None));
        foreach (var who in new[] { "administrator", "da@b09001.example" })
        {
            var viewer = await world.Viewer(who);
            Assert.Empty(await world.Search.KindsAsync(viewer, CancellationToken.None));
            Assert.Null(await world.Search.ListAsync(viewer, "thing", new RegisterFilter(), CancellationToken.None));
            Assert.Empty(await world.Search.FindAsync(viewer, "thing", "own-1", null, CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_list_is_cut_by_time_membership_and_text_and_comes_in_pages()
    {
        var reviewer = await world.Viewer("reviewer");
        await database.OwnerRunsAsync("UPDATE register.entry SET valid_to = valid_from + interval '1 second', valid_from = valid_from - interval '1 day' WHERE key = 'other-1'");
        Assert.Equal(["other-1", "own-1"], await Keys(reviewer, "thing"));
        world.People.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["own-1"], await Keys(reviewer, "thing"));
        Assert.Equal(["own-2"], await Keys(reviewer, "thing", new RegisterFilter(State: EntryState.ToCome)));
        Assert.Equal(["other-1"], await Keys(reviewer, "thing", new RegisterFilter(State: EntryState.Ended)));
        Assert.Equal(["other-1", "own-1", "own-2"], await Keys(reviewer, "thing", new RegisterFilter(State: null)));
        Assert.Equal(["other-1"], await Keys(reviewer, "thing", new RegisterFilter(State: null, Membership: AccessWorld.Others)));
        Assert.Equal(["own-1"], await Keys(reviewer, "thing", new RegisterFilter("RED")));
        Assert.Equal(["own-1"], await Keys(reviewer, "thing", new RegisterFilter("_re")));
        Assert.Empty(await Keys(reviewer, "thing", new RegisterFilter("%")));
        Assert.Empty(await Keys(reviewer, "thing", new RegisterFilter("colour")));
        Assert.Equal(["p-1"], await Keys(reviewer, "public-thing", new RegisterFilter("紅箏")));

        var second = (await world.Search.ListAsync(reviewer, "thing", new RegisterFilter(State: null, Page: 2, Size: 2), CancellationToken.None))!.Value;
        Assert.Equal((3, "own-2"), (second.Total, second.Items.Single().Entry.Key));
    }

    [Fact]
    public async Task What_a_request_brought_is_found_from_the_request_by_who_may_see_it()
    {
        var request = RequestId.New();
        await database.OwnerRunsAsync("UPDATE register.entry SET request_id = $1, line = 0 WHERE key LIKE 'o%-1'", request.Value);

        Assert.Equal(["own-1"], (await world.Search.OfRequestAsync(maker, request, CancellationToken.None)).Select(e => e.Entry.Key));
        Assert.Equal(2, (await world.Search.OfRequestAsync(await world.Viewer("reviewer"), request, CancellationToken.None)).Count);
    }

    [Theory]
    [InlineData("=2+5", "'=2+5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  -cmd|' /C calc'!A0", "'  -cmd|' /C calc'!A0")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("a \"b\", c", "\"a \"\"b\"\", c\"")]
    [InlineData("plain", "plain")]
    public async Task A_cell_of_an_export_never_runs_as_a_formula(string typed, string cell)
    {
        await world.Holds(RegisterWorld.Typed, "k", AccessWorld.Own, new() { ["note"] = typed });

        var csv = await world.Search.ExportAsync(await world.Viewer("auditor"), RegisterWorld.Typed, new RegisterFilter(), CancellationToken.None);

        Assert.Equal($"membership,key,validFrom,validTo,request,line,note\r\nhkscc-b09001,k,2026-11-23 09:00,,,,{cell}\r\n", csv.Value);
    }

    private async Task<IReadOnlyList<string>> Keys(Viewer viewer, string kind, RegisterFilter? filter = null) =>
        [.. (await world.Search.ListAsync(viewer, kind, filter ?? new RegisterFilter(), CancellationToken.None))!.Value.Items.Select(e => e.Entry.Key)];
}
