using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.EServices;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Notices;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Home;

/// <summary>The first page: what waits, how it stands, what can be begun. And the two switches that every page has.</summary>
internal static class HomeEndpoints
{
    private const int Shown = 8;

    public static void MapHome(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", ShowAsync).Needs(Permission.UseThePortal).ExcludeFromDescription();
        app.MapPost("/language", ChooseLanguageAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/session", () => Results.NoContent()).Needs(Permission.UseThePortal).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, HomePages pages, HouseHomePages house, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        if (http.GetViewer().IsClearingHouse) return Pages.HouseHome(frame, await house.OfAsync(http.GetViewer(), frame, ct));
        var view = await pages.OfAsync(http.GetViewer(), frame, Shown, ct);
        return Pages.Home(frame with { Banner = frame.Banner ?? HomePages.WithinTheHour(view, frame.Now) }, view);
    }

    private static async Task<IResult> ChooseLanguageAsync(HttpContext http, ChangeLanguage change, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var language = form["language"].ToString();
        if (!LocalText.Languages.Contains(language)) return await PortalCalls.NothingHereAsync(http, ct);
        http.Response.Cookies.Append(Frames.LanguageCookie, language, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", Secure = http.Request.IsHttps, IsEssential = true });
        if (http.FindViewer() is { } viewer) await change.HandleAsync(viewer, language, ct);
        return PortalCalls.SeeOther(Local(form["back"].ToString()));
    }

    // Only a path of ours: "//elsewhere" and "/\elsewhere" are other hosts to a browser.
    private static string Local(string path) =>
        path.Length is > 0 and <= 1000 && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl) ? path : "/";
}

/// <summary>Makes the home page.</summary>
internal sealed class HomePages(InboxOf inbox, RequestsOf requests, NoticesOf notices, Catalogues catalogues, TaskRows tasks, Heads heads)
{
    private const int Latest = 5;

    private static readonly TimeSpan Warned = TimeSpan.FromHours(1);

    public async Task<HomeView> OfAsync(Viewer viewer, Frame frame, int most, CancellationToken ct)
    {
        var waiting = PermissionTable.Allows(viewer, Permission.ViewInbox) ? await inbox.HandleAsync(viewer, new InboxFilter(PageSize: most), ct) : new Page<InboxTask>([], 0, 1, most);
        var sees = PermissionTable.Allows(viewer, Permission.ViewRequests);
        var found = sees ? await requests.HandleAsync(viewer, new RequestFilter(PageSize: most), ct) : new Page<RequestSummary>([], 0, 1, most);
        var counts = sees ? await requests.CountsAsync(viewer, ct) : new Dictionary<RequestStatus, int>();
        var goesOn = counts.GetValueOrDefault(RequestStatus.Draft) > 0 && catalogues.MayMakeAny(viewer, frame.Now);
        var drafts = goesOn ? (await requests.HandleAsync(viewer, new RequestFilter(RequestStatus.Draft, PageSize: Latest), ct)).Items : [];
        var told = await notices.ReadAsync(viewer, Latest, ct);
        return new HomeView([.. waiting.Items.Select(t => tasks.Of(t, viewer))], [.. found.Items.Select(r => heads.Row(r, viewer))])
        {
            TasksInAll = waiting.Total,
            RequestsInAll = found.Total,
            Drafts = [.. drafts.Select(r => heads.Row(r, viewer))],
            Catalogue = viewer.IsClearingHouse ? [] : catalogues.For(viewer, frame.Now),
            CutOffs = catalogues.CutOffs(viewer, frame.Now),
            Notices = [.. told.Latest.Select(NoticeRows.Of)],
            Counts = Counts(viewer, counts),
        };
    }

    /// <summary>What must not be overlooked: a task whose deadline comes within the hour. Null where there is none.</summary>
    public static Banner? WithinTheHour(HomeView view, DateTimeOffset now)
    {
        var near = view.Tasks.Where(t => t.Due is { } due && due.At > now && due.At - now <= Warned).MinBy(t => t.Due!.At);
        return near is null ? null : new Banner(
            BannerKind.Warning,
            PortalCalls.Texts(l => Words.Of("home.within-the-hour", l, ("number", near.Request.Number), ("due", HongKongWords.DateAndTime(near.Due!, l)))),
            near.Href,
            Words.Text("home.open-it"));
    }

    private static IReadOnlyList<TabView> Counts(Viewer viewer, IReadOnlyDictionary<RequestStatus, int> counts) =>
        [.. counts.Where(c => !c.Key.IsFinal()).OrderBy(c => c.Key).Select(c => new TabView(RequestsEndpoints.StatusWords(c.Key, viewer), "/requests?status=" + c.Key.Code(), false, c.Value))];
}
