using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Home;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Host.Portal.Notices;

/// <summary>What the viewer was told, whether the mails have left or not.</summary>
internal static class NoticesEndpoints
{
    private const int Most = 100;

    public static void MapNotices(this IEndpointRouteBuilder app)
    {
        app.MapGet("/notices", ShowAsync).Needs(Permission.UseThePortal).ExcludeFromDescription();
        app.MapPost("/notices/read", MarkAsync).Needs(Permission.UseThePortal).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, NoticesOf notices, CancellationToken ct)
    {
        var told = await notices.ReadAsync(http.GetViewer(), Most, ct);
        return Pages.Notices(await Frames.ForAsync(http, ct), new NoticesView([.. told.Latest.Select(NoticeRows.Of)], PageOfMany.Only));
    }

    private static async Task<IResult> MarkAsync(HttpContext http, MarkNoticesRead mark, CancellationToken ct)
    {
        await mark.HandleAsync(http.GetViewer(), null, ct);
        return PortalCalls.SeeOther("/notices");
    }
}

/// <summary>A notice on screen: what its mail's subject says, with the way to what it is about.</summary>
internal static class NoticeRows
{
    public static NoticeRow Of(OnScreenNotice notice) =>
        new(notice.Id.ToString(), new LocalText(notice.Title), new LocalText(""), notice.QueuedAt, notice.IsRead, AddressOf(notice));

    private static string? AddressOf(OnScreenNotice notice) => notice switch
    {
        { Task: { } task } => $"/tasks/{task}",
        { Request: { } request, IsOfMessage: true } => $"/requests/{request}#messages",
        { Request: { } request } => $"/requests/{request}",
        { IsOfPublication: true } => "/downloads",
        { Import: { } import } => $"/register/imports/{import}",
        { Proposal: { } proposal } => $"/designer/proposals/{proposal}",
        _ => null,
    };
}
