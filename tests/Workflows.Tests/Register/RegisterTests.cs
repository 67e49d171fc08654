using System.Text.Json.Nodes;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Tests.Access;
using Xunit;

namespace ClientConnect.Workflows.Tests.Register;

public sealed class RegisterTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase database = new();
    private AccessWorld world = null!;
    private RegisterReader register = null!;
    private ImportEntries import = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        world = await AccessWorld.OnAsync(database);
        register = new RegisterReader(database.Contexts);
        import = new ImportEntries(new ClickConnection(database.Source));
        await Imports(
            Entry("thing", "own-1", AccessWorld.Own, new() { ["size"] = 3 }),
            Entry("thing", "other-1", AccessWorld.Others, new() { ["size"] = 4 }),
            Entry("public-thing", "p-1", null, new() { ["name"] = new JsonObject { ["en"] = "Kite, red" } }));
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_membership_finds_its_own_entries_and_the_public_ones()
    {
        var found = await register.FindAsync(["thing:own-1", "thing:other-1", "public-thing:p-1", "thing:none"], AccessWorld.Own, CancellationToken.None);

        Assert.Equal(["public-thing:p-1", "thing:own-1"], found.Select(e => e.Ref).Order(StringComparer.Ordinal));
        Assert.Equal(3, found.Single(e => e.Key == "own-1").Values["size"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_has_ended_comes_back_with_a_feed_but_not_where_it_was_to_be_there_once()
    {
        await new EndEntries(database.Contexts).HandleAsync("thing", Now.AddDays(1), Now.AddDays(1), CancellationToken.None);
        EntryImport[] again = [Entry("thing", "own-1", AccessWorld.Own, new() { ["size"] = 3 })];

        Assert.Equal(0, (await import.HandleAsync(again, Now.AddDays(2), CancellationToken.None, onlyOnce: true)).Value);
        Assert.Equal(1, (await import.HandleAsync(again, Now.AddDays(2), CancellationToken.None)).Value);
    }

    [Fact]
    public async Task A_participant_is_blind_to_what_is_anothers()
    {
        var maker = await world.ViewerOf("maker@b09001.example");

        Assert.Single(await register.OfKindAsync(maker, "thing", AccessWorld.Own, CancellationToken.None));
        Assert.Empty(await register.OfKindAsync(maker, "thing", AccessWorld.Others, CancellationToken.None));
    }

    [Fact]
    public async Task Taking_in_the_same_feed_twice_changes_nothing_even_at_once()
    {
        var feed = Enumerable.Range(0, 50).Select(n => Entry("thing", $"fed-{n}", AccessWorld.Own, [])).ToArray();

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Imports(feed)));

        Assert.Equal(50, added.Sum());
        Assert.Equal(0, await Imports(feed));
    }

    [Fact]
    public async Task What_a_feed_no_longer_brings_ends_but_what_a_request_brought_stays()
    {
        await database.OwnerRunsAsync("UPDATE register.entry SET request_id = gen_random_uuid() WHERE key = 'own-1'");

        var ended = await new EndEntries(database.Contexts).HandleAsync("thing", Now.AddSeconds(1), Now.AddDays(1), CancellationToken.None);

        Assert.Equal(1, ended.Value);
        Assert.Single(await register.FindAsync(["thing:own-1"], AccessWorld.Own, CancellationToken.None));
        Assert.Equal(1, await Imports(Entry("thing", "other-1", AccessWorld.Others, [])));
    }

    [Fact]
    public async Task Two_entries_of_one_key_cannot_be_in_force_for_one_membership()
    {
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => database.OwnerRunsAsync(
            "INSERT INTO register.entry (id, kind, key, values, valid_from) SELECT gen_random_uuid(), kind, key, values, valid_from FROM register.entry WHERE key = 'p-1'"));

        Assert.Equal("entry_in_force", refused.ConstraintName);
    }

    private async Task<int> Imports(params EntryImport[] entries) => (await import.HandleAsync(entries, Now, CancellationToken.None)).Value;

    private static EntryImport Entry(string kind, string key, MembershipId? membership, JsonObject values) => new(kind, key, membership, null, values);
}
