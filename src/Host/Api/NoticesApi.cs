using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/notices</c>: what the viewer was told.</summary>
internal static class NoticesApi
{
    private const int Most = 100;

    public static void MapNotices(this RouteGroupBuilder api)
    {
        api.MapGet("/notices", List).Needs(Permission.UseThePortal).WithSummary("The latest notices to you.").Produces<NoticesModel>();
        api.MapPost("/notices/readings", MarkRead).Needs(Permission.UseThePortal).WithSummary("Marks all your notices as read.").Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Notices, latest first.</summary>
    public sealed record NoticesModel(int Unread, IReadOnlyList<NoticeModel> Items);

    /// <summary>One notice, about a request, a release proposal, a calendar's file or none of them.</summary>
    /// <param name="TaskId">What you are asked about another participant's request; null for all others.</param>
    /// <param name="ImportId">The calendar's file, while it is there; null for all others.</param>
    public sealed record NoticeModel(string Id, string Title, string? RequestId, string? TaskId, string? ProposalId, string? ImportId, DateTimeOffset At, bool IsRead);

    private static async Task<IResult> List(HttpContext http, NoticesOf notices, CancellationToken ct)
    {
        var found = await notices.ReadAsync(http.GetViewer(), Most, ct);
        return Results.Json(new NoticesModel(found.Unread, [.. found.Latest.Select(n => new NoticeModel(n.Id.ToString(), n.Title, n.Request?.ToString(), n.Task?.ToString(), n.Proposal?.ToString(), n.Import?.ToString(), n.QueuedAt.ToHongKong(), n.IsRead))]));
    }

    private static async Task<IResult> MarkRead(HttpContext http, MarkNoticesRead mark, KeptAnswers answers, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (operation, problem) = await ApiCalls.OperationAsync(http, ct);
        if (problem is not null) return problem;
        return (await answers.OnceAsync(viewer, operation, () => mark.HandleAsync(viewer, null, ct), ct)).Match(_ => Results.NoContent(), refusal => Problems.Of(refusal, viewer.Language));
    }
}
