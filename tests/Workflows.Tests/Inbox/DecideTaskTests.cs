using System.Text.Json.Nodes;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Inbox;

public sealed class DecideTaskTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task What_the_approver_confirms_takes_effect_as_the_reviewer_proposed_it()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        Desk.IdOf(await desk.Decides(Desk.Reviewer, id, lines: [new JsonObject { ["line"] = 1, ["outcome"] = "approve", ["decision"] = new JsonObject { ["quantity"] = 700 } }]));

        Assert.Equal("approved", (await desk.Decides(Desk.Approver, id)).Value.Status);
        Assert.Equal(700, await database.Rows.ValueAsync<int>("SELECT (values->>'quantity')::int FROM register.entry WHERE request_id = $1", id.Value));
    }

    [Fact]
    public async Task Until_it_is_confirmed_nothing_has_taken_effect()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Reviewed();

        Assert.Equal(0, await database.Rows.ValueAsync<long>("SELECT count(*) FROM register.entry WHERE request_id = $1", id.Value));
        Assert.Null((await desk.Sees(Desk.Maker, id))!.Outcomes);
    }

    [Fact]
    public async Task The_same_click_twice_decides_once()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        var (task, seen) = await SeenAsync(desk, Desk.Checker, id);
        var first = (await desk.Decides(Desk.Checker, id, seen: seen, key: Desk.Key("check"), task: task)).Value;
        var rows = await desk.AllRowsAsync();

        Assert.Equal(first, (await desk.Decides(Desk.Checker, id, seen: seen, key: Desk.Key("check"), task: task)).Value);
        Assert.Equal(rows, await desk.AllRowsAsync());
        await desk.Refused<TaskIsClosed>(() => desk.Decides(Desk.Checker, id, seen: seen, task: task));
    }

    [Fact]
    public async Task Of_two_checkers_at_the_same_moment_one_decides_and_the_other_learns_how()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        var (task, seen) = await SeenAsync(desk, Desk.Checker, id);

        var both = await Task.WhenAll(desk.Decides(Desk.Checker, id, seen: seen, task: task), desk.Decides("checker2@b09001.example", id, "return", seen, task: task));

        Assert.Single(both, d => !d.IsRefused);
        Assert.IsType<TaskIsClosed>(both.Single(d => d.IsRefused).Refusal);
    }

    [Fact]
    public async Task What_changed_since_it_was_seen_is_shown_instead_of_decided()
    {
        var desk = await Desk.AtAsync(database);
        var position = database.NextPosition();
        var id = await desk.Reviewed(desk.Answers(position));
        var (task, seen) = await SeenAsync(desk, Desk.Approver, id);
        await HoldsNowAsync(desk, position, 1200);

        var refusal = await desk.Refused<ContentHasChanged>(() => desk.Decides(Desk.Approver, id, seen: seen, task: task));

        var difference = Assert.Single(refusal.Differences);
        Assert.EndsWith(".values.quantity", difference.Path, StringComparison.Ordinal);
        Assert.Equal((1500, 1200), (difference.Before!.GetValue<int>(), difference.After!.GetValue<int>()));
        Assert.False((await desk.Decides(Desk.Approver, id, seen: refusal.CurrentHash, task: task)).IsRefused);
    }

    [Fact]
    public async Task A_hash_that_nobody_was_ever_shown_is_refused_without_differences()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Reviewed();

        Assert.Empty((await desk.Refused<ContentHasChanged>(() => desk.Decides(Desk.Approver, id, seen: "invented"))).Differences);
    }

    [Fact]
    public async Task Whoever_has_edited_does_not_check()
    {
        var desk = await Desk.AtAsync(database);
        var id = Desk.IdOf(await desk.Starts("both@b09001.example"));
        Desk.IdOf(await desk.Submits("both@b09001.example", id));

        var refusal = await desk.Refused<SamePersonOnBothSides>(() => desk.Decides("both@b09001.example", id));

        Assert.Equal(Part.Edit, refusal.Played);
    }

    [Fact]
    public async Task Whoever_has_reviewed_does_not_approve_not_even_after_another_round()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        Desk.IdOf(await desk.Decides("both@clearing.example", id));
        await desk.Refused<SamePersonOnBothSides>(() => desk.Decides("both@clearing.example", id));
        Desk.IdOf(await desk.Decides(Desk.Approver, id, "return"));
        Desk.IdOf(await desk.Decides(Desk.Reviewer, id));

        await desk.Refused<SamePersonOnBothSides>(() => desk.Decides("both@clearing.example", id));
    }

    [Fact]
    public async Task What_somebody_else_has_claimed_is_left_alone()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        await desk.Claims(Desk.Reviewer, id);

        await desk.Refused<SomebodyElseHasClaimedIt>(() => desk.Decides("reviewer2@clearing.example", id));
    }

    [Fact]
    public async Task Between_cut_off_and_late_time_it_is_accepted_and_flagged()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        desk.ClockShows("2026-11-23 19:00");

        Assert.Equal("submitted", (await desk.Decides(Desk.Checker, id)).Value.Status);
        Assert.True((await desk.Sees(Desk.Maker, id))!.IsLate);
    }

    [Fact]
    public async Task A_second_before_the_cut_off_it_is_in_time()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        desk.Clock.Offset = Desk.Moment("2026-11-23 19:00").AddSeconds(-1) - desk.Machine.GetUtcNow();

        Desk.IdOf(await desk.Decides(Desk.Checker, id));

        Assert.False((await desk.Sees(Desk.Maker, id))!.IsLate);
    }

    [Fact]
    public async Task After_the_last_moment_the_checker_is_refused_even_before_the_sweep_came_by()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        desk.ClockShows("2026-11-24 09:00");

        await desk.Refused<DeadlineHasPassed>(() => desk.Decides(Desk.Checker, id));
    }

    [Fact]
    public async Task A_day_on_which_nothing_is_processed_names_the_next_one()
    {
        var desk = await Desk.AtAsync(database, "2026-12-23 15:00");
        var answers = desk.Answers("X23122026");
        (answers["settlementDate"], answers["lines"]![0]!["expectedDeliveryDate"]) = ("2026-12-23", "2026-12-28");
        var id = await desk.WithChecker(answers);
        desk.ClockShows("2026-12-24 10:00");

        var refusal = await desk.Refused<NotAProcessingDay>(() => desk.Decides(Desk.Checker, id));

        Assert.Equal(new DateOnly(2026, 12, 28), refusal.NextDay);
    }

    [Fact]
    public async Task More_than_was_asked_for_is_not_granted()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();

        var refusal = await desk.Refused<AnswersAreIncomplete>(() =>
            desk.Decides(Desk.Reviewer, id, lines: [new JsonObject { ["line"] = 1, ["outcome"] = "approve", ["decision"] = new JsonObject { ["quantity"] = 1001 } }]));

        Assert.Contains("quantity", Assert.Single(refusal.Fields).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postpone", "reason", "hash", "no-such-outcome")]
    [InlineData("return", " ", "hash", "say-why")]
    [InlineData("reject", null, "hash", "say-why")]
    [InlineData("approve", null, "", "say-what-you-saw")]
    public async Task A_decision_that_says_too_little_is_refused(string outcome, string? reason, string hash, string code)
    {
        var desk = await Desk.AtAsync(database);
        var (viewer, task) = (await desk.As(Desk.Checker), await desk.TaskOf(await desk.WithChecker()));

        var refusal = await desk.Refused(() => desk.Get<DecideTask>().HandleAsync(viewer, task, new Decision(outcome, reason, null, null, hash), null, Desk.Ct));

        Assert.Equal(code, refusal.Code);
    }

    [Theory]
    [InlineData("checker@b09002.example")]
    [InlineData("elsewhere@b09001.example")]
    [InlineData(Desk.Reviewer)]
    [InlineData("administrator@clearing.example")]
    public async Task For_others_the_check_is_not_there(string who)
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();

        await desk.Refused<NothingHere>(() => desk.Decides(who, id));
    }

    [Theory]
    [InlineData(Desk.Maker)]
    [InlineData("reader@b09001.example")]
    [InlineData("auditor@clearing.example")]
    public async Task Who_sees_the_check_without_the_right_cannot_decide_it(string who)
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();

        await desk.Refused<NotYoursToDo>(() => desk.Decides(who, id));
    }

    private static async Task<(TaskId Task, string Seen)> SeenAsync(Desk desk, string who, RequestId id)
    {
        var task = await desk.TaskOf(id);
        return (task, (await desk.Get<ReadTask>().HandleAsync(await desk.As(who), task, Desk.Ct)).Value.ContentHash);
    }

    /// <summary>The register holds another quantity of the position from now on.</summary>
    private static async Task HoldsNowAsync(Desk desk, string position, int quantity)
    {
        var now = desk.Clock.GetUtcNow().ToUniversalTime();
        await desk.Database.Rows.OwnerRunsAsync("UPDATE register.entry SET valid_to = $2 WHERE kind = 'short-position' AND key = $1 AND valid_to IS NULL", position, now);
        await desk.Database.Rows.OwnerRunsAsync(
            """
            INSERT INTO register.entry (id, kind, key, membership_id, firm_id, values, valid_from)
            SELECT gen_random_uuid(), kind, key, membership_id, firm_id, jsonb_set(values, '{quantity}', to_jsonb($3::int)), $2 FROM register.entry WHERE kind = 'short-position' AND key = $1
            """,
            position, now, quantity);
    }
}
