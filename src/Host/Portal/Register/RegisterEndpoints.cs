using System.Text;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Host.Portal.Register;

/// <summary>Looking things up: the kinds, the entries of one, one entry; and for the clearing house the list as CSV.</summary>
internal static class RegisterEndpoints
{
    public static void MapRegister(this IEndpointRouteBuilder app)
    {
        app.MapGet("/register", KindsAsync).Needs(Permission.ViewRegister).ExcludeFromDescription();
        app.MapGet("/register/{kind}", ListAsync).Needs(Permission.ViewRegister).ExcludeFromDescription();
        app.MapGet("/register/{kind}.csv", ExportAsync).Needs(Permission.ReadRegister).ExcludeFromDescription();
        app.MapGet("/register/{kind}/{**key}", OneAsync).Needs(Permission.ViewRegister).ExcludeFromDescription();
        app.MapGet("/register/calendar", CalendarAsync).Needs(Permission.ReadRegister).ExcludeFromDescription();
        app.MapGet("/register/calendar/{market}.csv", ExportCalendarAsync).Needs(Permission.ReadRegister).ExcludeFromDescription();
        app.MapImports();
    }

    private static async Task<IResult> KindsAsync(HttpContext http, RegisterPages pages, CancellationToken ct) =>
        Pages.Register(await Frames.ForAsync(http, ct), await pages.KindsAsync(http.GetViewer(), ct));

    private static async Task<IResult> ListAsync(HttpContext http, RegisterPages pages, string kind, string? q, string? membership, string? state, int? page, CancellationToken ct) =>
        await pages.ListAsync(http.GetViewer(), kind, AskedEntries.Of(q, membership, state), Math.Max(1, page ?? 1), ct) is { } view
            ? Pages.Entries(await Frames.ForAsync(http, ct), view)
            : await PortalCalls.NothingHereAsync(http, ct);

    private static async Task<IResult> ExportAsync(HttpContext http, RegisterSearch search, string kind, string? q, string? membership, string? state, CancellationToken ct)
    {
        var csv = await search.ExportAsync(http.GetViewer(), kind, AskedEntries.Of(q, membership, state).Filter, ct);
        return csv.IsRefused ? await PortalCalls.RefusedAsync(http, csv.Refusal, ct) : Saved(csv.Value, $"{kind}.csv");
    }

    private static async Task<IResult> ExportCalendarAsync(HttpContext http, CalendarStore calendars, string market, CancellationToken ct) =>
        CalendarFiles.MarketOf($"calendar-{market}") is { } found && await calendars.ExportAsync(http.GetViewer(), found, ct) is { } csv
            ? Saved(csv, $"calendar-{market}.csv")
            : await PortalCalls.NothingHereAsync(http, ct);

    private static IResult Saved(string csv, string name) => Results.File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(csv)], "text/csv; charset=utf-8", name);

    // The same key may be several memberships': then the list says whose.
    private static async Task<IResult> OneAsync(HttpContext http, RegisterPages pages, RegisterSearch search, string kind, string key, string? membership, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var entries = await search.FindAsync(viewer, kind, key, membership is { Length: > 0 } ? new MembershipId(membership) : null, ct);
        if (entries.Count == 0) return await PortalCalls.NothingHereAsync(http, ct);
        return await pages.OneAsync(viewer, kind, entries, ct) is { } view
            ? Pages.Entry(await Frames.ForAsync(http, ct), view)
            : PortalCalls.SeeOther(AskedEntries.Of(key, null, "all").Href($"/register/{kind}"));
    }

    private static async Task<IResult> CalendarAsync(HttpContext http, CalendarStore calendars, ImportPages imports, int? year, CancellationToken ct)
    {
        var frame = await Frames.ForAsync(http, ct);
        var days = await calendars.ReadAsync(http.GetViewer(), ct);
        var years = days.Years.Select(y => y.Year).Distinct().Order().ToList();
        var shown = year is { } asked && years.Contains(asked) ? asked : years.Contains(HongKong.DateIn(frame.Now).Year) ? HongKong.DateIn(frame.Now).Year : years.LastOrDefault();
        return Pages.Calendar(frame, new CalendarView(
            shown, CalendarWords.Files(http.GetViewer()), await imports.WaitingAsync(http.GetViewer(), ct), [.. years.Select(y => new TabView(new LocalText(PortalCalls.Number(y)), $"/register/calendar?year={PortalCalls.Number(y)}", y == shown))],
            [.. days.Years.Where(y => y.Year == shown).Select(y => new CalendarMarket(
                y.Market.ToString(), CalendarWords.Market(y.Market), y.Source, y.Verified,
                [.. y.Closures.Select(d => new CalendarDayRow(d.Date, d.Name, false)).Concat(y.HalfDays.Select(d => new CalendarDayRow(d.Date, d.Name, true))).OrderBy(d => d.Date)]))]));
    }
}
