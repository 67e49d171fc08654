using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Files;

/// <summary>Published files in the words of the page: who may have which, where each stands, and who had it when.</summary>
internal sealed class DownloadPages(DownloadsFor downloads, PublicationsOf publications, IDownloadFolders folders, FirmDirectory directory)
{
    public async Task<DownloadsView> ForParticipantAsync(Viewer viewer, CancellationToken ct)
    {
        var files = await downloads.ReadAsync(viewer, ct);
        var people = await directory.PeopleAsync(viewer, files.SelectMany(f => f.Log).Select(l => l.By).OfType<UserId>(), ct);
        return new DownloadsView([.. files.GroupBy(f => (f.Membership.Id, f.File.EService, f.File.Type)).Select((folder, i) => new FolderView(
            i.ToString(System.Globalization.CultureInfo.InvariantCulture), NameOf(folder.First().Membership), TypeOf(folder.Key.EService, folder.Key.Type), [.. folder.Select((f, n) => Row(f, $"{i}-{n}", people))]))]);
    }

    public async Task<PublicationsView> ListAsync(Viewer viewer, int page, CancellationToken ct)
    {
        var found = await publications.ReadAsync(viewer, page, ct);
        var firms = await FirmsAsync(viewer, ct);
        return new PublicationsView(
            [.. found.Items.Select(f => Row(f, firms))], new PageOfMany(found.Number, Math.Max(1, (found.Total + PublicationsOf.PageSize - 1) / PublicationsOf.PageSize), found.Total, "/publications"), MayPublish(viewer));
    }

    public async Task<PublicationView?> OneAsync(Viewer viewer, AttachmentId id, CancellationToken ct)
    {
        if (await publications.FindAsync(viewer, id, ct) is not { } found) return null;
        var people = await directory.PeopleAsync(viewer, found.Log.Select(l => l.By).OfType<UserId>(), ct);
        return new PublicationView(
            Row(found.File, await FirmsAsync(viewer, ct)), found.File.Size, found.File.Sha256, StateOf(found.File.Scan), found.Downloads,
            [.. found.Log.Select(l => new LogRow(l.At, Words.Text("publication-event." + Camel(l.Kind)), By(l, people, viewer.Language), l.Reason))],
            found.File.State == PublicationState.Withdrawn || !MayPublish(viewer) ? null : $"/publications/{id}/withdrawal");
    }

    public static bool MayPublish(Viewer viewer) => PermissionTable.Allows(viewer, Permission.PublishFiles);

    public static string Camel<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static string NameOf(HeldMembership membership) => $"{membership.ClearingHouse.ToString().ToUpperInvariant()} {membership.ParticipantId}";

    public LocalText TypeOf(string eService, string type) => folders.All().FirstOrDefault(f => f.EService == eService)?.Types.GetValueOrDefault(type) ?? new LocalText(type);

    private static DownloadRow Row(FileInFolder f, string id, IReadOnlyDictionary<UserId, PersonCard> people) => new(
        id, $"{f.File.Id}@{f.Membership.Id}", f.File.Name, f.File.IsReady ? PortalCalls.Address($"/downloads/{f.File.Id}", ("for", f.Membership.Id.Value)) : null, StateOf(f.File.Scan), f.File.Size, f.File.Sha256,
        f.File.PublishedAt, f.File.KeptUntil, f.IsNew, f.File.Membership is null, [.. f.Log.Select(l => new LogRow(l.At, new LocalText(""), l.By is { } by ? people.GetValueOrDefault(by)?.Name ?? "–" : "–"))]);

    private PublicationRow Row(PublishedFile f, IReadOnlyDictionary<MembershipId, (FirmCard Firm, HeldMembership Held)> firms) => new(
        $"/publications/{f.Id}", f.Name, TypeOf(f.EService, f.Type), To(f, firms), f.PublishedAt, f.KeptUntil, Camel(f.State));

    private static LocalText To(PublishedFile f, IReadOnlyDictionary<MembershipId, (FirmCard Firm, HeldMembership Held)> firms) =>
        f.Membership is not { } membership ? AllOf(f.ClearingHouse)
        : firms.TryGetValue(membership, out var held) ? PortalCalls.Texts(l => $"{NameOf(held.Held)} {held.Firm.Name.In(l)}") : new LocalText(membership.Value);

    public static LocalText AllOf(ClearingHouse house) => PortalCalls.Texts(l => Words.Of("publications.all-of", l, ("house", house.ToString().ToUpperInvariant())));

    private static string? By(PublicationLine line, IReadOnlyDictionary<UserId, PersonCard> people, string language) =>
        line.By is { } by && people.TryGetValue(by, out var person) ? $"{person.Name ?? "–"}, {person.FirmName.In(language)}" : null;

    private async Task<IReadOnlyDictionary<MembershipId, (FirmCard Firm, HeldMembership Held)>> FirmsAsync(Viewer viewer, CancellationToken ct) =>
        (await directory.FirmsAsync(viewer, ct)).SelectMany(f => f.Memberships.Select(m => (Firm: f, Held: m))).ToDictionary(f => f.Held.Id);

    // A file's state in the words that all lists of files share.
    private static string StateOf(ScanState scan) => scan switch
    {
        ScanState.Waiting => "scanning",
        ScanState.Infected => "infected",
        ScanState.NotScanned => "not-scanned",
        _ => "ready",
    };
}
