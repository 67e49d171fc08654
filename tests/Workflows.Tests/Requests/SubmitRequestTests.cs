using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

public sealed class SubmitRequestTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task The_first_send_gives_the_number_pins_the_release_and_begins_the_record()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();

        var receipt = (await desk.Submits(Desk.Maker, id)).Value;

        var request = (await desk.Sees(Desk.Maker, id))!;
        Assert.Matches("^SET1-20261123-[0-9]{5}$", receipt.Number);
        Assert.Equal(("pendingChecker", 1, 1, database.Bundle.Hash), (receipt.Status, request.Sequence, request.Revision, request.Bundle.Hash));
        Assert.Null(request.Draft);
        Assert.Equal("check", await database.Rows.ValueAsync<string>("SELECT step FROM inbox.task WHERE request_id = $1 AND is_open", id.Value));
        Assert.Equal(4, await database.Rows.ValueAsync<long>("SELECT count(*) FROM deadlines.deadline WHERE request_id = $1 AND state = 'Armed'", id.Value));
    }

    [Fact]
    public async Task What_is_missing_is_named_and_nothing_is_sent()
    {
        var desk = await Desk.AtAsync(database);
        var answers = desk.Answers();
        answers.Remove("declaration");
        answers["lines"]![0]!["exemptQty"] = 1501;
        var id = await desk.Draft(answers);

        var refusal = await desk.Refused<AnswersAreIncomplete>(() => desk.Submits(Desk.Maker, id));

        Assert.Equal(["declaration", "lines[0].exemptQty"], refusal.Fields.Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sending_the_same_click_twice_sends_once_and_answers_alike()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();
        var first = (await desk.Submits(Desk.Maker, id, Desk.Key("send"))).Value;
        var rows = await desk.AllRowsAsync();

        Assert.Equal(first, (await desk.Submits(Desk.Maker, id, Desk.Key("send"))).Value);
        Assert.Equal(rows, await desk.AllRowsAsync());
    }

    [Fact]
    public async Task Many_clicks_at_the_same_moment_send_once()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.Submits(Desk.Maker, id, Desk.Key("send-at-once"))));

        Assert.Single(receipts.Select(r => r.Value).Distinct());
        Assert.Equal(1, await database.Rows.ValueAsync<long>("SELECT count(*) FROM events.event WHERE request_id = $1", id.Value));
    }

    [Fact]
    public async Task An_operation_key_that_was_used_for_something_else_is_refused()
    {
        var desk = await Desk.AtAsync(database);
        await desk.Submits(Desk.Maker, await desk.Draft(), Desk.Key("used"));
        var id = await desk.Draft();

        await desk.Refused<OperationKeyWasUsedForSomethingElse>(() => desk.Submits(Desk.Maker, id, Desk.Key("used", "other")));
    }

    [Fact]
    public async Task Sending_again_what_was_sent_is_refused()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();

        await desk.Refused<RequestHasMovedOn>(() => desk.Submits(Desk.Maker, id));
    }

    [Fact]
    public async Task A_position_of_another_open_request_of_the_firm_is_refused_with_its_number()
    {
        var desk = await Desk.AtAsync(database);
        var position = database.NextPosition();
        var first = await desk.WithChecker(desk.Answers(position));
        var second = await desk.Draft(desk.Answers(position));

        var refusal = await desk.Refused<AnotherRequestIsOpenForThis>(() => desk.Submits(Desk.Maker, second));

        Assert.Equal(($"position:{position}", (await desk.Sees(Desk.Maker, first))!.Number), (refusal.Touch, refusal.Number));
    }

    [Fact]
    public async Task Another_firms_open_request_is_not_named()
    {
        var desk = await Desk.AtAsync(database);
        await desk.WithChecker(desk.Answers("X00000001"));
        var theirs = Desk.IdOf(await desk.Starts("maker@b09002.example", desk.Answers("X00000001"), DeskDatabase.Others));

        var refusal = await desk.Refused<AnotherRequestIsOpenForThis>(() => desk.Submits("maker@b09002.example", theirs));

        Assert.Null(refusal.Number);
    }

    [Fact]
    public async Task Of_two_requests_for_one_position_at_the_same_moment_one_is_sent()
    {
        var desk = await Desk.AtAsync(database);
        var position = database.NextPosition();
        var drafts = new[] { await desk.Draft(desk.Answers(position)), await desk.Draft(desk.Answers(position)) };

        var sent = await Task.WhenAll(drafts.Select(d => desk.Submits(Desk.Maker, d)));

        Assert.Single(sent, s => !s.IsRefused);
        Assert.IsType<AnotherRequestIsOpenForThis>(sent.Single(s => s.IsRefused).Refusal);
    }

    [Fact]
    public async Task After_the_withdrawal_the_same_position_can_be_asked_for_again()
    {
        var desk = await Desk.AtAsync(database);
        var position = database.NextPosition();
        Desk.IdOf(await desk.Withdraws(Desk.Maker, await desk.WithChecker(desk.Answers(position))));

        Assert.False((await desk.Submits(Desk.Maker, await desk.Draft(desk.Answers(position)))).IsRefused);
    }

    [Theory]
    [InlineData("Waiting", "files-are-waiting-for-the-scan")]
    [InlineData("Infected", "answers-are-incomplete")]
    public async Task A_file_that_is_not_known_to_be_clean_is_not_sent(string scan, string code)
    {
        var desk = await Desk.AtAsync(database);
        var file = await FileAsync(desk, scan);
        var answers = desk.Answers();
        answers["attachments"] = new JsonArray(file.ToString());
        var id = await desk.Draft(answers);

        var refusal = await desk.Refused(() => desk.Submits(Desk.Maker, id));

        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public async Task What_was_changed_since_it_was_seen_is_not_sent()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();
        await desk.Saves(Desk.Maker, id, desk.Answers(), "1.0");

        await desk.Refused<SomebodyElseHasSaved>(() => desk.Submits(Desk.Maker, id, seen: "1.0"));
    }

    [Fact]
    public async Task A_correction_keeps_the_number_and_raises_the_revision()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        var number = (await desk.Sees(Desk.Maker, id))!.Number;
        Desk.IdOf(await desk.Decides(Desk.Checker, id, "return"));

        var receipt = (await desk.Submits(Desk.Maker, id)).Value;

        Assert.Equal((number, 2), (receipt.Number, (await desk.Sees(Desk.Maker, id))!.Revision));
    }

    [Fact]
    public async Task After_the_last_moment_a_correction_is_refused_even_before_the_sweep_came_by()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        Desk.IdOf(await desk.Decides(Desk.Checker, id, "return"));
        desk.ClockShows("2026-11-24 09:00");

        var refusal = await desk.Refused<DeadlineHasPassed>(() => desk.Submits(Desk.Maker, id));

        Assert.Equal(Desk.Moment("2026-11-24 09:00"), refusal.Until);
    }

    [Fact]
    public async Task Others_cannot_send_it_nor_tell_that_it_is_there()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();

        foreach (var other in new[] { "maker@b09002.example", Desk.Checker, "elsewhere@b09001.example", Desk.Reviewer, "auditor@clearing.example" })
        {
            await desk.Refused<NothingHere>(() => desk.Submits(other, id));
        }
    }

    [Fact]
    public async Task Who_lost_the_right_since_the_page_was_shown_is_refused()
    {
        await using var own = await DeskDatabase.CreateAsync();
        var desk = await Desk.AtAsync(own);
        var id = await desk.Draft();
        var viewer = await desk.As(Desk.Maker);
        await own.Rows.OwnerRunsAsync("DELETE FROM access.user_right WHERE user_id = $1", viewer.User.Value);
        await own.Rows.OwnerRunsAsync("UPDATE access.user_account SET stamp = stamp + 1 WHERE id = $1", viewer.User.Value);

        await desk.Refused<NothingHere>(() => desk.Get<SubmitRequest>().HandleAsync(viewer, id, null, null, Desk.Ct));
    }

    [Fact]
    public async Task A_session_that_has_ended_sends_nothing()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();
        var viewer = await desk.As(Desk.Maker);
        await database.Rows.OwnerRunsAsync("UPDATE access.session SET ended_at = $2 WHERE token_hash = $1", viewer.Session, desk.Machine.GetUtcNow().ToUniversalTime());

        await desk.Refused<SessionHasEnded>(() => desk.Get<SubmitRequest>().HandleAsync(viewer, id, null, null, Desk.Ct));
    }

    private static async Task<Guid> FileAsync(Desk desk, string scan)
    {
        var id = Guid.CreateVersion7();
        var maker = await desk.As(Desk.Maker);
        await desk.Database.Rows.OwnerRunsAsync(
            """
            INSERT INTO files.attachment (id, firm_id, purpose, uploaded_by, uploaded_at, name, content_type, size, sha256, scan, demonstration)
            VALUES ($1, $2, 'attachments', $3, $4, 'a.pdf', 'application/pdf', 10, 'abc', $5, false)
            """,
            id, maker.Firm.Value, maker.User.Value, desk.Machine.GetUtcNow().ToUniversalTime(), scan);
        return id;
    }
}
