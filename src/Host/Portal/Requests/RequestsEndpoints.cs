using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>The list of requests, one request's own page, and taking it back.</summary>
internal static class RequestsEndpoints
{
    private const int PageSize = 25;

    public static void MapRequests(this IEndpointRouteBuilder app)
    {
        app.MapGet("/requests", ListAsync).Needs(Permission.ViewRequests).ExcludeFromDescription();
        app.MapGet("/requests/{id}", TrackAsync).Needs(Permission.ViewRequests).ExcludeFromDescription();
        app.MapGet("/requests/{id}/receipt.pdf", ReceiptAsync).Needs(Permission.ViewRequests).ExcludeFromDescription();
        app.MapGet("/requests/{id}/withdrawal", AskAsync).Needs(Permission.WithdrawRequests).ExcludeFromDescription();
        app.MapPost("/requests/{id}/withdrawal", WithdrawAsync).Needs(Permission.WithdrawRequests).IsClick().ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(HttpContext http, RequestsOf requests, Catalogue catalogue, Heads heads, string? q, string? status, string? eService, string? open, int? page, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var frame = await Frames.ForAsync(http, ct);
        var isOpen = open == "true";
        var found = await requests.HandleAsync(viewer, new RequestFilter(RequestStatuses.From(status), eService, q, isOpen, page ?? 1, PageSize), ct);
        var filter = Filter(viewer, catalogue.AllInForce(frame.Now), q, RequestStatuses.From(status), eService, isOpen);
        var href = PortalCalls.Address("/requests", ("q", q), ("status", status), ("eService", eService), ("open", isOpen ? "true" : null));
        return Pages.Requests(frame, new RequestsView(filter, [.. found.Items.Select(r => heads.Row(r, viewer))], PortalCalls.PageOf(found, href)) { ShowsParticipant = viewer.IsClearingHouse });
    }

    private static FilterView Filter(Viewer viewer, IReadOnlyList<EServiceBundle> eServices, string? q, RequestStatus? status, string? eService, bool isOpen)
    {
        var (code, open) = (status?.Code(), isOpen ? "true" : null);
        var chips = new List<FilterChip>();
        if (!string.IsNullOrEmpty(q)) chips.Add(new(new LocalText($"“{q}”"), PortalCalls.Address("/requests", ("status", code), ("eService", eService), ("open", open))));
        if (status is { } chosen) chips.Add(new(StatusWords(chosen, viewer), PortalCalls.Address("/requests", ("q", q), ("eService", eService), ("open", open))));
        if (eServices.FirstOrDefault(b => b.Key == eService) is { } bundle) chips.Add(new(bundle.Service.Name, PortalCalls.Address("/requests", ("q", q), ("status", code), ("open", open))));
        if (isOpen) chips.Add(new(Words.Text("filter.open-only"), PortalCalls.Address("/requests", ("q", q), ("status", code), ("eService", eService))));
        return new FilterView("/requests", q ?? "",
        [
            new("status", Words.Text("requests.status"), [.. Enum.GetValues<RequestStatus>().Where(s => s != RequestStatus.Draft || !viewer.IsClearingHouse).Select(s => new FilterOption(s.Code(), StatusWords(s, viewer), s == status))]),
            new("eService", Words.Text("requests.eservice"), [.. eServices.Select(b => new FilterOption(b.Key, PortalCalls.Texts(l => $"{b.Service.Id} {b.Service.Name.In(l)}"), b.Key == eService))]),
            new("open", Words.Text("filter.open"), [new FilterOption("true", Words.Text("filter.open-only"), isOpen)]),
        ], chips)
        {
            SearchHint = Words.Text("requests.search-hint"),
        };
    }

    public static LocalText StatusWords(RequestStatus status, Viewer viewer) =>
        Words.Text(Words.KeyFor("status." + status.Code(), viewer.IsClearingHouse));

    private static async Task<IResult> TrackAsync(HttpContext http, RequestReader requests, TrackerPages pages, MessageBoxes messages, MarkNoticesRead notices, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is not { } key || await requests.FindAsync(viewer, key, ct) is not { } request) return await PortalCalls.NothingHereAsync(http, ct);
        await notices.LookedAtAsync(viewer, key, ct);
        var frame = await Frames.ForAsync(http, ct);
        var page = await pages.OfAsync(viewer, frame, request, ct);
        return Pages.Tracker(frame, page with { Messages = await messages.OfAsync(viewer, request, $"/requests/{request.Id}", ct) });
    }

    // A draft has none: nothing was received.
    private static async Task<IResult> ReceiptAsync(HttpContext http, RequestReader requests, TrackerPages pages, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is not { } key || await requests.FindAsync(viewer, key, ct) is not { IsDraft: false } request) return await PortalCalls.NothingHereAsync(http, ct);
        var frame = await Frames.ForAsync(http, ct);
        return Results.File(ReceiptDocument.Of(frame, await pages.OfAsync(viewer, frame, request, ct)), "application/pdf", $"{request.Number}.pdf");
    }

    private static async Task<IResult> AskAsync(HttpContext http, RequestReader requests, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is not { } key || await requests.FindAsync(viewer, key, ct) is not { } request) return await PortalCalls.NothingHereAsync(http, ct);
        if (request.Status == RequestStatus.Withdrawn) return PortalCalls.SeeOther($"/requests/{id}?done=withdrawn-already");
        if (RequestAccess.WhyNotWithdraw(viewer, request) is { } no) return await FormEndpoints.RefusedAsync(http, id, no, ct);
        var reason = new FieldView("reason", FieldKind.LongText, Words.Text("withdraw.reason")) { IsOptional = true, MaxLength = 500 };
        return Pages.Interruption(await Frames.ForAsync(http, ct), new InterruptionView(
            Words.Text("withdraw.title"), [Words.Text("withdraw.stops"), Words.Text("withdraw.final"), Words.Text("withdraw.told")], $"/requests/{id}/withdrawal", Words.Text("withdraw.confirm"), $"/requests/{id}")
        {
            Fields = [reason],
            Head = Heads.Of(request, viewer),
        });
    }

    private static async Task<IResult> WithdrawAsync(HttpContext http, WithdrawRequest withdraw, string id, CancellationToken ct)
    {
        if (RequestId.From(id) is not { } key) return await PortalCalls.NothingHereAsync(http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var reason = form["reason"].ToString().Trim();
        var withdrawn = await withdraw.HandleAsync(http.GetViewer(), key, reason.Length == 0 ? null : reason[..Math.Min(reason.Length, 500)], seen: null, PortalCalls.Operation(http, form), ct);
        return withdrawn.IsRefused ? await FormEndpoints.RefusedAsync(http, id, withdrawn.Refusal, ct) : PortalCalls.SeeOther($"/requests/{id}?done=withdrawn");
    }
}
