using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ClientConnect.Workflows.Tests.Requests;

/// <summary>
/// The use cases on a real database, in the hands of people who are signed in. The clocks go on by a millisecond when somebody looks,
/// so that what happened can be told in order, and otherwise stand until the test moves them; nothing ticks but what the test calls.
/// </summary>
internal sealed class Desk
{
    public const string Maker = "maker@b09001.example";
    public const string Checker = "checker@b09001.example";
    public const string Reviewer = "reviewer@clearing.example";
    public const string Approver = "approver@clearing.example";

    private readonly ServiceProvider services;

    private Desk(DeskDatabase database, ServiceProvider services) => (Database, this.services) = (database, services);

    public DeskDatabase Database { get; }

    public FakeTimeProvider Machine => (FakeTimeProvider)Get<TimeProvider>();

    public BusinessClock Clock => Get<BusinessClock>();

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="add">Other services than usual; null for none.</param>
    public static async Task<Desk> AtAsync(DeskDatabase database, string moment = "2026-11-23 10:00", Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection().AddLogging()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Moment(moment)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) }).AddSingleton<BusinessClock>().AddSingleton(database.Rows.Source).AddSingleton(database.Rows.Contexts)
            .AddSingleton<ClickConnection>().AddSingleton<SecurityLog>().AddSingleton<StartSession>().AddSingleton<ReadSession>().AddSingleton<ViewerCache>()
            .AddSingleton<Catalogue>().AddSingleton<CalendarStore>().AddSingleton<RegisterReader>().AddSingleton<ImportEntries>().AddSingleton<IFlowInterpreter, FlowInterpreter>()
            .AddSingleton<EventLog>().AddSingleton<VerifyAudit>().AddSingleton<AuditTheWorld>()
            .AddSingleton<IEffectWriter, StateWriter>().AddSingleton<IEffectWriter, TaskWriter>().AddSingleton<IEffectWriter, DeadlineWriter>().AddSingleton<IEffectWriter, NoticeWriter>()
            .AddSingleton(new PortalAddress("http://portal.test")).AddSingleton<RequestWriter>().AddSingleton<RequestClicks>().AddSingleton<RequestMoves>()
            .AddSingleton<RequestReader>().AddSingleton<DoneOperations>().AddSingleton<ClickLoad>().AddSingleton<MessagesOf>().AddSingleton<RequestsOf>().AddSingleton<RequestTimeline>().AddSingleton<DraftAnswers>()
            .AddSingleton<StartDraft>().AddSingleton<SaveDraft>().AddSingleton<KeptAnswers>().AddSingleton<SubmitRequest>().AddSingleton<WithdrawRequest>()
            .AddSingleton<InboxOf>().AddSingleton<ReadTask>().AddSingleton<ClosedDayApprovals>().AddSingleton<ProcessingDays>().AddSingleton<Proposals>().AddSingleton<PastContent>()
            .AddSingleton<ClaimTask>().AddSingleton<ReleaseTask>().AddSingleton<ReassignTask>().AddSingleton<DecideTask>().AddSingleton<MilestoneReports>()
            .AddSingleton<DueRequests>().AddSingleton<DeadlineEffects>().AddSingleton<SweepDeadlines>().AddSingleton<MoveClock>().AddSingleton<DeadlineLedger>()
            .AddSingleton(database.Kinds).AddSingleton<EndDueEntries>();
        add?.Invoke(services);
        var desk = new Desk(database, services.BuildServiceProvider());
        await desk.Get<CalendarStore>().RefreshAsync(Ct);
        desk.Get<Catalogue>().Add(database.Bundle);
        desk.Get<Catalogue>().PutInForce(database.Bundle.Hash);
        return desk;
    }

    public static DateTimeOffset Moment(string hongKong) => new(DateTime.ParseExact(hongKong, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Sets the business clock, forward or back; nothing that is due happens by that.</summary>
    public void ClockShows(string hongKong) => Clock.Offset = Moment(hongKong) - Machine.GetUtcNow();

    /// <summary>Somebody in a session of their own.</summary>
    public async Task<Viewer> As(string email) =>
        (await Get<ReadSession>().HandleAsync((await Get<StartSession>().HandleAsync(email, Visitor.Unknown, Ct)).Value, Ct))!;

    /// <summary>Answers that can be sent, for one position.</summary>
    public JsonObject Answers(string? position = null) => new()
    {
        ["market"] = "HK",
        ["settlementDate"] = "2026-11-23",
        ["lines"] = new JsonArray(new JsonObject
        {
            ["positionNo"] = position ?? Database.NextPosition(),
            ["stockCode"] = "00700",
            ["outstandingShortQty"] = 1500,
            ["exemptQty"] = 1000,
            ["reasonCode"] = "PENDING_RECEIPT",
            ["expectedDeliveryDate"] = "2026-11-24",
            ["counterpartyId"] = "C09001",
            ["instructionNo"] = "SI1",
        }),
        ["contactName"] = "Chan Tai Man",
        ["contactPosition"] = "Officer",
        ["contactPhone"] = "23456789",
        ["contactEmail"] = "desk@b09001.example",
        ["declaration"] = true,
    };

    public async Task<Result<RequestReceipt>> Starts(string email, JsonObject? answers = null, MembershipId? membership = null, OperationKey? key = null, string eService = DeskDatabase.EService) =>
        await Get<StartDraft>().HandleAsync(await As(email), eService, membership ?? DeskDatabase.Own, answers ?? Answers(), DraftStrictness.Strict, key, Ct);

    public async Task<Result<RequestReceipt>> Saves(string email, RequestId id, JsonObject answers, string? seen) =>
        await Get<SaveDraft>().HandleAsync(await As(email), id, answers, seen, DraftStrictness.Strict, null, false, Ct);

    public async Task<Result<RequestReceipt>> Submits(string email, RequestId id, OperationKey? key = null, string? seen = null) =>
        await Get<SubmitRequest>().HandleAsync(await As(email), id, seen, key, Ct);

    public async Task<Result<RequestReceipt>> Withdraws(string email, RequestId id, OperationKey? key = null) =>
        await Get<WithdrawRequest>().HandleAsync(await As(email), id, null, null, key, Ct);

    public async Task<Result<RequestReceipt>> Claims(string email, RequestId id) => await Get<ClaimTask>().HandleAsync(await As(email), await TaskOf(id), null, null, Ct);

    /// <param name="seen">What was on the screen; null looks now.</param>
    /// <param name="closedDay">A day that is approved although the market is closed on it; null for none.</param>
    public async Task<Result<RequestReceipt>> Decides(string email, RequestId id, string outcome = Decision.Approve, string? seen = null, JsonArray? lines = null, OperationKey? key = null, TaskId? task = null, DateOnly? closedDay = null)
    {
        var viewer = await As(email);
        var of = task ?? await TaskOf(id);
        var read = await Get<ReadTask>().HandleAsync(viewer, of, Ct);
        var hash = seen ?? (read.IsRefused ? "never seen" : read.Value.ContentHash);
        return await Get<DecideTask>().HandleAsync(viewer, of, new Decision(outcome, outcome == Decision.Approve ? null : "Because.", lines, null, hash) { ClosedDays = closedDay is { } day ? [day] : [] }, key, Ct);
    }

    /// <summary>The open task of a request, or the last one that was open.</summary>
    public async Task<TaskId> TaskOf(RequestId id) =>
        new(await Database.Rows.ValueAsync<Guid>("SELECT id FROM inbox.task WHERE request_id = $1 ORDER BY is_open DESC, closed_at DESC LIMIT 1", id.Value));

    public async Task<LoadedRequest?> Sees(string email, RequestId id) => await Get<RequestReader>().FindAsync(await As(email), id, Ct);

    public async Task<string> StatusOf(RequestId id) => (await Database.Rows.ValueAsync<string>("SELECT status FROM requests.service_request WHERE id = $1", id.Value))!;

    public async Task<RequestId> Draft(JsonObject? answers = null) => IdOf(await Starts(Maker, answers));

    public async Task<RequestId> WithChecker(JsonObject? answers = null)
    {
        var id = await Draft(answers);
        IdOf(await Submits(Maker, id));
        return id;
    }

    public async Task<RequestId> WithClearingHouse(JsonObject? answers = null)
    {
        var id = await WithChecker(answers);
        IdOf(await Decides(Checker, id));
        return id;
    }

    public async Task<RequestId> Reviewed(JsonObject? answers = null)
    {
        var id = await WithClearingHouse(answers);
        IdOf(await Claims(Reviewer, id));
        IdOf(await Decides(Reviewer, id));
        return id;
    }

    public static OperationKey Key(string key, string body = "same") => OperationKey.Of(key, "POST /somewhere", JsonValue.Create(body))!;

    public static RequestId IdOf(Result<RequestReceipt> result) => result.IsRefused
        ? throw new InvalidOperationException($"Refused: {result.Refusal.Code} {string.Join(", ", result.Refusal.Fields)} {string.Join(", ", result.Refusal.Arguments)}")
        : new RequestId(Guid.Parse(result.Value.Id));

    /// <summary>Does it, and holds that it was refused so and that no row of the portal changed by it.</summary>
    public async Task<TRefusal> Refused<TRefusal>(Func<Task<Result<RequestReceipt>>> does)
        where TRefusal : Refusal => Assert.IsType<TRefusal>(await Refused(does));

    /// <summary>The same, whatever the refusal is.</summary>
    public async Task<Refusal> Refused(Func<Task<Result<RequestReceipt>>> does)
    {
        var before = await AllRowsAsync();
        var result = await does();

        Assert.True(result.IsRefused, "A refusal was expected, but it was done.");
        Assert.Equal(before, await AllRowsAsync());
        return result.Refusal;
    }

    /// <summary>One hash over all rows that a use case could change; sessions come and go.</summary>
    public async Task<string> AllRowsAsync()
    {
        var all = new List<string>();
        foreach (var table in new[] { "requests.service_request", "requests.operation", "requests.touch", "requests.note", "events.event", "inbox.task", "deadlines.deadline", "notices.notice", "register.entry", "files.attachment", "requests.message" })
        {
            all.Add($"{table} {await Database.Rows.ValueAsync<string>($"SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} t")}");
        }

        return Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', all))));
    }
}
