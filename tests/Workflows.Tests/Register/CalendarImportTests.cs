using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Workflows.Tests.Register;

/// <summary>A market's days as files: whole years, checked as days, in and out.</summary>
public sealed class CalendarImportTests : IAsyncLifetime
{
    private const string HongKong = "calendar-hong-kong", Mainland = "calendar-mainland", Head = "date,kind,name,name.zh-Hant,name.zh-Hans,source,verified\n";

    private readonly TestDatabase database = new();
    private CalendarStore calendars = null!;
    private RegisterWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        calendars = new CalendarStore(database.Contexts);
        await calendars.SeedAsync(Directory.GetFiles(Path.Combine(Repository.Workflows, "_shared", "calendar")).Select(f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllText(f))), CancellationToken.None);
        await calendars.RefreshAsync(CancellationToken.None);
        world = await RegisterWorld.OnAsync(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Theory]
    [InlineData(HongKong, Market.HongKong)]
    [InlineData(Mainland, Market.Mainland)]
    public async Task What_was_saved_changes_nothing_when_it_comes_back(string kind, Market market)
    {
        var csv = (await calendars.ExportAsync(world.Supervisor, market, CancellationToken.None))!;
        var before = calendars.Current.Version;

        var preview = await world.Previews((await world.Offers(kind, csv)).Value);
        Assert.Empty(preview.Comparison.Faults);
        Assert.True(preview.Comparison.ChangesNothing);
        Assert.Equal(preview.Comparison.Counts, await world.Takes(kind, csv));
        await calendars.RefreshAsync(CancellationToken.None);
        Assert.Equal(before, calendars.Current.Version);
        Assert.Null(await calendars.ExportAsync(await world.Viewer("maker@b09001.example"), market, CancellationToken.None));
    }

    [Fact]
    public async Task A_file_is_all_days_of_the_years_that_it_names_and_of_no_other()
    {
        var file = Head + "2026-12-24,closed,Long Christmas,,,New list,true\n2026-12-25,closed,Christmas Day,,,New list,true\n2028-01-03,closed,New Year,元旦,元旦,Gazette,no\n";

        var preview = await world.Previews((await world.Offers(HongKong, file)).Value);

        Assert.Equal([(2026, false, 2, 0), (2028, true, 1, 0)], preview.Calendar!.Years.Select(y => (y.Year, y.IsNew, y.Closed, y.HalfDays)));
        Assert.Equal((1, 2), (preview.Counts.Begun, preview.Counts.Changed));
        Assert.All(preview.Comparison.Ends, e => Assert.StartsWith("2026-", e.Key, StringComparison.Ordinal));
        Assert.Equal(("half-day", "closed"), ((string)preview.Comparison.Changes[0].Before!["kind"]!, (string)preview.Comparison.Changes[0].After!["kind"]!));

        await world.Takes(HongKong, file);
        await calendars.RefreshAsync(CancellationToken.None);
        var calendar = calendars.Current;
        Assert.False(calendar.Is(DayKind.Trading, new DateOnly(2026, 12, 24)).Value);
        Assert.True(calendar.Is(DayKind.Trading, new DateOnly(2026, 7, 1)).Value);
        Assert.False(calendar.Is(DayKind.Trading, new DateOnly(2027, 12, 27)).Value);
        Assert.Equal("New Year", calendar.Reasons(DayKind.Trading, new DateOnly(2028, 1, 3)).Single().Name!.En);
        Assert.Equal((true, false), (calendar.IsVerified(DayKind.Trading, new DateOnly(2026, 12, 24)), calendar.IsVerified(DayKind.Trading, new DateOnly(2028, 1, 4))));
        Assert.False(calendar.Is(DayKind.Mainland, new DateOnly(2026, 10, 1)).Value);
    }

    [Fact]
    public async Task Days_at_fault_are_named_and_a_calendar_with_one_is_not_taken_in_whatever_is_said()
    {
        var import = (await world.Offers(HongKong, Head
            + "2026-12-25,closed,Christmas Day,,,List,true\n"
            + "25/12/2026,closed,Christmas Day,,,List,true\n"
            + "2026-02-30,closed,No day,,,List,true\n"
            + "2026-12-27,half-day,Sunday,,,List,true\n"
            + "2026-12-28,shut,Monday,,,List,true\n"
            + "2026-12-29,closed,Tuesday,,,Another list,maybe\n"
            + "2072-12-29,closed,Typed wrong,,,List,true\n"
            + "2026-12-30,closed,,,,List,true\n"
            + "2026-12-31,closed,Once,,,List,true\n2026-12-31,half-day,Twice,,,List,true\n"
            + "2026-11-30,closed,Other source,,,Another list,true\n")).Value;
        var preview = await world.Previews(import);

        Assert.Equal(
            ["3 date not-iso-date", "4 date not-iso-date", "5 date half-day-on-weekend", "6 kind not-one-of", "7 verified not-true-or-false", "8 date year-out-of-range", "9 name required", "10 date key-repeated", "11 date key-repeated", "12 source other-source"],
            preview.Comparison.Faults.Select(f => $"{f.Line} {f.Column} {f.Code}"));
        Assert.Empty(preview.Comparison.Ends);
        Assert.IsType<CalendarHasFaults>((await world.Confirm.HandleAsync(world.Second, import, preview.ContentHash, true, CancellationToken.None)).Refusal);
        Assert.False(await calendars.RefreshAsync(CancellationToken.None));
        Assert.Equal("not-one-of", Assert.Single((await world.Previews((await world.Offers(Mainland, Head + "2026-12-24,half-day,Eve,,,List,true\n")).Value)).Comparison.Faults).Code);
    }

    [Fact]
    public async Task What_has_changed_since_it_was_looked_at_is_looked_at_again()
    {
        const string File = Head + "2027-01-01,closed,New Year,,,List,true\n";
        var import = (await world.Offers(Mainland, File)).Value;
        var seen = (await world.Previews(import)).ContentHash;
        await database.OwnerRunsAsync("UPDATE register.calendar_day SET name = '{\"en\": \"Another\"}' WHERE date = '2026-12-25'");

        Assert.IsType<ImportIsNotAsSeen>((await world.Confirm.HandleAsync(world.Second, import, seen, false, CancellationToken.None)).Refusal);
        seen = (await world.Previews(import)).ContentHash;
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Confirm.HandleAsync(world.Second, import, seen, false, CancellationToken.None)));
        Assert.All(all, a => Assert.Equal(new ImportCounts(1, 0, 0, 0, 0), a.Value));
        Assert.Equal(1, await database.ValueAsync<long>("SELECT count(*) FROM register.calendar_range WHERE market = 'Mainland' AND year = 2027"));
        Assert.Equal(world.Second.User, (await world.Imports.FindAsync(world.Supervisor, import, CancellationToken.None))!.ImportedBy);
    }

    [Fact]
    public async Task Only_a_supervisor_brings_a_calendar()
    {
        foreach (var other in new[] { "reviewer", "administrator", "auditor", "maker@b09001.example" })
        {
            using var file = new MemoryStream("date\n"u8.ToArray());
            Assert.True((await world.Offer.HandleAsync(await world.Viewer(other), HongKong, "file.csv", file, CancellationToken.None)).IsRefused, other);
        }

        Assert.True((await world.Offers("calendar-nowhere", Head)).IsRefused);
    }
}
