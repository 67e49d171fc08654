using ClientConnect.Host.Demonstration;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClientConnect.Workflows.Tests.Access;

public sealed class DemonstrationMarketTests : IAsyncLifetime
{
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly MembershipId B09001 = new("hkscc-b09001");

    private readonly TestDatabase database = new();
    private DemonstrationMarket market = null!;
    private RegisterReader register = null!;
    private AccessWorld.CountingHasher hasher = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        var calendars = new CalendarStore(database.Contexts);
        await calendars.SeedAsync(Files(), CancellationToken.None);
        await calendars.RefreshAsync(CancellationToken.None);
        register = new RegisterReader(database.Contexts);
        hasher = new AccessWorld.CountingHasher();
        market = Market("Development", calendars);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task The_whole_cast_is_there_and_seeding_again_adds_nothing()
    {
        await market.SeedAsync(Monday, CancellationToken.None);
        var rows = await Rows();
        await market.SeedAsync(Monday, CancellationToken.None);

        Assert.Equal(rows, await Rows());
        Assert.Empty(Cast.All.Select(a => a.Email).Except(market.Accounts.Select(a => a.Email)));
        Assert.True(market.Accounts[0].Password.Length >= 15);
    }

    [Fact]
    public async Task Every_participant_has_positions_due_today_and_some_overdue()
    {
        await market.SeedAsync(Monday, CancellationToken.None);

        var due = await database.ValueAsync<long>("SELECT count(*) FROM register.entry WHERE membership_id = $1 AND kind = 'short-position' AND values->>'settlementDate' = '2026-11-23' AND values->>'tradeDate' = '2026-11-19'", B09001.Value);
        var overdue = await database.ValueAsync<long>("SELECT count(*) FROM register.entry WHERE membership_id = $1 AND kind = 'short-position' AND values->>'settlementDate' = '2026-11-20'", B09001.Value);
        Assert.True(due >= 200 && overdue >= 12 && due + overdue >= 250);
        Assert.Equal(3, await database.ValueAsync<long>("SELECT count(*) FROM (SELECT membership_id FROM register.entry WHERE kind = 'short-position' AND membership_id <> $1 GROUP BY 1 HAVING count(*) = 60) m", B09001.Value));
    }

    [Fact]
    public async Task Position_numbers_have_nine_characters_and_quantities_are_whole_board_lots()
    {
        await market.SeedAsync(Monday, CancellationToken.None);

        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM register.entry WHERE kind = 'short-position' AND key !~ '^[A-Z0-9]{9}$'"));
        Assert.Equal(0, await database.ValueAsync<long>(
            """
            SELECT count(*) FROM register.entry p JOIN register.entry s ON s.ref = 'security:' || (p.values->>'stockCode')
            WHERE p.kind = 'short-position' AND ((p.values->>'quantity')::bigint % (s.values->>'boardLot')::bigint <> 0 OR p.values->>'market' <> s.values->>'market')
            """));
    }

    [Fact]
    public async Task Only_the_China_Connect_participant_has_positions_of_the_mainland_due_on_the_trade_date()
    {
        await market.SeedAsync(Monday, CancellationToken.None);

        Assert.Equal("hkscc-b09003", await database.ValueAsync<string>("SELECT string_agg(DISTINCT membership_id, ',') FROM register.entry WHERE values->>'market' LIKE 'CC%' AND kind = 'short-position'"));
        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM register.entry WHERE values->>'market' LIKE 'CC%' AND kind = 'short-position' AND values->>'tradeDate' <> '2026-11-23'"));
    }

    [Fact]
    public async Task Another_settlement_day_brings_its_own_positions_and_old_ones_end()
    {
        await market.SeedAsync(Monday, CancellationToken.None);

        await market.TopUpAsync(Monday.AddDays(3), CancellationToken.None);

        Assert.Equal(330, await Open("2026-11-26"));
        Assert.Equal(0, await Open("2026-11-23"));
    }

    [Fact]
    public async Task A_Sunday_and_a_year_without_a_calendar_bring_nothing_new()
    {
        await market.SeedAsync(new DateOnly(2026, 11, 20), CancellationToken.None);
        var rows = await Rows();

        await market.TopUpAsync(new DateOnly(2026, 11, 22), CancellationToken.None);
        await market.TopUpAsync(new DateOnly(2031, 1, 6), CancellationToken.None);

        Assert.Equal(rows, await Rows());
    }

    [Fact]
    public async Task In_Production_it_refuses()
    {
        var calendars = new CalendarStore(database.Contexts);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Market("Production", calendars).SeedAsync(Monday, CancellationToken.None));
    }

    [Fact]
    public async Task Every_participant_has_files_to_attach()
    {
        await market.SeedAsync(Monday, CancellationToken.None);

        Assert.Equal(4, await database.ValueAsync<long>("SELECT count(DISTINCT firm_id) FROM files.attachment WHERE demonstration AND request_id IS NULL AND content_type = 'application/pdf'"));
    }

    [Fact]
    public async Task A_security_is_everybodys_to_read()
    {
        await market.SeedAsync(Monday, CancellationToken.None);

        Assert.Single(await register.FindAsync(["security:99001"], B09001, CancellationToken.None));
    }

    private DemonstrationMarket Market(string environment, CalendarStore calendars) => new(
        new Environment(environment),
        new ImportFirms(database.Contexts, new Plain()),
        new ImportEntries(new ClickConnection(database.Source)),
        new EndEntries(database.Contexts),
        new ImportAttachments(database.Contexts, new NoVirusScanner(), FileLimits.Default),
        calendars,
        hasher,
        DemonstrationRegister.Read(File.ReadAllText(Path.Combine(Repository.Workflows, "_shared", DemonstrationRegister.File))),
        NullLogger<DemonstrationMarket>.Instance);

    private Task<long> Open(string due) => database.ValueAsync<long>(
        "SELECT count(*) FROM register.entry WHERE kind = 'short-position' AND membership_id = $1 AND valid_to IS NULL AND values->>'settlementDate' = $2", B09001.Value, due);

    private Task<long> Rows() => database.ValueAsync<long>("SELECT (SELECT count(*) FROM register.entry) + (SELECT count(*) FROM access.user_account) + (SELECT count(*) FROM access.user_right) + (SELECT count(*) FROM files.content)");

    private static IEnumerable<KeyValuePair<string, string>> Files() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Workflows, "_shared", "calendar")).Select(f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllText(f)));

    private sealed class Plain : ISecretProtector
    {
        public string Protect(string secret) => secret;

        public string? Unprotect(string secret) => secret;
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = ".";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
