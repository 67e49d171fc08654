using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Yardstick;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Tests.Access;
using Xunit;

namespace ClientConnect.Workflows.Tests.Register;

/// <summary>Files of entries: looked at first, taken in as a whole, once, and nothing else than what was seen.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private const string Head = "membership,key,stock,market,due,quantity\n";

    private readonly TestDatabase database = new();
    private RegisterWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        world = await RegisterWorld.OnAsync(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Looking_changes_nothing_and_confirming_does_what_was_seen()
    {
        await world.Takes(RegisterWorld.Position, Head + "hkscc-b09001,P1,99001,HK,2026-11-25,500\nhkscc-b09001,P2,99002,HK,2026-11-25,100\nhkscc-b09002,P3,99002,HK,2026-11-25,300\n");
        var import = (await world.Offers(RegisterWorld.Position, Head + "hkscc-b09001,P1,99001,HK,2026-11-25,700\nhkscc-b09002,P3,99002,HK,2026-11-25,300\nhkscc-b09002,P4,99003,SH,2026-11-26,10\n")).Value;

        var preview = await world.Previews(import);
        Assert.Equal(new ImportCounts(1, 1, 1, 1, 0), preview.Comparison.Counts);
        Assert.Equal(("P4", "P1", "P2"), (preview.Comparison.Begins[0].Key, preview.Comparison.Changes[0].Key, preview.Comparison.Ends[0].Key));
        Assert.Equal(("500", "700"), (preview.Comparison.Changes[0].Before!["quantity"]!.ToString(), preview.Comparison.Changes[0].After!["quantity"]!.ToString()));
        Assert.Equal(["hkscc-b09001 P1 500", "hkscc-b09001 P2 100", "hkscc-b09002 P3 300"], await world.InForce(RegisterWorld.Position, "quantity"));

        Assert.Equal(preview.Comparison.Counts, (await world.Confirm.HandleAsync(world.Supervisor, import, preview.ContentHash, false, CancellationToken.None)).Value);
        Assert.Equal(["hkscc-b09001 P1 700", "hkscc-b09002 P3 300", "hkscc-b09002 P4 10"], await world.InForce(RegisterWorld.Position, "quantity"));

        var history = await world.Search.FindAsync(world.Supervisor, RegisterWorld.Position, "P1", AccessWorld.Own, CancellationToken.None);
        Assert.Equal([(700, import, EntryState.InForce), (500, history[1].Import!.Value, EntryState.Ended)], history.Select(e => (e.Entry.Values["quantity"]!.GetValue<int>(), e.Import!.Value, e.StateAt(world.Clock.GetUtcNow()))));
        Assert.Equal(import, (await world.Search.FindAsync(world.Supervisor, RegisterWorld.Position, "P2", AccessWorld.Own, CancellationToken.None)).Single().EndedByImport);
        var done = (await world.Imports.FindAsync(world.Supervisor, import, CancellationToken.None))!;
        Assert.Equal((world.Supervisor.User, preview.Comparison.Counts), (done.ImportedBy!.Value, done.Counts));
        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM register.import WHERE content IS NOT NULL"));
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing_and_one_import_is_done_once_even_at_once()
    {
        const string File = Head + "hkscc-b09001,P1,99001,HK,2026-11-25,500\nhkscc-b09002,P3,99002,,2026-11-25,300\n";
        var import = (await world.Offers(RegisterWorld.Position, File)).Value;
        var seen = (await world.Previews(import)).ContentHash;

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.Confirm.HandleAsync(world.Supervisor, import, seen, false, CancellationToken.None)));

        Assert.All(all, a => Assert.Equal(new ImportCounts(2, 0, 0, 0, 0), a.Value));
        Assert.Equal(2, await database.ValueAsync<long>("SELECT count(*) FROM register.entry"));
        var again = await world.Previews((await world.Offers(RegisterWorld.Position, File)).Value);
        Assert.True(again.Comparison.ChangesNothing);
        Assert.Equal(import, again.Before!.Id);
        Assert.Equal(new ImportCounts(0, 0, 0, 2, 0), await world.Takes(RegisterWorld.Position, File));
        Assert.Equal(2, await database.ValueAsync<long>("SELECT count(*) FROM register.entry"));
    }

    [Fact]
    public async Task What_has_changed_since_it_was_looked_at_is_looked_at_again()
    {
        await world.Takes(RegisterWorld.Position, Head + "hkscc-b09001,P1,99001,HK,2026-11-25,500\n");
        var import = (await world.Offers(RegisterWorld.Position, Head + "hkscc-b09001,P1,99001,HK,2026-11-25,700\n")).Value;
        var seen = (await world.Previews(import)).ContentHash;
        await world.Takes(RegisterWorld.Position, Head + "hkscc-b09001,P1,99001,HK,2026-11-25,600\n");

        Assert.IsType<ImportIsNotAsSeen>((await world.Confirm.HandleAsync(world.Supervisor, import, seen, false, CancellationToken.None)).Refusal);
        Assert.Equal(["hkscc-b09001 P1 600"], await world.InForce(RegisterWorld.Position, "quantity"));
        Assert.Equal(1, (await world.Confirm.HandleAsync(world.Supervisor, import, (await world.Previews(import)).ContentHash, false, CancellationToken.None)).Value.Changed);
    }

    [Fact]
    public async Task Faults_are_named_by_line_and_column_and_good_lines_go_in_alone_only_where_somebody_says_so()
    {
        await world.Takes(RegisterWorld.Position, Head + "hkscc-b09001,P0,99001,HK,2026-11-25,500\n");
        var import = (await world.Offers(RegisterWorld.Position, Head
            + "hkscc-b09001,P1,99001,HK,2026-11-25,500\n"
            + "hkscc-nobody,P2,99001,HK,2026-11-25,500\n"
            + "hkscc-b09001,P3,=cmd|' /C calc'!A0,HK,2026-11-25,500\n"
            + "hkscc-b09001,P4,99001,NY,25/11/2026,five\n"
            + "hkscc-b09001,,99001,HK,2026-11-25,500\n"
            + "hkscc-b09001,P5,99001,HK,2026-11-25\n"
            + "hkscc-b09001,P6,999999,HK,2026-11-25,0\n"
            + "hkscc-b09001,P7,99001,HK,2026-11-25,1\nhkscc-b09001,P7,99001,HK,2026-11-25,2\n")).Value;

        var preview = await world.Previews(import);
        Assert.Equal(
            [
                "3 membership unknown-membership", "4 stock formula", "4 stock too-long", "5 due not-iso-date", "5 market not-one-of", "5 quantity not-whole", "6 key required",
                "7  other-cells", "8 quantity too-small", "8 stock too-long", "9 key key-repeated", "10 key key-repeated",
            ],
            preview.Comparison.Faults.OrderBy(f => f.Line).ThenBy(f => f.Column, StringComparer.Ordinal).ThenBy(f => f.Code, StringComparer.Ordinal).Select(f => $"{f.Line} {f.Column} {f.Code}"));
        Assert.Equal(new ImportCounts(1, 0, 0, 0, 8), preview.Comparison.Counts);

        Assert.IsType<ImportHasFaults>((await world.Confirm.HandleAsync(world.Supervisor, import, preview.ContentHash, false, CancellationToken.None)).Refusal);
        Assert.Single(await world.InForce(RegisterWorld.Position, "quantity"));
        Assert.Equal(preview.Comparison.Counts, (await world.Confirm.HandleAsync(world.Supervisor, import, preview.ContentHash, true, CancellationToken.None)).Value);
        Assert.Equal(["hkscc-b09001 P0 500", "hkscc-b09001 P1 500"], await world.InForce(RegisterWorld.Position, "quantity"));
    }

    [Fact]
    public async Task What_a_request_brought_no_file_changes_or_ends()
    {
        await world.Takes(RegisterWorld.Position, Head + "hkscc-b09001,P1,99001,HK,2026-11-25,500\nhkscc-b09001,P2,99001,HK,2026-11-25,500\n");
        await database.OwnerRunsAsync("UPDATE register.entry SET request_id = gen_random_uuid()");

        var preview = await world.Previews((await world.Offers(RegisterWorld.Position, Head + "hkscc-b09001,P1,99001,HK,2026-11-25,700\nhkscc-b09001,P3,99001,HK,2026-11-25,5\n")).Value);
        Assert.Equal("brought-by-request", Assert.Single(preview.Comparison.Faults).Code);
        Assert.Equal(new ImportCounts(1, 0, 0, 0, 1), preview.Comparison.Counts);
        Assert.Equal(new ImportCounts(1, 0, 0, 0, 0), await world.Takes(RegisterWorld.Position, Head + "hkscc-b09001,P3,99001,HK,2026-11-25,5\n"));
        Assert.Equal(3, (await world.InForce(RegisterWorld.Position, "quantity")).Count);
    }

    [Fact]
    public async Task What_a_file_has_no_column_for_stays_and_an_empty_cell_empties()
    {
        await world.Holds(RegisterWorld.Share, "1", null, new JsonObject { ["name"] = new JsonObject { ["en"] = "Kite", ["zh-Hant"] = "風箏" }, ["price"] = 12.50m, ["note"] = "kept", ["eligible"] = true });

        Assert.Equal(new ImportCounts(0, 1, 0, 0, 0), await world.Takes(RegisterWorld.Share, "\uFEFFkey,name,name.zh-Hant,price\r\n1,Kite,風箏,\r\n"));

        var entry = (await world.Search.FindAsync(world.Supervisor, RegisterWorld.Share, "1", null, CancellationToken.None))[0].Entry;
        Assert.Equal("""{"eligible":true,"name":{"en":"Kite","zh-Hant":"風箏"},"note":"kept"}""", CanonicalJson.Text(entry.Values));
        Assert.Equal(new ImportCounts(0, 1, 0, 0, 0), await world.Takes(RegisterWorld.Share, "key,name,name.zh-Hant,price\n1,Kite,風箏,12.500\n"));
        Assert.Equal(new ImportCounts(0, 0, 0, 1, 0), await world.Takes(RegisterWorld.Share, "key,name,name.zh-Hant,price\n1,Kite,風箏,12.5\n"));
    }

    [Fact]
    public async Task An_export_comes_back_as_it_went_out()
    {
        await world.Takes(RegisterWorld.Position, Head + "hkscc-b09001,P1,99001,HK,2026-11-25,500\nhkscc-b09002,P3,99002,,2026-11-25,300\n");
        var csv = (await world.Search.ExportAsync(world.Supervisor, RegisterWorld.Position, new RegisterFilter(), CancellationToken.None)).Value;

        Assert.Equal(new ImportCounts(0, 0, 0, 2, 0), await world.Takes(RegisterWorld.Position, csv));
        await world.Holds(RegisterWorld.Share, "1", null, new JsonObject { ["name"] = new JsonObject { ["en"] = "Kite, red", ["zh-Hant"] = "紅箏", ["zh-Hans"] = "红筝" }, ["price"] = 12.5m, ["eligible"] = true });
        var shares = (await world.Search.ExportAsync(world.Supervisor, RegisterWorld.Share, new RegisterFilter(), CancellationToken.None)).Value;
        Assert.Equal(new ImportCounts(0, 0, 0, 1, 0), await world.Takes(RegisterWorld.Share, shares));
        Assert.Equal("nobodys", (await world.Previews((await world.Offers(RegisterWorld.Share, "membership,key,name\nhkscc-b09001,1,Kite\n")).Value)).Comparison.Faults.Single().Code);
    }

    [Theory]
    [InlineData("key,name,color\n1,a,b\n", typeof(ImportHeaderIsWrong))]
    [InlineData("key\n1\n", typeof(ImportHeaderIsWrong))]
    [InlineData("key,name,name\n1,a,a\n", typeof(ImportHeaderIsWrong))]
    [InlineData("key;name\n1;a\n", typeof(ImportHeaderIsWrong))]
    [InlineData("key,name\n", typeof(ImportHasNoLines))]
    [InlineData("", typeof(ImportHasNoLines))]
    [InlineData("key,name\n1,\"never closed\n2,b\n", typeof(FileIsNotCsv))]
    [InlineData("key,name\n1,a\u0000b\n", typeof(FileIsNotCsv))]
    public async Task What_can_not_be_read_as_a_whole_is_refused_and_not_kept(string text, Type refusal)
    {
        Assert.IsType(refusal, (await world.Offers(RegisterWorld.Share, text)).Refusal);
        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM register.import"));
    }

    [Fact]
    public async Task A_file_of_another_kind_another_encoding_or_too_large_is_refused()
    {
        Assert.IsType<FileIsNotCsv>((await world.Offers(RegisterWorld.Share, "key,name\n1,a\n", "shares.xlsx")).Refusal);
        Assert.IsType<FileIsNotCsv>((await world.OffersBytes(RegisterWorld.Share, Encoding.Unicode.GetBytes("key,name\n1,a\n"))).Refusal);
        Assert.Equal(3, Assert.IsType<FileIsNotCsv>((await world.Offers(RegisterWorld.Share, "key,name\n1,a\n2,b\"c\n")).Refusal).Line);
        Assert.IsType<ImportIsTooLarge>((await world.OffersBytes(RegisterWorld.Share, new byte[(10 * 1024 * 1024) + 1])).Refusal);
        Assert.IsType<ImportIsTooLarge>((await world.Offers(RegisterWorld.Share, "key,name\n" + string.Concat(Enumerable.Range(0, 50_001).Select(n => $"{n},a\n")))).Refusal);
        Assert.IsType<NothingHere>((await world.Offers(RegisterWorld.Typed, "key,name\n1,a\n")).Refusal);
    }

    [Fact]
    public async Task Only_who_may_import_offers_confirms_and_drops_and_others_of_the_clearing_house_see_what_was_done()
    {
        const string File = Head + "hkscc-b09001,P1,99001,HK,2026-11-25,500\n";
        var import = (await world.Offers(RegisterWorld.Position, File)).Value;
        var seen = (await world.Previews(import)).ContentHash;
        foreach (var who in new[] { "reviewer", "auditor", "administrator", "maker@b09001.example" })
        {
            var viewer = await world.Viewer(who);
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(File));
            Assert.IsType<NothingHere>((await world.Offer.HandleAsync(viewer, RegisterWorld.Position, "a.csv", content, CancellationToken.None)).Refusal);
            Assert.IsType<NothingHere>((await world.Confirm.HandleAsync(viewer, import, seen, false, CancellationToken.None)).Refusal);
            Assert.IsType<NothingHere>((await world.Drop.HandleAsync(viewer, import, CancellationToken.None)).Refusal);
            Assert.Equal(who is "reviewer" or "auditor" ? 1 : 0, (await world.Imports.ListAsync(viewer, 1, 10, CancellationToken.None)).Total);
        }

        Assert.False((await world.Drop.HandleAsync(world.Supervisor, import, CancellationToken.None)).IsRefused);
        Assert.IsType<NothingHere>((await world.Confirm.HandleAsync(world.Supervisor, import, seen, false, CancellationToken.None)).Refusal);
        await world.Takes(RegisterWorld.Position, File);
        var done = (await world.Imports.ListAsync(world.Supervisor, 1, 10, CancellationToken.None)).Items.Single();
        Assert.IsType<ImportIsDone>((await world.Drop.HandleAsync(world.Supervisor, done.Id, CancellationToken.None)).Refusal);
    }

    /// <summary>The count that the market has in a day, many times over: no line of it asks the database for itself.</summary>
    [Fact]
    public async Task Ten_thousand_positions_take_as_many_statements_as_ten()
    {
        var ten = await Statements(10, 100);
        Assert.Equal(ten, await Statements(10_000, 200));

        Assert.Equal(new ImportCounts(1_000, 0, 1_000, 9_000, 0), await world.Takes(RegisterWorld.Position, File(1_000, 10_000, 200)));
        Assert.Equal(new ImportCounts(0, 10_000, 0, 0, 0), await world.Takes(RegisterWorld.Position, File(1_000, 10_000, 300)));

        async Task<int> Statements(int count, int quantity)
        {
            await world.Takes(RegisterWorld.Position, File(0, 5, 1));
            using var trips = new RoundTrips();
            Assert.Equal(new ImportCounts(count - 5, 5, 0, 0, 0), await world.Takes(RegisterWorld.Position, File(0, count, quantity)));
            return trips.Statements.Count;
        }

        static string File(int first, int count, int quantity) =>
            Head + string.Concat(Enumerable.Range(first, count).Select(n => $"hkscc-b0900{(n % 2) + 1},P{n:00000},99001,HK,2026-11-25,{quantity}\n"));
    }
}
