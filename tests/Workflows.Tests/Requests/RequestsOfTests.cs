using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

/// <summary>A list and a single look must agree on who sees what: one rule is C#, the other SQL.</summary>
public sealed class RequestsOfTests(RequestsOfTests.OneOfEach requests) : IClassFixture<RequestsOfTests.OneOfEach>
{
    public static TheoryData<string> Viewers =>
    [
        Desk.Maker, "maker2@b09001.example", Desk.Checker, "both@b09001.example", "reader@b09001.example", "elsewhere@b09001.example", "da@b09001.example",
        "maker@b09002.example", "checker@b09002.example", Desk.Reviewer, Desk.Approver, "supervisor@clearing.example", "auditor@clearing.example",
        "administrator@clearing.example", "analyst@clearing.example", "margin@clearing.example",
    ];

    [Theory]
    [MemberData(nameof(Viewers))]
    public async Task The_list_holds_what_the_rule_shows(string email)
    {
        var viewer = await requests.Desk.As(email);

        var listed = (await requests.Desk.Get<RequestsOf>().HandleAsync(viewer, new RequestFilter(PageSize: 100), Desk.Ct)).Items.Select(r => r.Id).ToHashSet();

        Assert.Equal(
            requests.All.Where(r => RequestAccess.MaySee(viewer, r)).Select(r => $"{r.Status} of {r.Membership.Id}").Order(StringComparer.Ordinal),
            requests.All.Where(r => listed.Contains(r.Id)).Select(r => $"{r.Status} of {r.Membership.Id}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Viewers))]
    public async Task A_single_look_shows_what_the_rule_shows(string email)
    {
        var viewer = await requests.Desk.As(email);

        foreach (var request in requests.All)
        {
            Assert.Equal(RequestAccess.MaySee(viewer, request), await requests.Desk.Get<RequestReader>().FindAsync(viewer, request.Id, Desk.Ct) is not null);
        }
    }

    [Fact]
    public async Task A_competitor_sees_its_own_and_nothing_else()
    {
        var listed = await requests.Desk.Get<RequestsOf>().HandleAsync(await requests.Desk.As("maker@b09002.example"), new RequestFilter(), Desk.Ct);

        Assert.All(listed.Items, r => Assert.Equal(DeskDatabase.Others, r.Membership));
        Assert.Equal(2, listed.Total);
    }

    [Fact]
    public async Task A_search_does_not_take_wildcards()
    {
        var listed = await requests.Desk.Get<RequestsOf>().HandleAsync(await requests.Desk.As(Desk.Maker), new RequestFilter(Search: "%"), Desk.Ct);

        Assert.Empty(listed.Items);
    }

    [Fact]
    public async Task A_request_is_found_by_what_its_firm_calls_it_and_by_nobody_who_does_not_see_it()
    {
        await using var database = await DeskDatabase.CreateAsync();
        var desk = await Desk.AtAsync(database);
        var answers = desk.Answers("X00000077");
        answers["clientReference"] = "Ledger 77_B";
        var id = Desk.IdOf(await desk.Starts(Desk.Maker, answers));

        async Task<IEnumerable<RequestId>> Found(string email, string search) => (await desk.Get<RequestsOf>().HandleAsync(await desk.As(email), new RequestFilter(Search: search), Desk.Ct)).Items.Select(r => r.Id);
        Assert.Equal([id], await Found(Desk.Maker, ""));
        Assert.Equal([id], await Found(Desk.Maker, "ledger 77_b"));
        Assert.Empty(await Found(Desk.Maker, "ledger 77xb"));
        Assert.Empty(await Found("maker@b09002.example", "ledger"));
        Assert.Empty(await Found(Desk.Reviewer, "ledger"));
    }

    /// <summary>One request of B09001 in each status that a person can bring it to, and a draft and a sent one of B09002.</summary>
    public sealed class OneOfEach : IAsyncLifetime
    {
        private DeskDatabase database = null!;

        internal Desk Desk { get; private set; } = null!;

        internal IReadOnlyList<LoadedRequest> All { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            database = await DeskDatabase.CreateAsync();
            Desk = await Desk.AtAsync(database);
            await Desk.Draft();
            await Desk.WithChecker();
            await Desk.Decides(Desk.Checker, await Desk.WithChecker(), "return");
            await Desk.Decides(Desk.Checker, await Desk.WithChecker(), "reject");
            await Desk.Withdraws(Desk.Maker, await Desk.WithChecker());
            await Desk.WithClearingHouse();
            await Desk.Withdraws(Desk.Maker, await Desk.WithClearingHouse());
            await Desk.Claims(Desk.Reviewer, await Desk.WithClearingHouse());
            await Desk.Decides(Desk.Reviewer, await Desk.WithClearingHouse(), "return");
            await Desk.Reviewed();
            await Desk.Decides(Desk.Approver, await Desk.Reviewed());
            await Desk.Decides(Desk.Approver, await Desk.Reviewed(), "reject");
            await Desk.Starts("maker@b09002.example", Desk.Answers("X00000001"), DeskDatabase.Others);
            await Desk.Submits("maker@b09002.example", Desk.IdOf(await Desk.Starts("maker@b09002.example", Desk.Answers("X00000002"), DeskDatabase.Others)));
            await using var connection = await database.Rows.Source.OpenConnectionAsync();
            var ids = await database.Rows.ValueAsync<Guid[]>("SELECT array_agg(id) FROM requests.service_request");
            All = await Desk.Get<ClickLoad>().ManyAsync(connection, ids!, CancellationToken.None);
            Assert.Equal(14, All.Count);
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
