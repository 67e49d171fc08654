using System.IO.Compression;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ClientConnect.Workflows.Tests.Files;

/// <summary>Published files: who has them, until when, and what stays of them.</summary>
public sealed class PublicationsTests : IAsyncLifetime
{
    private const string Service = "files-of-tests";

    private static readonly HeldMembership Own = new(new MembershipId("hkscc-b09001"), ClearingHouse.Hkscc, "B09001", "clearing-participant", false);

    private readonly FakeTimeProvider machine = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Viewer Maker => People.Maker with { Memberships = [Own], Rights = [new Right(Service, Own.Id, MayView: true, MayMake: false, MayCheck: false)] };

    private BusinessClock Clock => new(machine);

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task What_is_published_is_downloaded_as_it_was_and_written_down()
    {
        var published = (await PublishesAsync()).Value;
        Assert.True((await ListsAsync(Maker)).Single().IsNew);

        var saved = (await DownloadsAsync(published.Id)).Value;

        Assert.Equal((Samples.Pdf.Length, published.Sha256), (saved.Bytes.Length, saved.Sha256));
        var listed = (await ListsAsync(Maker)).Single();
        Assert.False(listed.IsNew);
        Assert.Equal(Maker.User, listed.Log.Single().By);
        Assert.Equal(["Downloaded", "Published"], await LogAsync(published.Id));
    }

    [Fact]
    public async Task Who_has_no_right_for_the_eService_or_is_of_another_clearing_house_meets_nothing()
    {
        var id = (await PublishesAsync()).Value.Id;
        var elsewhere = Maker with { Memberships = [Own with { ClearingHouse = ClearingHouse.Hkcc }] };

        foreach (var stranger in new[] { Maker with { Rights = [] }, elsewhere, People.Competitor, People.Reviewer })
        {
            Assert.IsType<NothingHere>((await DownloadsAsync(id, stranger)).Refusal);
            Assert.Empty(await ListsAsync(stranger));
        }

        Assert.Equal(["Published"], await LogAsync(id));
    }

    [Fact]
    public async Task Only_who_may_publishes_and_only_what_the_eService_has_a_folder_for()
    {
        Assert.IsType<NothingHere>((await PublishesAsync(viewer: People.Administrator)).Refusal);
        Assert.IsType<NothingHere>((await PublishesAsync(viewer: Maker)).Refusal);
        Assert.Equal("type", (await PublishesAsync(type: "OTHER")).Refusal.Fields.Single().Path);
        Assert.Equal("keepDays", (await PublishesAsync(keepDays: 0)).Refusal.Fields.Single().Path);
        Assert.Equal("to", (await PublishesAsync(membership: new MembershipId("hkscc-nobody"))).Refusal.Fields.Single().Path);
        Assert.Equal("file-content-is-not-its-type", (await PublishesAsync(content: Samples.Text("no pdf"))).Refusal.Code);
        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM files.attachment"));
    }

    [Fact]
    public async Task The_same_operation_and_the_same_file_to_the_same_people_are_there_once()
    {
        var first = (await PublishesAsync(operation: "once")).Value;

        Assert.Equal(first.Id, (await PublishesAsync(operation: "once")).Value.Id);
        Assert.Equal(first.Id, (await PublishesAsync()).Value.Id);
        Assert.Equal(["Published"], await LogAsync(first.Id));
    }

    [Fact]
    public async Task When_its_time_is_over_it_is_gone_and_then_its_content_too_but_not_its_log()
    {
        var id = (await PublishesAsync(keepDays: 2)).Value.Id;
        Assert.False((await DownloadsAsync(id)).IsRefused);
        machine.Advance(TimeSpan.FromDays(2));

        Assert.IsType<NothingHere>((await DownloadsAsync(id)).Refusal);
        Assert.Empty(await ListsAsync(Maker));
        var clear = new ClearExpiredFiles(database.Source, Clock);
        Assert.Equal(1, await clear.RunAsync(Ct));
        Assert.Equal(0, await clear.RunAsync(Ct));
        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM files.content"));
        Assert.Equal(["Expired", "Downloaded", "Published"], await LogAsync(id));
        Assert.Equal(PublicationState.Expired, (await new PublicationsOf(database.Contexts, Clock).FindAsync(People.Reviewer, id, Ct))!.File.State);
    }

    [Fact]
    public async Task What_is_taken_back_is_handed_to_nobody_and_says_why_to_the_clearing_house()
    {
        var id = (await PublishesAsync()).Value.Id;
        Assert.Equal("reason", (await WithdrawsAsync(id, " ")).Refusal.Fields.Single().Path);
        Assert.IsType<NothingHere>((await WithdrawsAsync(id, "Wrong firm.", Maker)).Refusal);

        Assert.Equal(PublicationState.Withdrawn, (await WithdrawsAsync(id, "Wrong firm.")).Value.State);

        Assert.IsType<FileWasWithdrawn>((await DownloadsAsync(id)).Refusal);
        Assert.IsType<NothingHere>((await DownloadsAsync(id, People.Competitor)).Refusal);
        Assert.IsType<FileWasWithdrawn>((await WithdrawsAsync(id, "Again.")).Refusal);
        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM files.content"));
        Assert.Equal("Wrong firm.", (await new PublicationsOf(database.Contexts, Clock).FindAsync(People.Reviewer, id, Ct))!.Log[0].Reason);
        Assert.NotEqual(id, (await PublishesAsync()).Value.Id);
    }

    [Fact]
    public async Task What_waits_for_the_scan_or_was_infected_is_handed_to_nobody()
    {
        await using var clamd = new FakeClamd { Answer = bytes => System.Text.Encoding.ASCII.GetString(bytes).Contains("EICAR", StringComparison.Ordinal) ? "stream: Eicar-Test-Signature FOUND" : "stream: OK" };
        var scanner = ClamdScanner.At(clamd.Address)!;
        var clean = (await PublishesAsync(scanner: scanner)).Value.Id;
        var infected = (await PublishesAsync(name: "list.txt", content: Samples.Eicar, scanner: scanner)).Value.Id;
        Assert.IsType<FileIsWaitingForTheScan>((await DownloadsAsync(clean)).Refusal);

        await new ScanWaitingAttachments(database.Source, scanner, NullLogger<ScanWaitingAttachments>.Instance).RunAsync(machine.GetUtcNow(), Ct);

        Assert.False((await DownloadsAsync(clean)).IsRefused);
        Assert.IsType<FileWasInfected>((await DownloadsAsync(infected)).Refusal);
    }

    [Fact]
    public async Task Several_come_in_one_archive_each_under_a_name_of_its_own_or_none_of_them()
    {
        var first = (await PublishesAsync()).Value.Id;
        var second = (await PublishesAsync(content: [.. Samples.Pdf, 10])).Value.Id;
        var together = new DownloadTogether(database.Contexts, new Folders(), Clock);

        var archive = (await together.HandleAsync(Maker, [new(first, null), new(second, Own.Id), new(first, null)], Ct)).Value;

        using var stream = new MemoryStream();
        await archive.WriteAsync(stream, Ct);
        stream.Position = 0;
        using var zip = new ZipArchive(stream);
        Assert.Equal([("report.pdf", Samples.Pdf.Length), ("report (2).pdf", Samples.Pdf.Length + 1)], zip.Entries.Select(e => (e.Name, (int)e.Length)));
        Assert.Equal(["DownloadedTogether", "Published"], await LogAsync(second));
        Assert.IsType<NothingHere>((await together.HandleAsync(Maker, [new(first, null), new(AttachmentId.New(), null)], Ct)).Refusal);
        Assert.Equal(["DownloadedTogether", "Published"], await LogAsync(first));
        Assert.IsType<NoFileIsChosen>((await together.HandleAsync(Maker, [], Ct)).Refusal);
        Assert.IsType<TooManyFilesAtOnce>((await together.HandleAsync(Maker, [.. Enumerable.Range(0, 101).Select(_ => new Choice(AttachmentId.New(), null))], Ct)).Refusal);
    }

    [Fact]
    public async Task The_log_can_only_be_added_to()
    {
        await PublishesAsync();

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => database.OwnerRunsAsync("DELETE FROM files.publication_event"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => database.OwnerRunsAsync("UPDATE files.publication_event SET at = at"));
    }

    private Task<Result<PublishedFile>> PublishesAsync(
        string name = "report.pdf", byte[]? content = null, string type = "REPORT", MembershipId? membership = null, int? keepDays = null, string? operation = null, Viewer? viewer = null, IVirusScanner? scanner = null) =>
        new PublishFile(database.Contexts, new FirmDirectory(database.Contexts), new Folders(), scanner ?? new NoVirusScanner(), Clock, FileLimits.Default).HandleAsync(
            viewer ?? People.Reviewer, new FileToPublish(Service, type, ClearingHouse.Hkscc, membership, keepDays, name, new MemoryStream(content ?? Samples.Pdf), operation), Ct);

    private Task<Result<AttachmentToSave>> DownloadsAsync(AttachmentId id, Viewer? viewer = null) => new DownloadFile(database.Contexts, new Folders(), Clock).HandleAsync(viewer ?? Maker, id, null, Ct);

    private Task<Result<PublishedFile>> WithdrawsAsync(AttachmentId id, string reason, Viewer? viewer = null) => new WithdrawPublication(database.Contexts, Clock).HandleAsync(viewer ?? People.Reviewer, id, reason, Ct);

    private Task<IReadOnlyList<FileInFolder>> ListsAsync(Viewer viewer) => new DownloadsFor(database.Contexts, new Folders(), Clock).ReadAsync(viewer, Ct);

    private async Task<IEnumerable<string>> LogAsync(AttachmentId id) => ((await database.ValueAsync<string>("SELECT string_agg(kind, ',' ORDER BY id DESC) FROM files.publication_event WHERE publication_id = $1", id.Value)) ?? "").Split(',');

    private sealed class Folders : IDownloadFolders
    {
        public IReadOnlyList<DownloadFolder> All() => [new(Service, new LocalText("Files"), [ClearingHouse.Hkscc], new Dictionary<string, LocalText> { ["REPORT"] = new("Reports") }, 90, IsVerified: false)];

        public bool IsFor(string eService, HeldMembership membership) => membership.ClearingHouse == ClearingHouse.Hkscc;
    }
}
