using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>The maker's last page, and sending from it to the firm's checkers.</summary>
internal static class CheckEndpoints
{
    public static void MapCheck(this IEndpointRouteBuilder app)
    {
        app.MapGet("/requests/{id}/check", ShowAsync).Needs(Permission.MakeRequests).ExcludeFromDescription();
        app.MapPost("/requests/{id}/submission", SendAsync).Needs(Permission.MakeRequests).IsClick().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, FormDesk desk, CheckPages pages, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (request, refused) = await desk.FindAsync(viewer, id, ct);
        if (request is null) return await FormEndpoints.ElsewhereAsync(http, id, refused!, ct);
        var frame = await Frames.ForAsync(http, ct);
        return Pages.Check(frame, await pages.OfAsync(viewer, frame, request, ct));
    }

    private static async Task<IResult> SendAsync(HttpContext http, SubmitRequest submit, RequestReader requests, CheckPages pages, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is not { } key || await requests.FindAsync(viewer, key, ct) is not { } request) return await PortalCalls.NothingHereAsync(http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        if (HasChanged(request, form["contentHash"].ToString())) return await ChangedAsync(http, request, ct);

        var seen = FormDesk.SeenRevision(form) is { } revision ? FormDesk.Version(request, revision) : null;
        var sent = await submit.HandleAsync(viewer, key, seen, PortalCalls.Operation(http, form), ct);
        if (!sent.IsRefused) return PortalCalls.SeeOther($"/requests/{id}?done={(sent.Value.Status == RequestStatus.PendingChecker.Code() ? "sent" : "sent-at-once")}");
        if (sent.Refusal is RequestHasMovedOn) return await FormEndpoints.ElsewhereAsync(http, id, sent.Refusal, ct);
        if (sent.Refusal is SomebodyElseHasSaved) return await ChangedAsync(http, request, ct);
        if (sent.Refusal is not AnswersAreIncomplete incomplete) return await FormEndpoints.RefusedAsync(http, id, sent.Refusal, ct);

        var frame = await Frames.ForAsync(http, ct) with { Path = $"/requests/{id}/check" };
        return Pages.Check(frame, await pages.OfAsync(viewer, frame, request, ct) with { Faults = incomplete.Faults }, StatusCodes.Status422UnprocessableEntity);
    }

    // Only while it can still be sent: a second click is answered by its operation key.
    private static bool HasChanged(LoadedRequest request, string shown) => request.Draft is not null && shown.Length > 0 && shown != RequestContent.HashOf(request);

    private static Task<IResult> ChangedAsync(HttpContext http, LoadedRequest request, CancellationToken ct) =>
        PortalCalls.RefusedAsync(http, new ContentHasChanged(RequestContent.HashOf(request), []), ct, ($"/requests/{request.Id}/check", Words.Text("next.check-again")));
}

/// <summary>Makes the page on which the maker checks the answers.</summary>
internal sealed class CheckPages(FormDesk desk, AnswerSheets sheets, RequestMoves moves, FirmDirectory people, ReturnedViews returned)
{
    public async Task<CheckView> OfAsync(Viewer viewer, Frame frame, LoadedRequest request, CancellationToken ct)
    {
        var form = await desk.EvaluateAsync(viewer, request, request.CurrentAnswers, ct);
        var answers = sheets.Of(request, form, form.Answers, frame.Language, before: request.IsDraft ? null : request.Answers) with { ChangeHref = $"/requests/{request.Id}/form" };
        return new CheckView(Heads.Of(request, viewer), request.DraftRevision, RequestContent.HashOf(request), answers)
        {
            Deadline = DeadlineViews.Of(request, moves.ShownPlanOf(request, frame.Now), frame.Now, forMaker: true),
            Returned = (await returned.OfAsync(viewer, request, ct)).View,
            Faults = form.Faults,
            Checkers = await people.CountCheckersAsync(viewer, request.EService, request.Membership.Id, ct),
            MaySend = request.Draft is not null,
            CheckersNeeded = request.Bundle.Flow.Checkers,
            IsCheckedFirst = moves.IsCheckedFirst(request, form.Answers, frame.Now),
        };
    }
}
