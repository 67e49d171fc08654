using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Workflows.Tests.Enrolment;

/// <summary>The desk, with activities to enrol for.</summary>
internal sealed class EnrolmentDesk
{
    public const string EService = "event-id-enrolment";
    public const string Supervisor = "supervisor@clearing.example";

    private int people;

    private EnrolmentDesk(Desk desk) => Desk = desk;

    public Desk Desk { get; }

    public static async Task<EnrolmentDesk> AtAsync(DeskDatabase database)
    {
        var desk = await Desk.AtAsync(database, add: s => s
            .AddSingleton<IEffectWriter, EnrolmentWriter>().AddSingleton<IRequestFact, PlacesFact>()
            .AddSingleton<Activities>().AddSingleton<Roster>().AddSingleton<EnrolmentsOf>().AddSingleton<SaveActivity>().AddSingleton<CancelOccasion>().AddSingleton<MarkAttendance>());
        var folder = await WorkflowsFolder.ReadAsync(Repository.Workflows, Desk.Ct);
        var loader = await BundleLoader.CreateAsync(folder, Desk.Ct);
        var bundle = loader.Load(EService, folder.Folders[EService]).Bundle!;
        desk.Get<Catalogue>().Add(bundle);
        desk.Get<Catalogue>().PutInForce(bundle.Hash);
        return new EnrolmentDesk(desk);
    }

    /// <summary>An activity with one date, as it is written.</summary>
    public static JsonObject Written(int capacity, int? mostPerFirm = null, bool hasWaitingList = true, string date = "2026-12-14") => new()
    {
        ["title"] = new JsonObject { ["en"] = "Practice", ["zh-Hant"] = "實習", ["zh-Hans"] = "实习" },
        ["type"] = "TRAINING",
        ["opens"] = "2026-11-01",
        ["closes"] = "2026-12-07",
        ["cancelBy"] = "2026-12-09",
        ["mostPerFirm"] = mostPerFirm,
        ["waitingList"] = hasWaitingList,
        ["occasions"] = new JsonArray(new JsonObject { ["date"] = date, ["starts"] = "10:00", ["ends"] = "12:00", ["venue"] = "Room 7", ["capacity"] = capacity }),
    };

    /// <summary>Announces an activity; the key of its one date.</summary>
    public async Task<string> Announces(int capacity, int? mostPerFirm = null, bool hasWaitingList = true)
    {
        var saved = await Desk.Get<SaveActivity>().HandleAsync(await Desk.As(Supervisor), null, Written(capacity, mostPerFirm, hasWaitingList), null, Desk.Ct);
        return saved.Value + "-1";
    }

    /// <summary>A draft that asks for places for that many people, whom nobody else has named.</summary>
    public async Task<RequestId> Drafts(string maker, string occasion, int places = 1, string? email = null, Action<JsonObject>? with = null) =>
        Desk.IdOf(await Desk.Starts(maker, Answers(occasion, places, email, with), maker.Contains("b09002", StringComparison.Ordinal) ? DeskDatabase.Others : DeskDatabase.Own, eService: EService));

    public Task<Result<RequestReceipt>> Submits(string maker, RequestId id) => Desk.Submits(maker, id);

    public async Task<RequestId> Enrols(string maker, string occasion, int places = 1)
    {
        var id = await Drafts(maker, occasion, places);
        Desk.IdOf(await Submits(maker, id));
        return id;
    }

    public Task<int> Sweeps() => Desk.Get<SweepDeadlines>().RunAsync(Desk.Ct);

    /// <summary>State and position of every enrolment at an occasion, in the order of the positions.</summary>
    public async Task<IReadOnlyList<(Guid Request, string State, int Position, int Places)>> RowsOf(string occasion)
    {
        await using var command = Desk.Database.Rows.Source.CreateCommand("SELECT request_id, state, position, places FROM enrolment.enrolment WHERE occasion = $1 ORDER BY position");
        command.Parameters.Add(new() { Value = occasion });
        await using var row = await command.ExecuteReaderAsync(Desk.Ct);
        var rows = new List<(Guid, string, int, int)>();
        while (await row.ReadAsync(Desk.Ct)) rows.Add((row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3)));
        return rows;
    }

    private JsonObject Answers(string occasion, int places, string? email, Action<JsonObject>? with)
    {
        var answers = Answers(occasion, places, email);
        with?.Invoke(answers);
        return answers;
    }

    private JsonObject Answers(string occasion, int places, string? email) => new()
    {
        ["occasion"] = occasion,
        ["represents"] = new JsonArray("HKSCC"),
        ["attendees"] = new JsonArray([.. Enumerable.Range(0, places).Select(_ => (JsonNode)new JsonObject { ["name"] = "Chan Tai Man", ["email"] = email ?? $"person{Interlocked.Increment(ref people)}@firm.example" })]),
        ["contactName"] = "Chan Tai Man",
        ["contactPhone"] = "23456789",
        ["contactEmail"] = "desk@b09001.example",
        ["declaration"] = true,
    };
}
