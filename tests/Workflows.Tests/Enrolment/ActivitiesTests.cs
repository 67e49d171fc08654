using System.Text.Json.Nodes;
using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Enrolment;

/// <summary>The clearing house's side: announcing, changing, cancelling, and who came.</summary>
public sealed class ActivitiesTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task More_places_let_the_waiting_list_move_up_and_fewer_than_are_taken_are_refused()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var occasion = await at.Announces(capacity: 1);
        await at.Enrols(Desk.Maker, occasion);
        var waits = await at.Enrols(Desk.Maker, occasion, places: 2);
        Assert.Equal("Submitted", await at.Desk.StatusOf(waits));

        Assert.Equal(occasion[..^2], (await Save(at, occasion, capacity: 3)).Value);
        await at.Sweeps();

        Assert.Equal("Approved", await at.Desk.StatusOf(waits));
        Assert.Equal(3, Assert.IsType<MorePlacesAreTaken>((await Save(at, occasion, capacity: 2)).Refusal).Taken);
        Assert.IsType<PeopleAreEnrolledForThisDate>((await Save(at, occasion, capacity: 3, date: "2026-12-15")).Refusal);
    }

    [Fact]
    public async Task What_an_activity_said_before_stays_in_the_register()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var occasion = await at.Announces(capacity: 5);

        await Save(at, occasion, capacity: 8);

        Assert.Equal(2, await database.Rows.ValueAsync<long>("SELECT count(*) FROM register.entry WHERE kind = 'occasion' AND key = $1", occasion));
        Assert.Equal("8", await database.Rows.ValueAsync<string>("SELECT values->>'capacity' FROM register.entry WHERE kind = 'occasion' AND key = $1 AND valid_to IS NULL", occasion));
    }

    [Fact]
    public async Task A_cancelled_date_ends_every_request_for_it_and_tells_them()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var occasion = await at.Announces(capacity: 1);
        var (inside, waits) = (await at.Enrols(Desk.Maker, occasion), await at.Enrols(Desk.Maker, occasion));

        Assert.False((await at.Desk.Get<CancelOccasion>().HandleAsync(await at.Desk.As(EnrolmentDesk.Supervisor), occasion, Desk.Ct)).IsRefused);
        await at.Sweeps();

        foreach (var id in new[] { inside, waits })
        {
            Assert.Equal("Cancelled", await at.Desk.StatusOf(id));
            Assert.Equal(2, await database.Rows.ValueAsync<long>("SELECT count(*) FROM notices.notice WHERE request_id = $1 AND template = 'activity-cancelled'", id.Value));
        }

        Assert.All(await at.RowsOf(occasion), r => Assert.Equal("GivenUp", r.State));
        var late = await at.Drafts(Desk.Maker, occasion);
        Assert.True((await at.Submits(Desk.Maker, late)).IsRefused);
        Assert.Empty((await at.Desk.Get<AuditTheWorld>().HandleAsync(new AuditEvidence([], []), Desk.Ct)).Differences);
    }

    [Fact]
    public async Task Who_came_is_marked_from_the_day_on_and_stands_in_the_roster_and_its_export()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var occasion = await at.Announces(capacity: 5);
        var id = await at.Enrols(Desk.Maker, occasion, places: 2);
        var supervisor = await at.Desk.As(EnrolmentDesk.Supervisor);
        AttendanceMark[] marks = [new(id, 1, true, true, "=good"), new(id, 2, false, null, null)];

        Assert.IsType<TheOccasionIsStillToCome>((await at.Desk.Get<MarkAttendance>().HandleAsync(supervisor, occasion, marks, Desk.Ct)).Refusal);
        at.Desk.ClockShows("2026-12-14 12:30");
        Assert.Equal(2, (await at.Desk.Get<MarkAttendance>().HandleAsync(supervisor, occasion, marks, Desk.Ct)).Value);

        var roster = await at.Desk.Get<Roster>().ReadAsync(supervisor, occasion, Desk.Ct);
        Assert.Equal([(true, true, "=good"), (false, null, null)], roster!.Rows.Select(r => (r.HasAttended, r.HasPassed, r.Remark)));
        Assert.Contains(",yes,pass,'=good\r\n", roster.ToCsv(), StringComparison.Ordinal);
        at.Desk.ClockShows("2026-11-23 10:00");
    }

    [Fact]
    public async Task Participants_see_neither_rosters_nor_what_is_not_for_them()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var occasion = await at.Announces(capacity: 5);
        await at.Enrols(Desk.Maker, occasion);
        var (maker, other) = (await at.Desk.As(Desk.Maker), await at.Desk.As("maker@b09002.example"));

        Assert.Null(await at.Desk.Get<Roster>().ReadAsync(maker, occasion, Desk.Ct));
        Assert.IsType<NothingHere>((await at.Desk.Get<SaveActivity>().HandleAsync(maker, null, EnrolmentDesk.Written(5), null, Desk.Ct)).Refusal);
        Assert.IsType<NothingHere>((await at.Desk.Get<CancelOccasion>().HandleAsync(maker, occasion, Desk.Ct)).Refusal);
        Assert.Contains(await at.Desk.Get<EnrolmentsOf>().ReadAsync(maker, Desk.Ct), e => e.Occasion.Key == occasion);
        Assert.DoesNotContain(await at.Desk.Get<EnrolmentsOf>().ReadAsync(other, Desk.Ct), e => e.Occasion.Key == occasion);
    }

    [Fact]
    public async Task What_is_wrong_with_an_activity_is_said_field_by_field()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var written = EnrolmentDesk.Written(5);
        written["closes"] = "2026-10-01";
        written["title"]!["zh-Hant"] = " ";
        written["occasions"]![0]!["ends"] = "09:00";
        written["occasions"]![0]!["link"] = "http://meeting.example";
        written["occasions"]![0]!["capacity"] = "none";

        var refused = (await at.Desk.Get<SaveActivity>().HandleAsync(await at.Desk.As(EnrolmentDesk.Supervisor), null, written, null, Desk.Ct)).Refusal;

        Assert.Equal(
            ["closes too-early", "occasions[0].capacity not-a-number", "occasions[0].ends too-early", "occasions[0].link not-a-link", "title.zh-Hant required"],
            refused.Fields.Select(f => $"{f.Path} {f.Code}").Order(StringComparer.Ordinal));
    }

    private static async Task<Result<string>> Save(EnrolmentDesk at, string occasion, int capacity, string date = "2026-12-14")
    {
        var written = EnrolmentDesk.Written(capacity, date: date);
        written["occasions"]![0]!["key"] = (JsonNode)occasion;
        return await at.Desk.Get<SaveActivity>().HandleAsync(await at.Desk.As(EnrolmentDesk.Supervisor), occasion[..^2], written, null, Desk.Ct);
    }
}
