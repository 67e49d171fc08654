using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/notices</c>: what the viewer was told.</summary>
internal static class NoticesApi
{
    private const int Most = 100;

    public static void MapNotices(this RouteGroupBuilder api)
    {
        api.MapGet("/notices", List).Needs(Permission.UseThePortal).WithSummary("The latest notices to you.").Produces<NoticesModel>();
        api.MapPost("/notices/readings", MarkRead).Needs(Permission.UseThePortal).WithSummary("Marks all your notices as read.");
    }

    /// <summary>Notices, latest first.</summary>
    public sealed record NoticesModel(int Unread, IReadOnlyList<NoticeModel> Items);

    /// <summary>One notice.</summary>
    public sealed record NoticeModel(string Id, string Title, string? RequestId, DateTimeOffset At, bool IsRead);

    private static async Task<IResult> List(HttpContext http, NoticesOf notices, CancellationToken ct)
    {
        var found = await notices.ReadAsync(http.GetViewer(), Most, ct);
        return Results.Json(new NoticesModel(found.Unread, [.. found.Latest.Select(n => new NoticeModel(n.Id.ToString(), n.Title, n.Request?.ToString(), n.QueuedAt.ToHongKong(), n.IsRead))]));
    }

    private static async Task<IResult> MarkRead(HttpContext http, MarkNoticesRead mark, CancellationToken ct) =>
        (await mark.HandleAsync(http.GetViewer(), null, ct)).Match(_ => Results.NoContent(), refusal => Problems.Of(refusal, http.GetViewer().Language));
}
