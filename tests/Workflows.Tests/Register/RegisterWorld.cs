using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Tests.Access;

namespace ClientConnect.Workflows.Tests.Register;

/// <summary>The register with two participants, whose positions and shares files bring; the business clock stands still.</summary>
internal sealed class RegisterWorld : IRegisterKinds
{
    public const string Position = "position", Share = "share", Typed = "typed", Pass = "pass";

    private static readonly ImportFormat Positions = new(
        EntriesOf.Memberships,
        new Dictionary<string, ImportColumn>
        {
            ["stock"] = new(CellType.Text, Required: true, MaxLength: 5),
            ["market"] = new(CellType.Choice) { Options = ["HK", "SH"] },
            ["due"] = new(CellType.Date, Required: true),
            ["quantity"] = new(CellType.Integer, Required: true, Least: 1),
        },
        Whole: true,
        Key: "number");

    private static readonly ImportFormat Shares = new(
        EntriesOf.Everybody,
        new Dictionary<string, ImportColumn> { ["name"] = new(CellType.Words, Required: true), ["price"] = new(CellType.Decimal, Least: 0), ["eligible"] = new(CellType.YesNo) });

    private static readonly ImportFormat Passes = new(EntriesOf.Everybody, new Dictionary<string, ImportColumn> { ["until"] = new(CellType.Date), ["holder"] = new(CellType.Text) });

    private readonly Dictionary<string, KindRule> kinds = new()
    {
        [Position] = new(Fed: Positions),
        [Share] = new(Fed: Shares),
        [Typed] = new(),
        [Pass] = new(Fed: Passes, LastDay: "until"),
        ["thing"] = new(),
        ["public-thing"] = new(),
        ["firms-thing"] = new(),
        ["house-thing"] = new(ForClearingHouse: true),
    };

    private RegisterWorld(TestDatabase database, AccessWorld people)
    {
        (Database, People) = (database, people);
        Clock = new BusinessClock(people.Clock);
        Desk = new ImportDesk(database.Contexts, this, people.Directory, Clock);
        var calendars = new CalendarDesk(new CalendarStore(database.Contexts), new NothingMoves(), Clock);
        var deeds = new ImportDeeds(database.Contexts, new ImportNotices(people.Clock, new PortalAddress("https://portal.example")));
        Offer = new OfferImport(database.Contexts, new ClickConnection(database.Source), Desk, calendars, deeds, Clock);
        Confirm = new ConfirmImport(database.Contexts, new ClickConnection(database.Source), Desk, calendars, deeds, Clock);
        Drop = new DropImport(database.Contexts, new ClickConnection(database.Source), deeds, Clock);
        Imports = new RegisterImports(database.Contexts, Desk, calendars, deeds);
        Search = new RegisterSearch(database.Source, this, Clock);
        Entries = new ImportEntries(new ClickConnection(database.Source));
        Due = Another();
    }

    public TestDatabase Database { get; }

    public AccessWorld People { get; }

    public BusinessClock Clock { get; }

    public ImportDesk Desk { get; }

    public OfferImport Offer { get; }

    public ConfirmImport Confirm { get; }

    public DropImport Drop { get; }

    public RegisterImports Imports { get; }

    public RegisterSearch Search { get; }

    public ImportEntries Entries { get; }

    /// <summary>What ends by itself, as this host ends it.</summary>
    public EndDueEntries Due { get; }

    /// <summary>Who uploads.</summary>
    public Viewer Supervisor { get; private set; } = null!;

    /// <summary>Who confirms what takes a second person.</summary>
    public Viewer Second { get; private set; } = null!;

    public static async Task<RegisterWorld> OnAsync(TestDatabase database)
    {
        var world = new RegisterWorld(database, await AccessWorld.OnAsync(database));
        world.Supervisor = await world.Viewer("supervisor");
        world.Second = await world.Viewer("supervisor2");
        return world;
    }

    /// <summary>What ends by itself, as another host on the same database ends it.</summary>
    public EndDueEntries Another() => new(Database.Source, this, Clock);

    public IReadOnlyDictionary<string, KindRule> All() => kinds;

    public Task<Viewer> Viewer(string who) => People.ViewerOf(who.Contains('@', StringComparison.Ordinal) ? who : $"{who}@clearing.example");

    public Task<Result<Guid>> Offers(string kind, string text, string name = "file.csv") => OffersBytes(kind, Encoding.UTF8.GetBytes(text), name);

    public async Task<Result<Guid>> OffersBytes(string kind, byte[] content, string name = "file.csv")
    {
        using var file = new MemoryStream(content);
        return await Offer.HandleAsync(Supervisor, kind, name, file, CancellationToken.None);
    }

    public async Task<ImportPreview> Previews(Guid import) => (await Imports.PreviewAsync(Supervisor, import, CancellationToken.None)).Value;

    /// <summary>Uploads, looks and confirms; a calendar a second person does.</summary>
    public async Task<ImportCounts> Takes(string kind, string text, bool withoutFaulty = false)
    {
        var import = (await Offers(kind, text)).Value;
        return (await Confirm.HandleAsync(CalendarFiles.MarketOf(kind) is null ? Supervisor : Second, import, (await Previews(import)).ContentHash, withoutFaulty, CancellationToken.None)).Value;
    }

    public async Task<int> Holds(string kind, string key, MembershipId? membership, JsonObject values, FirmId? firm = null, DateTimeOffset? from = null) =>
        (await Entries.HandleAsync([new EntryImport(kind, key, membership, firm, values)], from ?? Clock.GetUtcNow(), CancellationToken.None)).Value;

    /// <summary>Keys of a kind in force, each with one of its values.</summary>
    public async Task<IReadOnlyList<string>> InForce(string kind, string value) =>
        [.. (await Search.ListAsync(Supervisor, kind, new RegisterFilter(Size: 100), CancellationToken.None))!.Value.Items.Select(e => $"{e.Entry.Membership} {e.Entry.Key} {e.Entry.Values[value]}".Trim())];

    /// <summary>No request is under way.</summary>
    private sealed class NothingMoves : ICalendarMoves
    {
        public Task<CalendarMoves> OfAsync(Workflows.Calendar.BusinessCalendar before, Workflows.Calendar.BusinessCalendar after, DateTimeOffset now, CancellationToken ct) => Task.FromResult(CalendarMoves.None);

        public Task<IReadOnlyList<MovedDeadline>> DoneAsync(Guid import, CancellationToken ct) => Task.FromResult<IReadOnlyList<MovedDeadline>>([]);
    }
}
