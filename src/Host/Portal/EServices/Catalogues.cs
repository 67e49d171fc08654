using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Home;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.EServices;

/// <summary>The catalogue cut to a viewer: what the memberships may use and the rights cover; all of it for the clearing house.</summary>
internal sealed class Catalogues(Catalogue catalogue, RequestsOf requests, Heads heads, CalendarStore calendars, Categories categories)
{
    private const int MostCutOffs = 5;

    public IReadOnlyList<CatalogueGroup> For(Viewer viewer, DateTimeOffset now, string? search = null) =>
        [.. categories.Of(Seen(viewer, now).Where(b => search is null || Matches(b, search))).Select(c => new CatalogueGroup(c.Title, [.. c.Members.Select(b => Entry(viewer, b))]))];

    /// <summary>Whether the viewer is a maker of anything.</summary>
    public bool MayMakeAny(Viewer viewer, DateTimeOffset now) => catalogue.AllInForce(now).Any(b => ActFor(viewer, b).Any());

    /// <summary>Null where there is no such eService for this viewer.</summary>
    public async Task<EServiceView?> OneAsync(Viewer viewer, DateTimeOffset now, string key, CancellationToken ct)
    {
        if (Seen(viewer, now).FirstOrDefault(b => b.Key == key) is not { } bundle) return null;
        var help = bundle.Service.Help;
        var drafts = ActFor(viewer, bundle).Any() ? (await requests.HandleAsync(viewer, new RequestFilter(RequestStatus.Draft, key, PageSize: 10), ct)).Items : [];
        return new EServiceView(Entry(viewer, bundle), new HelpView(help?.WhenToUse, help?.About, help?.Sample, help?.Highlights),
            [.. ActFor(viewer, bundle).Select(m => new OptionView(m.Id.Value, new LocalText($"{(bundle.Service.ClearingHouses.Count > 1 ? Memberships.Name(m) : m.ParticipantId)} {viewer.FirmName}")))])
        {
            Deadlines = viewer.Memberships.FirstOrDefault(bundle.Service.IsFor) is { } membership && IfBegunNow(viewer, bundle, membership, now) is { } deadline ? [deadline] : [],
            Drafts = [.. drafts.Select(d => heads.Row(d, viewer))],
            IsForSeveral = Memberships.AreNamed(bundle.Form),
        };
    }

    /// <summary>The cut-offs of requests that would be begun now, the next one first.</summary>
    public IReadOnlyList<CutOffRow> CutOffs(Viewer viewer, DateTimeOffset now)
    {
        var next =
            from bundle in Seen(viewer, now)
            let membership = viewer.Memberships.FirstOrDefault(bundle.Service.IsFor)
            where membership is not null
            let deadline = IfBegunNow(viewer, bundle, membership, now)
            where deadline is { IsUnknown: false } && (deadline.LateUntil ?? deadline.CutOff).At > now
            orderby deadline.CutOff.At
            select new CutOffRow(bundle.Service.Name, bundle.Service.Id, deadline.CutOff, "/catalogue/" + bundle.Key, deadline.IsVerified) { LateUntil = deadline.CutOff.At > now ? null : deadline.LateUntil };
        return [.. next.Take(MostCutOffs)];
    }

    private DeadlineView? IfBegunNow(Viewer viewer, EServiceBundle bundle, HeldMembership membership, DateTimeOffset now)
    {
        if (DeadlineViews.FirstOf(bundle) is not { } name) return null;
        var context = new FormContext(now, calendars.Current, membership, viewer.FirmName, (_, _) => null, bundle.Service.SettingValues(), new Dictionary<AttachmentId, AttachedFile>()) { Memberships = Memberships.For(bundle, viewer.Memberships) };
        var answers = FormEvaluator.Evaluate(bundle.Form, [], context).Answers;
        var facts = new JsonObject { ["answers"] = answers, ["membership"] = RequestFacts.Membership(membership) };
        return DeadlineViews.Of(bundle, DeadlinePlanner.Plan(bundle.Service, facts, calendars.Current, now), name, now, forMaker: true);
    }

    private IEnumerable<EServiceBundle> Seen(Viewer viewer, DateTimeOffset now) =>
        catalogue.AllInForce(now).Where(b => viewer.IsClearingHouse || viewer.Memberships.Any(m => b.Service.IsFor(m) && viewer.MayView(b.Key, m.Id)));

    private static IEnumerable<HeldMembership> ActFor(Viewer viewer, EServiceBundle bundle) =>
        viewer.Memberships.Where(m => bundle.Service.IsFor(m) && viewer.MayMake(bundle.Key, m.Id));

    private static CatalogueEntry Entry(Viewer viewer, EServiceBundle bundle) => new(
        bundle.Key, bundle.Service.Id, bundle.Service.Name, bundle.Service.Summary, [.. bundle.Service.ClearingHouses.Select(c => c.ToString().ToUpperInvariant())], ActFor(viewer, bundle).Any());

    private static bool Matches(EServiceBundle bundle, string search) =>
        new[] { bundle.Service.Id, bundle.Service.Code }.Concat(LocalText.Languages.SelectMany(l => new[] { bundle.Service.Name.In(l), bundle.Service.Summary.In(l) }))
            .Any(text => text.Contains(search, StringComparison.OrdinalIgnoreCase));
}
