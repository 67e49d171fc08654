using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ClientConnect.Workflows.Tests.Notices;

/// <summary>Who is told of a release proposal: in the transaction of the deed, each once, and nobody what they did themselves.</summary>
public sealed class ProposalNoticesTests : IAsyncLifetime
{
    private const string Author = "analyst@clearing.example", Editor = "analyst2@clearing.example", Second = "analyst3@clearing.example", Fourth = "analyst4@clearing.example";
    private const string Key = DeskDatabase.EService;

    private DeskDatabase database = null!;
    private Desk desk = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await DeskDatabase.CreateAsync();
        var loader = await BundleLoader.CreateAsync(await WorkflowsFolder.ReadAsync(Repository.Workflows, Ct), Ct);
        desk = await Desk.AtAsync(database, add: services => services
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Desk.Moment("2026-11-23 10:00").ToUniversalTime()) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) })
            .AddSingleton(loader).AddSingleton<FirmDirectory>().AddSingleton<IRunsUnderWay, RunsUnderWay>().AddSingleton<IProposalNotices, ProposalNotices>()
            .AddSingleton<ReleaseDeeds>().AddSingleton<ReleaseDesk>().AddSingleton<ReleaseDrafts>().AddSingleton<ReleaseProposals>().AddSingleton<ReleaseRecord>().AddSingleton<ReleaseStore>()
            .AddSingleton<EditRelease>().AddSingleton<LeaveDraft>().AddSingleton<SaveDrawing>().AddSingleton<ProposeRelease>().AddSingleton<ReturnProposal>().AddSingleton<ReleaseProposed>().AddSingleton<CancelRelease>());
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task That_it_waits_is_told_to_all_who_could_release_it()
    {
        await database.Rows.OwnerRunsAsync("UPDATE access.user_account SET language = 'zh-Hant' WHERE email = $1", Second);
        await database.Rows.OwnerRunsAsync("UPDATE access.user_account SET is_disabled = true WHERE email = $1", Fourth);

        var proposal = await ProposedAsync(note: "Asked for by Settlement.");

        var told = Assert.Single(await ToldAsync());
        Assert.Equal((proposal, "proposals/waits", Second, "zh-Hant"), (told.ProposalId, told.Template, told.Email, told.Language));
        var said = JsonNode.Parse(told.Model)!["release"]!;
        Assert.Equal(("Set 1", $"http://portal.test/designer/proposals/{proposal}", "Asked for by Settlement."), ((string?)said["id"], (string?)said["url"], (string?)said["words"]));
        Assert.Equal(NoticeState.Pending, told.State);
    }

    [Fact]
    public async Task That_it_was_returned_is_told_to_author_and_editors_with_the_reason()
    {
        var proposal = await ProposedAsync();

        await Done(await desk.Get<ReturnProposal>().HandleAsync(await desk.As(Second), proposal, "The reminder is missing.", Ct));

        Assert.Equal([Editor, Author], await ToldAsync("returned"));
        Assert.Contains("The reminder is missing.", (await ToldAsync()).Last().Model, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_its_author_took_it_back_is_told_to_the_other_editors()
    {
        var proposal = await ProposedAsync();

        await Done(await desk.Get<ReturnProposal>().HandleAsync(await desk.As(Author), proposal, "", Ct));

        Assert.Equal([Editor], await ToldAsync("withdrawn"));
    }

    [Fact]
    public async Task That_a_later_one_took_its_place_is_told_to_those_who_made_it_and_the_later_one_waits()
    {
        await ProposedAsync();
        await EditedAsync(Second, "Later thought");
        await ProposeAsync(Second);

        Assert.Equal([Editor, Author], await ToldAsync("overtaken"));
        Assert.Equal([Second, Fourth, Fourth], await ToldAsync("waits"));
    }

    [Fact]
    public async Task That_and_from_when_it_was_released_is_told_to_author_and_editors()
    {
        var proposal = await ProposedAsync();

        var from = (await desk.Get<ReleaseProposed>().HandleAsync(await desk.As(Second), proposal, Desk.Moment("2026-12-01 09:00"), Ct)).Value;

        Assert.Equal([Editor, Author], await ToldAsync("released"));
        Assert.Equal(from, DateTimeOffset.Parse((string)JsonNode.Parse((await ToldAsync()).Last().Model)!["release"]!["from"]!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task That_its_release_was_cancelled_is_told_to_author_editors_and_who_released_it()
    {
        var proposal = await ProposedAsync();
        await Done(await desk.Get<ReleaseProposed>().HandleAsync(await desk.As(Second), proposal, Desk.Moment("2026-12-01 09:00"), Ct));

        await Done(await desk.Get<CancelRelease>().HandleAsync(await desk.As(Author), proposal, "Postponed by the market.", Ct));

        Assert.Equal([Editor, Second], await ToldAsync("cancelled"));
    }

    [Fact]
    public async Task What_is_refused_tells_nobody_and_of_two_deeds_at_once_one_is_told()
    {
        var proposal = await ProposedAsync();
        Assert.Equal(proposal, await ProposeAsync(Author));
        Assert.True((await desk.Get<ReleaseProposed>().HandleAsync(await desk.As(Editor), proposal, null, Ct)).IsRefused);
        Assert.Equal(2, (await ToldAsync()).Count);
        var (second, fourth) = (await desk.As(Second), await desk.As(Fourth));

        var returned = desk.Get<ReturnProposal>().HandleAsync(second, proposal, "No.", Ct);
        var released = desk.Get<ReleaseProposed>().HandleAsync(fourth, proposal, Desk.Moment("2026-12-01 09:00"), Ct);
        await Task.WhenAll(returned, released);

        Assert.NotEqual((await returned).IsRefused, (await released).IsRefused);
        Assert.Equal([Editor, Author], await ToldAsync((await returned).IsRefused ? "released" : "returned"));
        Assert.Equal(4, (await ToldAsync()).Count);
        Assert.True((await desk.Get<ReturnProposal>().HandleAsync(second, proposal, "No.", Ct)).IsRefused);
        Assert.Equal(4, (await ToldAsync()).Count);
    }

    [Fact]
    public async Task What_a_build_brings_waits_for_every_analyst_and_is_told_once_however_many_hosts_start()
    {
        var store = desk.Get<ReleaseStore>();
        Assert.Equal(SeedOutcome.InForce, await store.SeedAsync(database.Bundle, isDevelopment: false, Ct));
        var next = database.Bundle with { Hash = new string('b', 64) };

        await Task.WhenAll(store.SeedAsync(next, isDevelopment: false, Ct), store.SeedAsync(next, isDevelopment: false, Ct));

        Assert.Equal([Editor, Second, Fourth, Author], await ToldAsync("waits"));
        Assert.All(await ToldAsync(), n => Assert.Null((string?)JsonNode.Parse(n.Model)!["release"]!["by"]));
    }

    [Theory]
    [InlineData("whom no entry of the record of releases tells it", "UPDATE notices.notice SET recipient_id = (SELECT id FROM access.user_account WHERE email = 'maker@b09002.example') WHERE template = 'proposals/waits' AND email = 'analyst3@clearing.example'")]
    [InlineData("was queued 0 times", "DELETE FROM notices.notice WHERE template = 'proposals/returned' AND email = 'analyst@clearing.example'")]
    [InlineData("whom no entry of the record of releases tells it", "UPDATE notices.notice SET template = 'proposals/released' WHERE template = 'proposals/returned'")]
    public async Task The_audit_of_all_that_is_stored_holds_and_names_what_is_planted(string words, string sql)
    {
        var proposal = await ProposedAsync();
        await Done(await desk.Get<ReturnProposal>().HandleAsync(await desk.As(Second), proposal, "No.", Ct));
        Assert.Empty((await desk.Get<AuditTheWorld>().HandleAsync(AuditEvidence.None, Ct)).Differences);
        Assert.Null(await desk.Get<ReleaseRecord>().FirstBadAsync(Ct));

        Assert.NotEqual(0, await database.Rows.OwnerRunsAsync(sql));

        Assert.Contains((await desk.Get<AuditTheWorld>().HandleAsync(AuditEvidence.None, Ct)).Differences, d => d.Rule == "O5" && d.What.Contains(words, StringComparison.Ordinal));
    }

    // Proposed by the author; the editor has changed it too.
    private async Task<Guid> ProposedAsync(string note = "")
    {
        await EditedAsync(Editor, "First thought");
        await EditedAsync(Author, "Second thought");
        return await ProposeAsync(Author, note);
    }

    private async Task EditedAsync(string who, string name)
    {
        var viewer = await desk.As(who);
        var draft = (await desk.Get<EditRelease>().HandleAsync(viewer, Key, Ct)).Value;
        var drawing = draft.Drawing.DeepClone().AsObject();
        drawing["root"]!["activities"]!.AsArray().First(a => (string?)a!["id"] == "start")!["metadata"]!["displayText"] = name;
        await Done(await desk.Get<SaveDrawing>().HandleAsync(viewer, Key, drawing, null, Ct));
        await Done(await desk.Get<LeaveDraft>().HandleAsync(viewer, Key, Ct));
    }

    private async Task<Guid> ProposeAsync(string who, string note = "")
    {
        var proposed = await desk.Get<ProposeRelease>().HandleAsync(await desk.As(who), Key, note, andLeave: true, Ct);
        Assert.False(proposed.IsRefused, proposed.IsRefused ? $"{proposed.Refusal} {string.Join(' ', proposed.Refusal.Fields)}" : "");
        return proposed.Value;
    }

    private static Task Done<T>(Result<T> result)
    {
        Assert.False(result.IsRefused, result.IsRefused ? result.Refusal.ToString() : "");
        return Task.CompletedTask;
    }

    private async Task<List<Notice>> ToldAsync()
    {
        await using var db = await database.Rows.Contexts.CreateDbContextAsync(Ct);
        return await db.Set<Notice>().AsNoTracking().Where(n => n.ProposalId != null).OrderBy(n => n.Sequence).ThenBy(n => n.Email).ToListAsync(Ct);
    }

    private async Task<IEnumerable<string>> ToldAsync(string news) => (await ToldAsync()).Where(n => n.Template == "proposals/" + news).Select(n => n.Email).Order(StringComparer.Ordinal);
}
