using System.Text.Json.Nodes;
using ClientConnect.Testing.Yardstick;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Inbox;

/// <summary>What falls on a day that a calendar has closed since is approved only by whoever says that they mean it.</summary>
public sealed class ClosedDayApprovalsTests : IAsyncLifetime
{
    // Sent on Monday; bought in on Tuesday.
    private static readonly DateOnly Tuesday = new(2026, 11, 24), Thursday = new(2026, 11, 26);

    private DeskDatabase database = null!;
    private Desk desk = null!;

    public async ValueTask InitializeAsync()
    {
        database = await DeskDatabase.CreateAsync();
        desk = await Desk.AtAsync(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Reviewer_and_approver_name_the_day_and_the_record_keeps_it()
    {
        var id = await desk.WithClearingHouse(Answers("2026-11-25"));
        await Closes(Tuesday);

        foreach (var (who, status) in new[] { (Desk.Reviewer, "pendingHkexApproval"), (Desk.Approver, "approved") })
        {
            var closed = Assert.Single(await Sees(who, id));
            Assert.Equal(("buyInDate", null, Tuesday, "Tue 24 Nov 2026 is a general holiday (Day of mourning)"), (closed.Path, closed.Line, closed.Day, closed.Why.En));
            var refusal = await desk.Refused<MarketIsClosedThen>(() => desk.Decides(who, id));
            Assert.Equal(Tuesday, Assert.Single(refusal.Days));
            await desk.Refused<MarketIsClosedThen>(() => desk.Decides(who, id, closedDay: Thursday));
            Assert.Equal(status, (await desk.Decides(who, id, closedDay: Tuesday)).Value.Status);
        }

        Assert.Equal(2, await database.Rows.ValueAsync<long>("""SELECT count(*) FROM events.event WHERE request_id = $1 AND data->'closed' = '[{"day": "2026-11-24", "path": "buyInDate"}]'""", id.Value));
        Assert.Equal(2, (await desk.Get<RequestTimeline>().OfAsync(await desk.As(Desk.Reviewer), (await desk.Sees(Desk.Reviewer, id))!, Desk.Ct)).Count(e => e.Closed.Any(c => c.Day == Tuesday)));
        Assert.Single((await desk.Get<RequestTimeline>().OfAsync(await desk.As(Desk.Maker), (await desk.Sees(Desk.Maker, id))!, Desk.Ct)), e => e.Closed.Count > 0);
    }

    [Theory]
    [InlineData("return")]
    [InlineData("reject")]
    public async Task A_no_names_no_day(string outcome)
    {
        var id = await desk.WithClearingHouse(Answers("2026-11-25"));
        await Closes(Tuesday);

        Assert.Equal("days-not-asked", Assert.Single((await desk.Refused<AnswersAreIncomplete>(() => desk.Decides(Desk.Reviewer, id, outcome, closedDay: Tuesday))).Fields).Code);
        Desk.IdOf(await desk.Decides(Desk.Reviewer, id, outcome));
        if (outcome != "reject") return;
        Assert.Empty(await Sees(Desk.Approver, id));
        Desk.IdOf(await desk.Decides(Desk.Approver, id));
    }

    [Fact]
    public async Task The_day_of_a_line_concerns_that_line_alone()
    {
        var id = await desk.WithClearingHouse(Answers("2026-11-25", "2026-11-26"));
        await Closes(Thursday);
        Assert.Equal(("lines[1].expectedDeliveryDate", 2), (Assert.Single(await Sees(Desk.Reviewer, id)) is var c ? (c.Path, c.Line) : default));

        await desk.Refused<MarketIsClosedThen>(() => desk.Decides(Desk.Reviewer, id, lines: [Granted(2)]));
        Desk.IdOf(await desk.Decides(Desk.Reviewer, id, lines: [new JsonObject { ["line"] = 2, ["outcome"] = "reject", ["reason"] = "NO_GROUND" }]));

        Assert.Empty(await Sees(Desk.Approver, id));
        Assert.Equal("partiallyApproved", (await desk.Decides(Desk.Approver, id)).Value.Status);
    }

    [Fact]
    public async Task To_name_a_day_costs_no_round_trip()
    {
        var id = await desk.WithClearingHouse(Answers("2026-11-25"));
        await Closes(Tuesday);
        var (viewer, task) = (await desk.As(Desk.Reviewer), await desk.TaskOf(id));
        var seen = (await desk.Get<ReadTask>().HandleAsync(viewer, task, Desk.Ct)).Value.ContentHash;
        await using (await database.Rows.Source.OpenConnectionAsync(Desk.Ct))
        await using (await database.Rows.Source.OpenConnectionAsync(Desk.Ct))
        {
        }

        using var trips = new RoundTrips();
        Desk.IdOf(await desk.Get<DecideTask>().HandleAsync(viewer, task, new Decision(Decision.Approve, null, null, null, seen) { ClosedDays = [Tuesday] }, Desk.Key("closed"), Desk.Ct));

        Assert.Equal(2, trips.Count);
    }

    private async Task<IReadOnlyList<ClosedDay>> Sees(string who, RequestId id) => (await desk.Get<ReadTask>().HandleAsync(await desk.As(who), await desk.TaskOf(id), Desk.Ct)).Value.Closed;

    private async Task Closes(DateOnly day)
    {
        await database.Rows.OwnerRunsAsync("INSERT INTO register.calendar_day (market, date, kind, name, source, verified) VALUES ('HongKong', $1, 'Holiday', '{\"en\": \"Day of mourning\"}', 'Gazette', true)", day);
        await desk.Get<CalendarStore>().RefreshAsync(Desk.Ct);
    }

    private static JsonObject Granted(int line) => new() { ["line"] = line, ["outcome"] = "approve", ["decision"] = new JsonObject { ["until"] = "2026-11-25" } };

    private JsonObject Answers(params string[] deliveries)
    {
        var answers = desk.Answers();
        var lines = deliveries.Select(day =>
        {
            var line = (JsonObject)desk.Answers()["lines"]![0]!.DeepClone();
            line["expectedDeliveryDate"] = day;
            return (JsonNode)line;
        });
        answers["lines"] = new JsonArray([.. lines]);
        return answers;
    }
}
