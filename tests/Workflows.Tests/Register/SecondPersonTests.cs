using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using Npgsql;

namespace ClientConnect.Workflows.Tests.Register;

/// <summary>A calendar moves the deadlines of every firm: who offers it does not confirm it, and a second person is asked.</summary>
public sealed class SecondPersonTests : IAsyncLifetime
{
    private const string Mainland = "calendar-mainland", Second = "supervisor2@clearing.example", Author = "supervisor@clearing.example";
    private const string NewYear = "date,kind,name,source,verified\n2027-01-01,closed,New Year,State Council,true\n";

    private static readonly ImportCounts OneDay = new(1, 0, 0, 0, 0);

    private readonly TestDatabase database = new();
    private RegisterWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        var calendars = new CalendarStore(database.Contexts);
        await calendars.SeedAsync(Directory.GetFiles(Path.Combine(Repository.Workflows, "_shared", "calendar")).Select(f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllText(f))), Ct);
        world = await RegisterWorld.OnAsync(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Who_offered_it_is_refused_and_a_second_person_confirms_it_once()
    {
        var (import, seen) = await Offered();

        var refusal = (await Confirms(world.Supervisor, import, seen)).Refusal;
        Assert.Equal((typeof(YouOfferedTheCalendar), RefusalKind.NotAllowed), (refusal.GetType(), refusal.Kind));
        Assert.IsType<YouOfferedTheCalendar>((await Confirms(world.Supervisor, import, "another")).Refusal);
        Assert.Equal(0, await Known());

        for (var press = 0; press < 2; press++) Assert.Equal(OneDay, (await Confirms(world.Second, import, seen)).Value);

        Assert.Equal(1, await Known());
        Assert.IsType<YouOfferedTheCalendar>((await Confirms(world.Supervisor, import, seen)).Refusal);
        var done = (await world.Imports.FindAsync(world.Supervisor, import, Ct))!;
        Assert.Equal((world.Supervisor.User, world.Second.User), (done.OfferedBy, done.ImportedBy!.Value));
    }

    [Fact]
    public async Task The_database_holds_it_whoever_writes()
    {
        var (import, _) = await Offered();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.OwnerRunsAsync("UPDATE register.import SET imported_by = offered_by, imported_at = now(), content = NULL WHERE id = $1", import));

        Assert.Equal("import_of_calendar_by_two", refused.ConstraintName);
    }

    [Fact]
    public async Task Both_at_once_are_one_refused_and_one_done()
    {
        var (import, seen) = await Offered();

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Confirms(i % 2 == 0 ? world.Supervisor : world.Second, import, seen)));

        Assert.All(all.Where((_, i) => i % 2 == 0), a => Assert.IsType<YouOfferedTheCalendar>(a.Refusal));
        Assert.All(all.Where((_, i) => i % 2 == 1), a => Assert.Equal(OneDay, a.Value));
        Assert.Equal([$"calendars/confirmed {Author}", $"calendars/waits {Second}"], await Told());
    }

    [Fact]
    public async Task The_author_looks_and_is_told_why_not_and_who_could()
    {
        var (import, _) = await Offered();

        var (author, second) = ((await world.Imports.PreviewAsync(world.Supervisor, import, Ct)).Value, (await world.Imports.PreviewAsync(world.Second, import, Ct)).Value);

        Assert.Equal((OneDay, OneDay), (author.Counts, second.Counts));
        Assert.IsType<YouOfferedTheCalendar>(author.WhyNot);
        Assert.Equal([$"Name of {Second}"], author.Others);
        Assert.Null(second.WhyNot);
        Assert.Empty(second.Others);
        Assert.Equal(import, Assert.Single(await world.Imports.WaitingCalendarsAsync(await world.Viewer("auditor"), Ct)).Id);
        Assert.Empty(await world.Imports.WaitingCalendarsAsync(await world.Viewer("maker@b09001.example"), Ct));
    }

    [Fact]
    public async Task What_its_author_has_thrown_away_meanwhile_is_not_there_and_nobody_is_told_what_they_did()
    {
        var (import, seen) = await Offered();

        Assert.False((await world.Drop.HandleAsync(world.Supervisor, import, Ct)).IsRefused);

        Assert.IsType<NothingHere>((await Confirms(world.Second, import, seen)).Refusal);
        Assert.IsType<NothingHere>((await world.Drop.HandleAsync(world.Second, import, Ct)).Refusal);
        Assert.Equal([$"calendars/waits {Second}"], await Told());
        // What was told of it leads nowhere and waits for nobody.
        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM notices.notice WHERE import_id IS NOT NULL OR read_at IS NULL"));
    }

    [Fact]
    public async Task That_a_second_person_has_thrown_it_away_is_told_to_who_offered_it()
    {
        var (import, _) = await Offered();

        Assert.False((await world.Drop.HandleAsync(world.Second, import, Ct)).IsRefused);

        Assert.Equal([$"calendars/dropped {Author}", $"calendars/waits {Second}"], await Told());
        Assert.Equal("https://portal.example/register/imports", await database.ValueAsync<string>("SELECT model->'calendar'->>'url' FROM notices.notice WHERE template = 'calendars/dropped'"));
    }

    [Fact]
    public async Task Of_confirming_it_and_throwing_it_away_at_once_one_counts()
    {
        for (var round = 0; round < 5; round++)
        {
            var import = (await world.Offers(Mainland, $"date,kind,name,source,verified\n{2027 + round}-01-01,closed,New Year,State Council,true\n")).Value;
            var seen = (await world.Previews(import)).ContentHash;

            var (dropping, confirming) = (world.Drop.HandleAsync(world.Supervisor, import, Ct), Confirms(world.Second, import, seen));
            await Task.WhenAll(dropping, confirming);

            var (dropped, confirmed) = (await dropping, await confirming);
            Assert.NotEqual(dropped.IsRefused, confirmed.IsRefused);
            if (dropped.IsRefused) Assert.IsType<ImportIsDone>(dropped.Refusal);
            else Assert.IsType<NothingHere>(confirmed.Refusal);
        }
    }

    [Fact]
    public async Task Whoever_could_confirm_it_is_told_in_the_own_language_and_of_nothing_that_nobody_can_confirm()
    {
        await database.OwnerRunsAsync("UPDATE access.user_account SET language = 'zh-Hant' WHERE email = $1", Second);

        await world.Offers(Mainland, NewYear + "2027-02-30,closed,No day,State Council,true\n");
        await world.Takes(RegisterWorld.Share, "key,name\n1,One\n");
        Assert.Empty(await Told());
        var (import, seen) = await Offered();
        Assert.Equal(
            $"zh-Hant Name of {Author} Mainland https://portal.example/register/imports/{import}",
            await database.ValueAsync<string>("SELECT concat_ws(' ', language, model->'calendar'->>'by', model->'calendar'->>'market', model->'calendar'->>'url') FROM notices.notice"));

        await Confirms(world.Second, import, seen);
        var told = (await Told()).Count;
        await world.Offers(Mainland, NewYear);
        await database.OwnerRunsAsync("UPDATE access.user_account SET is_disabled = true WHERE email = $1", Second);
        var alone = (await world.Offers(Mainland, NewYear.Replace("2027", "2028", StringComparison.Ordinal))).Value;

        Assert.Equal(told, (await Told()).Count);
        Assert.Empty((await world.Imports.PreviewAsync(world.Supervisor, alone, Ct)).Value.Others);
    }

    [Fact]
    public async Task It_is_kept_for_two_weeks_and_entries_for_two_days()
    {
        var (calendar, _) = await Offered();
        var entries = (await world.Offers(RegisterWorld.Share, "key,name\n1,One\n")).Value;

        world.People.Clock.Advance(TimeSpan.FromDays(13));
        await world.Offers(RegisterWorld.Share, "key,name\n2,Two\n");
        Assert.NotNull(await world.Imports.FindAsync(world.Supervisor, calendar, Ct));
        Assert.Null(await world.Imports.FindAsync(world.Supervisor, entries, Ct));

        world.People.Clock.Advance(TimeSpan.FromDays(2));
        await world.Offers(RegisterWorld.Share, "key,name\n3,Three\n");
        Assert.Null(await world.Imports.FindAsync(world.Supervisor, calendar, Ct));
        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM notices.notice WHERE import_id IS NOT NULL"));
    }

    [Theory]
    [InlineData("reviewer")]
    [InlineData("administrator")]
    [InlineData("auditor")]
    [InlineData("maker@b09001.example")]
    public async Task Who_may_not_import_is_no_second_person(string who)
    {
        var (import, seen) = await Offered();
        var viewer = await world.Viewer(who);

        Assert.IsType<NothingHere>((await Confirms(viewer, import, seen)).Refusal);
        Assert.IsType<NothingHere>((await world.Drop.HandleAsync(viewer, import, Ct)).Refusal);
        Assert.True((await world.Imports.PreviewAsync(viewer, import, Ct)).IsRefused);
        Assert.Equal(0, await Known());
        Assert.DoesNotContain(await Told(), t => t.EndsWith(who, StringComparison.Ordinal));
    }

    private async Task<(Guid Import, string Seen)> Offered()
    {
        var import = (await world.Offers(Mainland, NewYear)).Value;
        return (import, (await world.Imports.PreviewAsync(world.Second, import, Ct)).Value.ContentHash);
    }

    private Task<Result<ImportCounts>> Confirms(Viewer viewer, Guid import, string seen) => world.Confirm.HandleAsync(viewer, import, seen, false, Ct);

    private Task<long> Known() => database.ValueAsync<long>("SELECT count(*) FROM register.calendar_range WHERE market = 'Mainland' AND year = 2027");

    private async Task<IReadOnlyList<string>> Told() =>
        (await database.ValueAsync<string[]>("SELECT coalesce(array_agg(template || ' ' || email ORDER BY template, email), ARRAY[]::text[]) FROM notices.notice"))!;
}
