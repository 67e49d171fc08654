using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Workflows.Tests.Deadlines;

/// <summary>Open deadlines move with the calendar: by their rules, as they were shown, once, and whoever is concerned is told.</summary>
public sealed class CalendarMovesTests : IAsyncLifetime
{
    private const string Supervisor = "supervisor@clearing.example", Second = "approver2@clearing.example";

    private DeskDatabase database = null!;
    private Desk desk = null!;

    // What the firms fell short of on Friday is bought in on Tuesday, for Monday is closed; the cut-off is Friday's.
    public async ValueTask InitializeAsync()
    {
        database = await DeskDatabase.CreateAsync();
        await database.Rows.OwnerRunsAsync("UPDATE register.entry SET values = jsonb_set(values, '{settlementDate}', '\"2026-11-20\"') WHERE kind = 'short-position'");
        await database.Rows.OwnerRunsAsync("INSERT INTO register.calendar_day (market, date, kind, name, source, verified) VALUES ('HongKong', '2026-11-23', 'Holiday', '{\"en\": \"Day of mourning\"}', 'Gazette', true)");
        await database.Rows.OwnerRunsAsync("INSERT INTO access.user_role (id, user_id, role) SELECT gen_random_uuid(), id, 'Supervisor' FROM access.user_account WHERE email = $1", Second);
        desk = await Desk.AtAsync(database, "2026-11-20 10:00", Add);
    }

    private static void Add(IServiceCollection services) => services
        .AddSingleton<CalendarMovesOf>().AddSingleton<ICalendarMoves>(all => all.GetRequiredService<CalendarMovesOf>()).AddSingleton<CalendarDesk>().AddSingleton<ImportDeeds>().AddSingleton<IImportNotices, ImportNotices>().AddSingleton<ImportDesk>().AddSingleton<OfferImport>().AddSingleton<ConfirmImport>().AddSingleton<RegisterImports>()
        .AddSingleton<FirmDirectory>().AddSingleton<IRegisterKinds, NoKinds>();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task An_open_deadline_moves_with_its_rows_its_work_and_its_plan_and_they_are_told()
    {
        var (id, other) = (await desk.WithChecker(Answers()), await desk.WithClearingHouse(Answers()));
        var before = await Armed(other);
        Assert.Equal("2026-11-20 19:00", await Moment(id, "CutOff"));

        var import = await Offers(With());
        var preview = await Looks(import);

        var moved = Assert.Single(preview.Calendar!.Moved);
        Assert.Equal((id, "2026-11-20 19:00", "2026-11-23 19:00", false), (moved.Request, Shown(moved.From), Shown(moved.To), moved.PassesAtOnce));
        Assert.Equal((null, null, "Cut-off"), (moved.Number, moved.Firm, moved.Deadline.En));
        Assert.Equal("2026-11-20 19:00", await Moment(id, "CutOff"));

        var counts = await Confirms(import, preview.ContentHash);
        Assert.Equal((1, 1), (counts.Value.Ended, counts.Value.Moved));
        Assert.Equal(("2026-11-23 19:00", "2026-11-23 18:45", "2026-11-24 09:00"), (await Moment(id, "CutOff"), await Moment(id, "Reminder"), await Moment(id, "Passes")));
        Assert.Equal(before, await Armed(other));
        Assert.Equal("2026-11-23 19:00", Shown(await database.Rows.ValueAsync<DateTime>("SELECT due_at FROM inbox.task WHERE request_id = $1 AND is_open", id.Value)));
        Assert.StartsWith("2026-11-23T19:00:00", (string?)(await desk.Sees(Desk.Maker, id))!.Plan!["cutOff"]!["dueAt"], StringComparison.Ordinal);
        Assert.Equal(desk.Get<CalendarStore>().Current.Version, await database.Rows.ValueAsync<string>("SELECT DISTINCT calendar_version FROM deadlines.deadline WHERE request_id = $1", id.Value));

        var entry = (await desk.Get<RequestTimeline>().OfAsync(await desk.As(Desk.Maker), (await desk.Sees(Desk.Maker, id))!, Desk.Ct))[0];
        Assert.Equal(("deadlinesMoved", "2026-11-23 19:00"), (entry.What, Shown(Assert.Single(entry.Moved).To)));
        var told = await Told(id);
        Assert.Contains(Desk.Maker, told);
        Assert.Contains(Desk.Checker, told);
        Assert.DoesNotContain(await Told(other), _ => true);
        Assert.Contains("\"from\": \"2026-11-20T11:00:00Z\"", await database.Rows.ValueAsync<string>("SELECT model::text FROM notices.notice WHERE template = 'deadline-moved' LIMIT 1"), StringComparison.Ordinal);
        Assert.Equal([("2026-11-20 19:00", "2026-11-23 19:00")], (await desk.Get<RegisterImports>().MovedAsync(await desk.As(Supervisor), import, Desk.Ct)).Select(m => (Shown(m.From), Shown(m.To))));

        Assert.Null((await desk.Get<VerifyAudit>().HandleAsync(AuditHeads.AllAsync, Desk.Ct)).FirstBad);
        Assert.Empty(await Differences());
        desk.ClockShows("2026-11-20 19:00");
        await desk.Get<SweepDeadlines>().RunAsync(Desk.Ct);
        Assert.False((await desk.Sees(Desk.Maker, id))!.IsLate);
        desk.ClockShows("2026-11-23 19:00");
        await desk.Get<SweepDeadlines>().RunAsync(Desk.Ct);
        Assert.True((await desk.Sees(Desk.Maker, id))!.IsLate);
    }

    [Fact]
    public async Task What_was_sent_to_the_clearing_house_is_named_by_number_and_firm()
    {
        var id = await desk.WithClearingHouse(Answers());
        await database.Rows.OwnerRunsAsync("UPDATE deadlines.deadline SET name = 'cutOff', due_at = '2026-11-20 10:00Z', passes_at = '2026-11-20 11:00Z' WHERE request_id = $1 AND state = 'Armed'", id.Value);

        var moved = Assert.Single((await Looks(await Offers(With()))).Calendar!.Moved);

        Assert.Equal(((await desk.Sees(Desk.Reviewer, id))!.Number, (await desk.Sees(Desk.Reviewer, id))!.FirmName), (moved.Number, moved.Firm));
    }

    [Fact]
    public async Task A_day_that_was_sent_stays_and_whoever_works_on_the_request_is_told_that_the_market_is_closed_on_it()
    {
        var (atFirm, known) = (await desk.WithChecker(Answers()), await desk.WithClearingHouse(Answers()));
        var import = await Offers(With("2026-11-23", "2026-11-24"));
        var preview = await Looks(import);
        var number = (await desk.Sees(Desk.Reviewer, known))!.Number;
        string[] answers = ["buyInDate", "lines[0].expectedDeliveryDate"];
        Assert.Equal(
            [.. answers.Select(a => ((string?)null, atFirm, a, "2026-11-24")), .. answers.Select(a => (number, known, a, "2026-11-24"))],
            preview.Calendar!.Closing.Select(c => (c.Number, c.Request, c.Path, c.Day.Iso())).OrderBy(c => c.Number, StringComparer.Ordinal));
        Assert.Contains("Tue 24 Nov 2026 is a general holiday (Day of mourning)", preview.Calendar.Closing[0].Why.En, StringComparison.Ordinal);

        await Confirms(import, preview.ContentHash);

        Assert.Equal("2026-11-24", (string?)(await desk.Sees(Desk.Reviewer, known))!.Answers["buyInDate"]);
        var entry = (await desk.Get<RequestTimeline>().OfAsync(await desk.As(Desk.Maker), (await desk.Sees(Desk.Maker, known))!, Desk.Ct))[0];
        Assert.Equal(("daysClosed", "buyInDate lines[0].expectedDeliveryDate"), (entry.What, string.Join(' ', entry.Closed.Select(c => c.Path))));
        Assert.Subset((await Told(known, "day-closed")).ToHashSet(), new HashSet<string> { Desk.Maker, Desk.Reviewer });
        Assert.Subset((await Told(atFirm, "day-closed")).ToHashSet(), new HashSet<string> { Desk.Maker, Desk.Checker });
        Assert.DoesNotContain(Desk.Reviewer, await Told(atFirm, "day-closed"));
        Assert.Empty(await Differences());
        // What is closed already closes no second time; and it opens without a word, for then it can stand.
        Assert.Empty((await Looks(await Offers(With("2026-11-23", "2026-11-24", "2026-11-25")))).Calendar!.Closing);
        Assert.Empty((await Looks(await Offers(With("2026-11-23")))).Calendar!.Closing);
    }

    [Fact]
    public async Task What_has_passed_stays_as_it_is()
    {
        var id = await desk.WithChecker(Answers());
        desk.ClockShows("2026-11-20 20:00");
        await desk.Get<SweepDeadlines>().RunAsync(Desk.Ct);

        var import = await Offers(With());
        var preview = await Looks(import);
        Assert.Empty(preview.Calendar!.Moved);
        Assert.Equal(0, (await Confirms(import, preview.ContentHash)).Value.Moved);

        Assert.Equal(("2026-11-20 19:00", "Fired"), (await Moment(id, "CutOff"), await State(id, "CutOff")));
        Assert.Equal(("2026-11-24 09:00", "Armed"), (await Moment(id, "Passes"), await State(id, "Passes")));
        Assert.Empty(await Told(id));
    }

    [Fact]
    public async Task What_would_fall_into_the_past_is_named_and_passes_at_once()
    {
        var id = await desk.WithChecker(Answers());
        var import = await Offers(With("2026-11-20", "2026-11-23"));
        var preview = await Looks(import);
        Assert.True(Assert.Single(preview.Calendar!.Moved).PassesAtOnce);

        Assert.Equal(1, (await Confirms(import, preview.ContentHash)).Value.Moved);
        Assert.Equal("2026-11-19 19:00", await Moment(id, "CutOff"));
        await desk.Get<SweepDeadlines>().RunAsync(Desk.Ct);

        Assert.Equal(("Fired", "Skipped", "Armed"), (await State(id, "CutOff"), await State(id, "Reminder"), await State(id, "Passes")));
        Assert.True((await desk.Sees(Desk.Maker, id))!.IsLate);
    }

    [Fact]
    public async Task What_another_host_plans_by_the_calendar_of_before_moves_as_soon_as_it_knows()
    {
        var other = await Desk.AtAsync(database, "2026-11-20 10:00", Add);
        var import = await Offers(With());
        Assert.Equal(0, (await Confirms(import, (await Looks(import)).ContentHash)).Value.Moved);
        var answers = other.Answers();
        answers["settlementDate"] = "2026-11-20";
        answers["lines"]![0]!["positionNo"] = database.NextPosition();
        var id = await other.WithChecker(answers);
        Assert.Equal("2026-11-20 19:00", await Moment(id, "CutOff"));

        Assert.True(await other.Get<CalendarStore>().RefreshAsync(Desk.Ct));
        var moved = await Task.WhenAll(desk.Get<CalendarMovesOf>().CatchUpAsync(Desk.Ct), other.Get<CalendarMovesOf>().CatchUpAsync(Desk.Ct));

        Assert.Equal(1, moved.Sum());
        Assert.Equal("2026-11-23 19:00", await Moment(id, "CutOff"));
        Assert.NotEmpty(await Told(id));
        Assert.Equal(0, await other.Get<CalendarMovesOf>().CatchUpAsync(Desk.Ct));
    }

    [Fact]
    public async Task Two_confirmations_at_once_are_one_and_a_request_that_went_on_meanwhile_is_looked_at_again()
    {
        var (id, gone) = (await desk.WithChecker(Answers()), await desk.WithChecker(Answers()));
        var import = await Offers(With());
        var seen = (await Looks(import)).ContentHash;
        Desk.IdOf(await desk.Withdraws(Desk.Maker, gone));

        Assert.IsType<ImportIsNotAsSeen>((await Confirms(import, seen)).Refusal);
        Assert.Equal("2026-11-20 19:00", await Moment(id, "CutOff"));
        seen = (await Looks(import)).ContentHash;
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Confirms(import, seen)));

        Assert.All(all, a => Assert.Equal(1, a.Value.Moved));
        Assert.Equal(1, await database.Rows.ValueAsync<long>("SELECT count(*) FROM events.event WHERE type = 'deadlinesMoved'"));
        Assert.Equal((await Told(id)).Distinct().Count(), (await Told(id)).Count);
        Assert.Empty((await Looks(await Offers(With()))).Calendar!.Moved);

        var back = await Offers(With("2026-11-23"));
        Assert.Equal(("2026-11-23 19:00", "2026-11-20 19:00"), (await Looks(back)).Calendar!.Moved.Select(m => (Shown(m.From), Shown(m.To))).Single());
        await Confirms(back, (await Looks(back)).ContentHash);
        Assert.Equal("2026-11-20 19:00", await Moment(id, "CutOff"));
    }

    [Theory]
    [InlineData("deadlines that moved with the calendar", "UPDATE register.import SET moved = 2")]
    [InlineData("both offered and confirmed it", "ALTER TABLE register.import DROP CONSTRAINT import_of_calendar_by_two; UPDATE register.import SET offered_by = imported_by")]
    [InlineData("moved to", "UPDATE deadlines.deadline SET due_at = due_at - interval '1 minute' WHERE state = 'Armed'")]
    public async Task What_is_planted_among_moved_deadlines_the_audit_names(string words, string sql)
    {
        await desk.WithChecker(Answers());
        var import = await Offers(With());
        await Confirms(import, (await Looks(import)).ContentHash);
        Assert.Empty(await Differences());

        await database.Rows.OwnerRunsAsync(sql);

        Assert.Contains(await Differences(), d => d.Rule == "O12" && d.What.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_calendar_that_one_person_confirmed_before_that_took_two_is_no_difference()
    {
        var import = await Offers(With());
        await Confirms(import, (await Looks(import)).ContentHash);

        await database.Rows.OwnerRunsAsync("UPDATE register.import SET offered_by = imported_by, before_four_eyes = true");

        Assert.Empty(await Differences());
    }

    private async Task<IReadOnlyList<Workflows.Audit.Difference>> Differences() => (await desk.Get<AuditTheWorld>().HandleAsync(AuditEvidence.None, Desk.Ct)).Differences;

    // All years as the repository has them, with more days of 2026 on which the market is closed.
    private static string With(params string[] closed)
    {
        var year = CalendarReader.Read(Directory.GetFiles(Path.Combine(Repository.Workflows, "_shared", "calendar")).Select(f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllText(f)))).Days.Years.Single(y => (y.Market, y.Year) == (Market.HongKong, 2026));
        var lines = year.Closures.Select(d => (d.Date, Kind: "closed", d.Name.En)).Concat(year.HalfDays.Select(d => (d.Date, Kind: "half-day", d.Name.En))).Concat(closed.Select(c => (Date: DateOnly.Parse(c, CultureInfo.InvariantCulture), Kind: "closed", En: "Day of mourning")));
        return Csv.Of(["date", "kind", "name", "source", "verified"], lines.Select(l => (IEnumerable<string>)[l.Date.Iso(), l.Kind, l.En, year.Source, "true"]));
    }

    private async Task<Guid> Offers(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (await desk.Get<OfferImport>().HandleAsync(await desk.As(Supervisor), CalendarFiles.KindOf(Market.HongKong), "days.csv", file, Desk.Ct)).Value;
    }

    private async Task<ImportPreview> Looks(Guid import) => (await desk.Get<RegisterImports>().PreviewAsync(await desk.As(Second), import, Desk.Ct)).Value;

    private async Task<Result<ImportCounts>> Confirms(Guid import, string seen) => await desk.Get<ConfirmImport>().HandleAsync(await desk.As(Second), import, seen, false, Desk.Ct);

    private async Task<string> Moment(RequestId id, string kind) =>
        Shown(await database.Rows.ValueAsync<DateTime>("SELECT due_at FROM deadlines.deadline WHERE request_id = $1 AND kind = $2 ORDER BY due_at DESC LIMIT 1", id.Value, kind));

    private async Task<string> Armed(RequestId id) =>
        (await database.Rows.ValueAsync<string>("SELECT string_agg(kind || due_at, ' ' ORDER BY kind, due_at) FROM deadlines.deadline WHERE request_id = $1 AND state = 'Armed'", id.Value))!;

    private async Task<string> State(RequestId id, string kind) =>
        (await database.Rows.ValueAsync<string>("SELECT state FROM deadlines.deadline WHERE request_id = $1 AND kind = $2 ORDER BY due_at DESC LIMIT 1", id.Value, kind))!;

    private async Task<IReadOnlyList<string>> Told(RequestId id, string template = "deadline-moved") =>
        (await database.Rows.ValueAsync<string[]>("SELECT coalesce(array_agg(email), ARRAY[]::text[]) FROM notices.notice WHERE request_id = $1 AND template = $2", id.Value, template))!;

    private static string Shown(DateTime at) => Shown(new DateTimeOffset(at, TimeSpan.Zero));

    private static string Shown(DateTimeOffset at) => at.ToHongKong().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private JsonObject Answers()
    {
        var answers = desk.Answers();
        answers["settlementDate"] = "2026-11-20";
        return answers;
    }

    private sealed class NoKinds : IRegisterKinds
    {
        public IReadOnlyDictionary<string, KindRule> All() => new Dictionary<string, KindRule>();
    }
}
