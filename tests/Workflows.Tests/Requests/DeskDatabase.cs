using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Workflows.Tests.Requests;

/// <summary>
/// A database of one's own with a small market in it: two participants, the clearing house, the calendar, two securities and the
/// positions of B09001. The fixture of a test class, or made in a test that needs a clock of its own.
/// </summary>
public sealed class DeskDatabase : IAsyncLifetime
{
    public const string EService = "set-1-buy-in-exemption";

    /// <summary>Positions of B09001: P00000001 and so on, each for one line.</summary>
    public const int Positions = 400;

    public static readonly MembershipId Own = new("hkscc-b09001");
    public static readonly MembershipId Custody = new("hkscc-c09005");
    public static readonly MembershipId Others = new("hkscc-b09002");

    /// <summary>Not a field, so that a released bundle is read once for all classes.</summary>
    private static readonly Lazy<Task<(WorkflowsFolder Folder, EServiceBundle Bundle, IRegisterKinds Kinds)>> Read = new(ReadAsync);

    private int taken;

    public TestDatabase Rows { get; } = new();

    internal EServiceBundle Bundle { get; private set; } = null!;

    /// <summary>The shared kinds of entries.</summary>
    internal IRegisterKinds Kinds { get; private set; } = null!;

    public static async Task<DeskDatabase> CreateAsync()
    {
        var database = new DeskDatabase();
        await database.InitializeAsync();
        return database;
    }

    /// <summary>The number of a position that no other test of the class asks for.</summary>
    public string NextPosition() => $"P{Interlocked.Increment(ref taken):00000000}";

    public async ValueTask InitializeAsync()
    {
        var (folder, bundle, kinds) = await Read.Value;
        (Bundle, Kinds) = (bundle, kinds);
        await Rows.InitializeAsync();
        await new CalendarStore(Rows.Contexts).SeedAsync(folder.Calendar, CancellationToken.None);
        await new ImportFirms(Rows.Contexts, new OpenSecrets()).HandleAsync([Lantau, Peak, House], CancellationToken.None);
        await new ImportEntries(new ClickConnection(Rows.Source)).HandleAsync(
            [
                Security("00700"), Security("00005"),
                .. Enumerable.Range(1, Positions).Select(n => new EntryImport("short-position", $"P{n:00000000}", Own, ImportFirms.IdOf("CP09001"), new JsonObject
                {
                    ["positionNo"] = $"P{n:00000000}",
                    ["stockCode"] = "00700",
                    ["market"] = "HK",
                    ["settlementDate"] = "2026-11-23",
                    ["quantity"] = 1500,
                    ["tradeDate"] = "2026-11-19",
                })),
            ],
            Desk.Moment("2026-01-01 00:00"), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Rows.DisposeAsync();

    private static FirmImport Lantau => new(
        "CP09001", new LocalText("Lantau Securities"), false,
        [new HeldMembership(Own, ClearingHouse.Hkscc, "B09001", "clearing-participant", false), new HeldMembership(Custody, ClearingHouse.Hkscc, "C09005", "custodian", false)],
        [
            Person("maker@b09001.example", Make(Own), Make(Custody)), Person("maker2@b09001.example", Make(Own)),
            Person("checker@b09001.example", Check(Own)), Person("checker2@b09001.example", Check(Own)),
            Person("both@b09001.example", new Right("*", Own, false, true, true)), Person("reader@b09001.example", new Right(EService, Own, true, false, false)),
            Person("elsewhere@b09001.example", new Right("another-eservice", Own, true, true, true)), Person("da@b09001.example", Role.DelegatedAdministrator),
        ]);

    private static FirmImport Peak => new(
        "CP09002", new LocalText("Peak Brokers"), false, [new HeldMembership(Others, ClearingHouse.Hkscc, "B09002", "clearing-participant", false)],
        [Person("maker@b09002.example", Make(Others)), Person("checker@b09002.example", Check(Others))]);

    private static FirmImport House => new(
        "CP09000", new LocalText("Clearing House"), true, [],
        [
            Person("reviewer@clearing.example", Role.Reviewer), Person("reviewer2@clearing.example", Role.Reviewer), Person("approver@clearing.example", Role.Approver),
            Person("approver2@clearing.example", Role.Approver), Person("both@clearing.example", Role.Reviewer, Role.Approver), Person("supervisor@clearing.example", Role.Supervisor),
            Person("auditor@clearing.example", Role.Auditor), Person("administrator@clearing.example", Role.Administrator),
            Person("margin@clearing.example", [], (Role.Reviewer, "margin")), Person("analyst@clearing.example", Role.Analyst),
            Person("analyst2@clearing.example", Role.Analyst), Person("analyst3@clearing.example", Role.Analyst), Person("analyst4@clearing.example", Role.Analyst),
        ]);

    private static Right Make(MembershipId membership) => new("*", membership, false, true, false);

    private static Right Check(MembershipId membership) => new("*", membership, false, false, true);

    private static UserImport Person(string email, params Right[] rights) => Person(email, rights, []);

    private static UserImport Person(string email, params Role[] roles) => Person(email, [], [.. roles.Select(r => (r, (string?)null))]);

    private static UserImport Person(string email, Right[] rights, params (Role, string?)[] roles) =>
        new(email, $"Name of {email}", null, null, "en", "hash", null, false, rights, roles);

    private static EntryImport Security(string code) => new("security", code, null, null, new JsonObject
    {
        ["stockCode"] = code,
        ["name"] = new JsonObject { ["en"] = $"Stock {code}" },
        ["currency"] = "HKD",
        ["boardLot"] = 100,
        ["closingPrice"] = 318.4m,
        ["market"] = "HK",
        ["eligible"] = true,
        ["status"] = "trading",
    });

    private static async Task<(WorkflowsFolder, EServiceBundle, IRegisterKinds)> ReadAsync()
    {
        var folder = await WorkflowsFolder.ReadAsync(Repository.Workflows, CancellationToken.None);
        var loader = await BundleLoader.CreateAsync(folder, CancellationToken.None);
        return (folder, loader.Load(EService, folder.Folders[EService]).Bundle!, new SharedKinds(loader.Kinds!));
    }

    private sealed class SharedKinds(IReadOnlyDictionary<string, RegisterKind> kinds) : IRegisterKinds
    {
        public IReadOnlyDictionary<string, KindRule> All() => kinds.ToDictionary(k => k.Key, k => new KindRule(k.Value.ForClearingHouse, k.Value.Fed, k.Value.LastDay));
    }

    private sealed class OpenSecrets : ISecretProtector
    {
        public string Protect(string secret) => secret;

        public string? Unprotect(string secret) => secret;
    }
}
