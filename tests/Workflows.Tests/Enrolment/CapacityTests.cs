using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Enrolment;

/// <summary>Many at once for few places, on a real PostgreSQL: never one too many, never twice, and in order.</summary>
public sealed class CapacityTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    private const string Other = "maker@b09002.example";

    [Fact]
    public async Task Of_two_hundred_at_once_for_the_last_ten_places_ten_are_in_and_all_others_wait_in_order()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var occasion = await at.Announces(capacity: 12);
        await at.Enrols(Desk.Maker, occasion, places: 2);
        var drafts = new List<(string Maker, RequestId Id)>();
        for (var i = 0; i < 200; i++)
        {
            var maker = i % 2 == 0 ? Desk.Maker : Other;
            drafts.Add((maker, await at.Drafts(maker, occasion)));
        }

        var viewers = new Dictionary<string, Viewer> { [Desk.Maker] = await at.Desk.As(Desk.Maker), [Other] = await at.Desk.As(Other) };
        var submit = at.Desk.Get<SubmitRequest>();
        var results = await Task.WhenAll(drafts.Select(d => Task.Run(() => submit.HandleAsync(viewers[d.Maker], d.Id, null, null, Desk.Ct), Desk.Ct)));

        Assert.All(results, r => Assert.False(r.IsRefused, r.IsRefused ? r.Refusal.Code : ""));
        Assert.Equal(10, results.Count(r => r.Value.Status == "approved"));
        Assert.Equal(190, results.Count(r => r.Value.Status == "submitted"));
        var rows = await at.RowsOf(occasion);
        Assert.Equal(201, rows.Select(r => r.Request).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 201), rows.Select(r => r.Position));
        Assert.All(rows.Take(11), r => Assert.Equal("Enrolled", r.State));
        Assert.All(rows.Skip(11), r => Assert.Equal("Waiting", r.State));
        Assert.Equal(results.Where(r => r.Value.Status == "approved").Select(r => Guid.Parse(r.Value.Id)).Order(), rows.Skip(1).Take(10).Select(r => r.Request).Order());
        Assert.Empty((await at.Desk.Get<AuditTheWorld>().HandleAsync(new AuditEvidence([], []), Desk.Ct)).Differences);
    }

    [Fact]
    public async Task Places_given_up_at_once_go_to_those_who_wait_longest()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var occasion = await at.Announces(capacity: 4);
        var inside = new List<RequestId>();
        for (var i = 0; i < 4; i++) inside.Add(await at.Enrols(Desk.Maker, occasion));
        var waiting = new List<RequestId>();
        for (var i = 0; i < 6; i++) waiting.Add(await at.Enrols(Other, occasion));

        var viewer = await at.Desk.As(Desk.Maker);
        var withdrawn = await Task.WhenAll(inside.Select(id => Task.Run(() => at.Desk.Get<WithdrawRequest>().HandleAsync(viewer, id, null, null, null, Desk.Ct), Desk.Ct)));
        await at.Sweeps();

        Assert.All(withdrawn, w => Assert.Equal("withdrawn", w.Value.Status));
        foreach (var (i, id) in waiting.Index()) Assert.Equal(i < 4 ? "Approved" : "Submitted", await at.Desk.StatusOf(id));
        Assert.Empty((await at.Desk.Get<AuditTheWorld>().HandleAsync(new AuditEvidence([], []), Desk.Ct)).Differences);
    }

    [Fact]
    public async Task Of_twenty_at_once_from_one_firm_only_as_many_are_in_as_one_firm_may_have()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var occasion = await at.Announces(capacity: 50, mostPerFirm: 3);
        var drafts = new List<RequestId>();
        for (var i = 0; i < 20; i++) drafts.Add(await at.Drafts(Desk.Maker, occasion));

        var viewer = await at.Desk.As(Desk.Maker);
        var results = await Task.WhenAll(drafts.Select(d => Task.Run(() => at.Desk.Get<SubmitRequest>().HandleAsync(viewer, d, null, null, Desk.Ct), Desk.Ct)));

        Assert.Equal(3, results.Count(r => !r.IsRefused));
        Assert.All(results.Where(r => r.IsRefused), r => Assert.IsType<TooManyFromOneFirm>(r.Refusal));
        Assert.Equal(3, (await at.RowsOf(occasion)).Count);
    }

    [Fact]
    public async Task The_same_person_has_one_place_however_often_they_are_named_at_once()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var occasion = await at.Announces(capacity: 50);
        var drafts = new List<RequestId>();
        for (var i = 0; i < 10; i++) drafts.Add(await at.Drafts(Desk.Maker, occasion, email: "same@firm.example"));

        var viewer = await at.Desk.As(Desk.Maker);
        var results = await Task.WhenAll(drafts.Select(d => Task.Run(() => at.Desk.Get<SubmitRequest>().HandleAsync(viewer, d, null, null, Desk.Ct), Desk.Ct)));

        Assert.Single(results, r => !r.IsRefused);
        Assert.All(results.Where(r => r.IsRefused), r => Assert.IsType<SomebodyIsEnrolledAlready>(r.Refusal));
        Assert.Single(await at.RowsOf(occasion));
    }

    [Fact]
    public async Task Where_there_is_no_waiting_list_a_full_date_refuses_and_the_draft_stays()
    {
        var at = await EnrolmentDesk.AtAsync(database);
        var occasion = await at.Announces(capacity: 1, hasWaitingList: false);
        await at.Enrols(Desk.Maker, occasion);
        var late = await at.Drafts(Other, occasion);

        Assert.Equal(0, (await at.Desk.Refused<NoPlaceIsLeft>(() => at.Submits(Other, late))).Free);
        Assert.Equal("Draft", await at.Desk.StatusOf(late));
    }
}
