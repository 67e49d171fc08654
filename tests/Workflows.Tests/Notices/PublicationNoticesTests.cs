using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Tests.Files;
using ClientConnect.Workflows.Tests.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PortalDb = ClientConnect.Workflows.Database.PortalDb;

namespace ClientConnect.Workflows.Tests.Notices;

/// <summary>Who is told of a published file: whoever may download it, once, when it is ready.</summary>
public sealed class PublicationNoticesTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task Whoever_may_download_it_is_told_once()
    {
        var desk = await At();
        var id = await Publishes(desk, DeskDatabase.Own);

        Assert.Equal(1, await desk.Get<TellOfPublications>().RunAsync(Desk.Ct));
        Assert.Equal(0, await desk.Get<TellOfPublications>().RunAsync(Desk.Ct));

        // Neither whose right is for another eService or another membership, nor another firm's.
        Assert.Equal(["both@b09001.example", "checker2@b09001.example", "checker@b09001.example", "maker2@b09001.example", "maker@b09001.example", "reader@b09001.example"], await Told(id));
        Assert.Contains(await Sees(desk, Desk.Maker), n => n is { IsOfPublication: true, IsRead: false, Request: null });
        await new MarkNoticesRead(desk.Get<IDbContextFactory<PortalDb>>(), desk.Clock).LookedAtFilesAsync(await desk.As(Desk.Maker), Desk.Ct);
        Assert.All(await Sees(desk, Desk.Maker), n => Assert.True(n.IsRead));
        Assert.Equal("1", await database.Rows.ValueAsync<string>("SELECT count(*)::text FROM notices.notice WHERE publication_id = $1 AND email = 'maker@b09001.example' AND model->'file'->>'name' = 'report.pdf'", id.Value));
    }

    [Fact]
    public async Task What_is_for_all_of_a_clearing_house_is_told_to_every_firm()
    {
        var desk = await At();
        var id = await Publishes(desk, null);

        await desk.Get<TellOfPublications>().RunAsync(Desk.Ct);

        Assert.Contains(await Told(id), e => e.EndsWith("@b09002.example", StringComparison.Ordinal));
        Assert.DoesNotContain(await Told(id), e => e.EndsWith("@clearing.example", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UPDATE files.attachment SET scan = 'Waiting' WHERE id = $1", false)]
    [InlineData("UPDATE files.attachment SET scan = 'Infected' WHERE id = $1", false)]
    [InlineData("UPDATE files.publication SET withdrawn_at = now() WHERE id = $1", true)]
    public async Task What_cannot_be_downloaded_is_told_to_nobody(string sql, bool isSettled)
    {
        var desk = await At();
        var id = await Publishes(desk, DeskDatabase.Own);
        await using var command = database.Rows.Source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id.Value });
        await command.ExecuteNonQueryAsync(Desk.Ct);

        await desk.Get<TellOfPublications>().RunAsync(Desk.Ct);

        Assert.Empty(await Told(id));
        Assert.Equal(isSettled, await database.Rows.ValueAsync<bool>("SELECT told_at IS NOT NULL FROM files.publication WHERE id = $1", id.Value));
    }

    private async Task<Desk> At() => await Desk.AtAsync(database, add: s => s
        .AddSingleton<IDownloadFolders, Folders>().AddSingleton<IPublicationNotices, PublicationNotices>().AddSingleton<TellOfPublications>());

    private static async Task<IReadOnlyList<OnScreenNotice>> Sees(Desk desk, string who) =>
        (await new NoticesOf(desk.Get<IDbContextFactory<PortalDb>>(), new BundleMailTemplates(desk.Get<Catalogue>(), new PortalMails(new Dictionary<string, string>())), new Composer(new LiquidTemplates())).ReadAsync(await desk.As(who), 100, Desk.Ct)).Latest;

    // Each file is another, so that none is there already.
    private static async Task<AttachmentId> Publishes(Desk desk, MembershipId? membership) =>
        (await new PublishFile(desk.Get<IDbContextFactory<PortalDb>>(), new FirmDirectory(desk.Get<IDbContextFactory<PortalDb>>()), new Folders(), new NoVirusScanner(), desk.Clock, FileLimits.Default).HandleAsync(
            await desk.As(Desk.Reviewer), new FileToPublish(DeskDatabase.EService, "REPORT", ClearingHouse.Hkscc, membership, null, "report.pdf", new MemoryStream([.. Samples.Pdf, .. Guid.NewGuid().ToByteArray()])), Desk.Ct)).Value.Id;

    private async Task<IReadOnlyList<string>> Told(AttachmentId id) =>
        ((await database.Rows.ValueAsync<string>("SELECT string_agg(email, ',' ORDER BY email COLLATE \"C\") FROM notices.notice WHERE publication_id = $1", id.Value)) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private sealed class Folders : IDownloadFolders
    {
        public IReadOnlyList<DownloadFolder> All() => [new(DeskDatabase.EService, new LocalText("Files"), [ClearingHouse.Hkscc], new Dictionary<string, LocalText> { ["REPORT"] = new("Reports") }, 90, IsVerified: false)];

        public bool IsFor(string eService, HeldMembership membership) => membership.Kind == "clearing-participant";
    }
}
