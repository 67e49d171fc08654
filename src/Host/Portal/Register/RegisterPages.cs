using ClientConnect.Host.Portal.Files;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Register;

/// <summary>The register's pages: kinds, the entries of one, one entry with its history.</summary>
internal sealed class RegisterPages(RegisterSearch search, RegisterWords words, FirmDirectory directory, EntrySources sources, BusinessClock clock)
{
    public const int PageSize = 25;

    private const int MostColumns = 4;

    public async Task<RegisterView> KindsAsync(Viewer viewer, CancellationToken ct)
    {
        var kinds = await search.KindsAsync(viewer, ct);
        return new RegisterView(
            [.. kinds.Select(k => new KindRow(words.KindOrName(k.Kind), $"/register/{k.Kind}", k.InForce, k.ToCome)).OrderBy(k => k.Label.In(viewer.Language), StringComparer.Ordinal)],
            PermissionTable.Allows(viewer, Permission.ReadRegister), PermissionTable.Allows(viewer, Permission.ImportRegister));
    }

    /// <summary>Null where the viewer sees no such kind.</summary>
    public async Task<EntriesView?> ListAsync(Viewer viewer, string kind, AskedEntries asked, int page, CancellationToken ct)
    {
        if (await search.ListAsync(viewer, kind, asked.Filter with { Page = page, Size = PageSize }, ct) is not { } found || words.Find(kind) is not { } named) return null;
        var firms = await FirmsAsync(viewer, ct);
        var columns = named.Values.Where(v => v.Key != named.Fed?.Key).Take(MostColumns).ToList();
        var path = $"/register/{kind}";
        return new EntriesView(
            named.Label, [.. AskedEntries.States.Select(s => new TabView(Words.Text("register.state-" + s), (asked with { State = s }).Href(path), s == asked.State, s == asked.State ? found.Total : null))],
            Filter(asked, path, firms, viewer.IsClearingHouse || viewer.Memberships.Count > 1), [.. columns.Select(c => new Column(c.Value.In(viewer.Language), IsNumber: IsOfNumbers(found.Items, c.Key)))],
            [.. found.Items.Select(e => Row(named, e, columns.Select(c => c.Key), firms, viewer.Language))], PortalCalls.PageOf(new Page<DatedEntry>(found.Items, found.Total, page, PageSize), asked.Href(path)))
        {
            KeyName = named.Key ?? Words.Text("register.key"),
            ShowsMembership = found.Items.Any(e => e.Entry.Membership is not null) && (viewer.IsClearingHouse || viewer.Memberships.Count > 1),
            ExportHref = PermissionTable.Allows(viewer, Permission.ReadRegister) ? asked.Href(path + ".csv") : null,
            ImportHref = named.Fed is not null && PermissionTable.Allows(viewer, Permission.ImportRegister) ? $"/register/imports/new?kind={kind}" : null,
        };
    }

    /// <summary>Null where there is nothing for the viewer, or it is not said which of several memberships' it is.</summary>
    public async Task<EntryView?> OneAsync(Viewer viewer, string kind, IReadOnlyList<DatedEntry> entries, CancellationToken ct)
    {
        if (entries.Count == 0 || entries.Select(e => e.Entry.Membership).Distinct().Count() > 1) return null;
        var firms = await FirmsAsync(viewer, ct);
        var now = clock.GetUtcNow();
        var shown = entries.FirstOrDefault(e => e.StateAt(now) == EntryState.InForce) ?? entries[0];
        var from = await sources.OfAsync(viewer, entries, ct);
        return new EntryView(
            words.KindOrName(kind), words.Find(kind)?.Key ?? Words.Text("register.key"), $"/register/{kind}", shown.Entry.Key,
            shown.Entry.Membership is { } m && firms.TryGetValue(m, out var whose) ? PortalCalls.Texts(l => $"{DownloadPages.NameOf(whose.Held)} {whose.Firm.Name.In(l)}") : null,
            [.. Ordered(kind, shown.Entry.Values.Select(v => v.Key)).Select(name => Value(kind, name, shown.Entry.Values[name], viewer.Language)).OfType<NamedValue>()],
            [.. entries.Select((e, i) => new EntryPeriod(
                e.StateAt(now), e.Entry.ValidFrom, e.Until is { } until ? new Moment(until) : null, from.Brought(e), from.Ended(e), Changes(kind, e, entries.ElementAtOrDefault(i + 1), viewer.Language)))]);
    }

    /// <summary>Where an entry's page is.</summary>
    public static string HrefOf(RegisterEntry entry) =>
        PortalCalls.Address($"/register/{entry.Kind}/{string.Join('/', entry.Key.Split('/').Select(Uri.EscapeDataString))}", ("membership", entry.Membership?.Value));

    private EntryRow Row(RegisterKind kind, DatedEntry dated, IEnumerable<string> columns, IReadOnlyDictionary<MembershipId, (FirmCard Firm, HeldMembership Held)> firms, string language)
    {
        var entry = dated.Entry;
        var whose = entry.Membership is { } membership && firms.TryGetValue(membership, out var found) ? found : default;
        return new EntryRow(
            entry.Key, HrefOf(entry), whose.Held is { } held ? DownloadPages.NameOf(held) : entry.Membership?.Value, whose.Firm?.Name.In(language), [.. columns.Select(c => RegisterWords.Said(kind, c, entry.Values[c], language) ?? "–")],
            entry.ValidFrom, dated.Until is { } until ? new Moment(until) : null, dated.StateAt(clock.GetUtcNow()));
    }

    private IReadOnlyList<NamedValue> Changes(string kind, DatedEntry entry, DatedEntry? before, string language) =>
        [.. Ordered(kind, entry.Entry.Values.Select(v => v.Key).Union(before?.Entry.Values.Select(v => v.Key) ?? [], StringComparer.Ordinal))
            .Where(name => before is null || !System.Text.Json.Nodes.JsonNode.DeepEquals(entry.Entry.Values[name], before.Entry.Values[name]))
            .Select(name => Value(kind, name, entry.Entry.Values[name], language) ?? new NamedValue(Label(kind, name), Words.Of("register.no-longer", language)))];

    private NamedValue? Value(string kind, string name, System.Text.Json.Nodes.JsonNode? value, string language) =>
        RegisterWords.Said(words.Find(kind), name, value, language) is { Length: > 0 } text ? new NamedValue(Label(kind, name), text) : null;

    private static bool IsOfNumbers(IReadOnlyList<DatedEntry> entries, string name) =>
        entries.Select(e => e.Entry.Values[name]).OfType<System.Text.Json.Nodes.JsonNode>().Select(v => v.GetValueKind()).ToHashSet() is { Count: 1 } kinds && kinds.Contains(System.Text.Json.JsonValueKind.Number);

    // As the kind has them; what it does not name comes last.
    private IEnumerable<string> Ordered(string kind, IEnumerable<string> names)
    {
        var known = words.Find(kind)?.Values.Keys.ToList() ?? [];
        return names.OrderBy(name => known.IndexOf(name) is var place && place < 0 ? int.MaxValue : place);
    }

    private LocalText Label(string kind, string name) => words.Find(kind)?.Values.GetValueOrDefault(name) ?? new LocalText(name);

    private static FilterView Filter(AskedEntries asked, string path, IReadOnlyDictionary<MembershipId, (FirmCard Firm, HeldMembership Held)> firms, bool byMembership)
    {
        var chips = new List<FilterChip>();
        if (asked.Text is { } text) chips.Add(new(new LocalText($"“{text}”"), (asked with { Text = null }).Href(path)));
        if (asked.Membership is { } chosen) chips.Add(new(NameOf(new MembershipId(chosen), firms), (asked with { Membership = null }).Href(path)));
        FilterGroup[] groups = !byMembership ? [] : [new("membership", Words.Text("register.membership"), [.. firms.Keys.Select(m => new FilterOption(m.Value, NameOf(m, firms), m.Value == asked.Membership))])];
        return new FilterView(path, asked.Text ?? "", groups, chips) { SearchHint = Words.Text("register.search-hint"), Keep = asked.State == AskedEntries.States[0] ? [] : [("state", asked.State)] };
    }

    private static LocalText NameOf(MembershipId membership, IReadOnlyDictionary<MembershipId, (FirmCard Firm, HeldMembership Held)> firms) =>
        firms.TryGetValue(membership, out var found) ? PortalCalls.Texts(l => $"{DownloadPages.NameOf(found.Held)} {found.Firm.Name.In(l)}") : new LocalText(membership.Value);

    private async Task<IReadOnlyDictionary<MembershipId, (FirmCard Firm, HeldMembership Held)>> FirmsAsync(Viewer viewer, CancellationToken ct) =>
        (await directory.FirmsAsync(viewer, ct)).SelectMany(f => f.Memberships.Select(m => (Firm: f, Held: m)))
            .Where(f => viewer.IsClearingHouse || viewer.Memberships.Any(m => m.Id == f.Held.Id)).ToDictionary(f => f.Held.Id);
}

/// <summary>What a list of entries is cut to, as the address says it.</summary>
/// <param name="State">One of <see cref="States"/>.</param>
internal sealed record AskedEntries(string? Text, string? Membership, string State)
{
    /// <summary>The first is what is shown where the address says nothing.</summary>
    public static readonly IReadOnlyList<string> States = ["inForce", "toCome", "ended", "all"];

    public static AskedEntries Of(string? text, string? membership, string? state) => new(
        text?.Trim() is { Length: > 0 and <= 100 } said ? said : null, membership is { Length: > 0 and <= 100 } ? membership : null, States.Contains(state) ? state! : States[0]);

    public RegisterFilter Filter => new(Text, Membership is { } membership ? new MembershipId(membership) : null, State switch
    {
        "inForce" => EntryState.InForce,
        "toCome" => EntryState.ToCome,
        "ended" => EntryState.Ended,
        _ => null,
    });

    public string Href(string path) => PortalCalls.Address(path, ("q", Text), ("membership", Membership), ("state", State == States[0] ? null : State));
}
