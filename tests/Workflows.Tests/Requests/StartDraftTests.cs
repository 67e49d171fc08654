using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

public sealed class StartDraftTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task A_draft_has_neither_number_nor_record_and_all_that_the_form_computes()
    {
        var desk = await Desk.AtAsync(database);

        var id = Desk.IdOf(await desk.Starts(Desk.Maker));

        var draft = await desk.Sees(Desk.Maker, id);
        Assert.Equal((RequestStatus.Draft, null, 0), (draft!.Status, draft.Number, draft.Sequence));
        Assert.Equal("2026-11-24", (string?)draft.Draft!["buyInDate"]);
        Assert.Equal(0, await database.Rows.ValueAsync<long>("SELECT count(*) FROM events.event WHERE request_id = $1", id.Value));
    }

    [Fact]
    public async Task Only_the_makers_of_the_firm_see_a_draft()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();

        Assert.NotNull(await desk.Sees("maker2@b09001.example", id));
        foreach (var blind in new[] { Desk.Checker, "reader@b09001.example", "maker@b09002.example", Desk.Reviewer, "supervisor@clearing.example", "auditor@clearing.example" })
        {
            Assert.True(await desk.Sees(blind, id) is null, $"{blind} sees a draft.");
        }
    }

    [Fact]
    public async Task What_is_not_there_for_the_viewer_is_refused_as_not_there()
    {
        var desk = await Desk.AtAsync(database);

        await desk.Refused<NothingHere>(() => desk.Starts(Desk.Maker, eService: "no-such-eservice"));
        await desk.Refused<NothingHere>(() => desk.Starts(Desk.Maker, membership: DeskDatabase.Others));
        await desk.Refused<NothingHere>(() => desk.Starts(Desk.Reviewer));
    }

    [Fact]
    public async Task Who_only_checks_cannot_begin() => await Refused<NotYoursToDo>(desk => desk.Starts(Desk.Checker));

    [Fact]
    public async Task A_membership_that_the_eService_is_not_for_cannot_begin() => await Refused<NotForThisMembership>(desk => desk.Starts(Desk.Maker, membership: DeskDatabase.Custody));

    [Fact]
    public async Task A_program_is_told_of_a_value_of_the_wrong_type()
    {
        var refusal = await Refused<AnswersAreIncomplete>(desk => desk.Starts(Desk.Maker, new JsonObject { ["settlementDate"] = "soon" }));

        Assert.Equal("settlementDate", refusal.Fields.Single().Path);
    }

    [Fact]
    public async Task What_a_person_has_half_typed_is_kept_as_typed()
    {
        var desk = await Desk.AtAsync(database);

        var started = await desk.Get<StartDraft>().HandleAsync(
            await desk.As(Desk.Maker), DeskDatabase.EService, DeskDatabase.Own, new JsonObject { ["settlementDate"] = "soon" }, DraftStrictness.KeepAsTyped, null, Desk.Ct);

        Assert.Equal("soon", (string?)(await desk.Sees(Desk.Maker, Desk.IdOf(started)))!.Draft!["settlementDate"]);
    }

    [Fact]
    public async Task The_same_operation_again_is_the_same_draft()
    {
        var desk = await Desk.AtAsync(database);
        var first = Desk.IdOf(await desk.Starts(Desk.Maker, key: Desk.Key("once")));
        var rows = await desk.AllRowsAsync();

        Assert.Equal(first, Desk.IdOf(await desk.Starts(Desk.Maker, key: Desk.Key("once"))));
        Assert.Equal(rows, await desk.AllRowsAsync());
    }

    [Fact]
    public async Task The_same_operation_at_the_same_moment_is_one_draft()
    {
        var desk = await Desk.AtAsync(database);

        var drafts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.Starts(Desk.Maker, key: Desk.Key("at-once"))));

        Assert.Single(drafts.Select(Desk.IdOf).Distinct());
    }

    [Fact]
    public async Task An_operation_key_serves_one_body_only()
    {
        var desk = await Desk.AtAsync(database);
        await desk.Starts(Desk.Maker, key: Desk.Key("one-body"));

        await desk.Refused<OperationKeyWasUsedForSomethingElse>(() => desk.Starts(Desk.Maker, key: Desk.Key("one-body", "other")));
    }

    [Fact]
    public async Task Two_people_may_choose_the_same_operation_key()
    {
        var desk = await Desk.AtAsync(database);

        Assert.NotEqual(Desk.IdOf(await desk.Starts(Desk.Maker, key: Desk.Key("shared"))), Desk.IdOf(await desk.Starts("maker2@b09001.example", key: Desk.Key("shared", "other"))));
    }

    private async Task<TRefusal> Refused<TRefusal>(Func<Desk, Task<Result<RequestReceipt>>> does)
        where TRefusal : Refusal
    {
        var desk = await Desk.AtAsync(database);
        return await desk.Refused<TRefusal>(() => does(desk));
    }
}
