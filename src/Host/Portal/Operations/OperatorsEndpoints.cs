using System.Globalization;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Host.Portal.Operations;

/// <summary>The promises that are not being kept just now, and trying them again.</summary>
internal static class OperatorsEndpoints
{
    public static void MapOperators(this IEndpointRouteBuilder app)
    {
        app.MapGet("/operators", ShowAsync).Needs(Permission.ViewOperations).ExcludeFromDescription();
        app.MapPost("/operators/deadlines/{id:guid}", TryDeadlineAsync).Needs(Permission.Operate).ExcludeFromDescription();
        app.MapPost("/operators/notices/{id:guid}", TryNoticeAsync).Needs(Permission.Operate).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, DeadlineLedger ledger, OverdueNotices notices, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var frame = await Frames.ForAsync(http, ct);
        var mayTry = PermissionTable.Allows(viewer, Permission.Operate);
        var stuck = await ledger.StuckAsync(ct);
        var dead = await notices.ReadAsync(viewer, ct);
        var counts = await notices.CountAsync(ct);
        return Pages.Operators(frame, new OperatorsView(
        [
            new("overdue", [.. stuck.Where(d => d.State != DeadlineState.Parked).Select(d => Deadline(d, viewer, false))]),
            new("parked", [.. stuck.Where(d => d.State == DeadlineState.Parked).Select(d => Deadline(d, viewer, mayTry))]),
            new("unsent", [.. dead.Select(n => new OperatorsRow(Words.Of("operators.notice", viewer.Language, ("template", n.Template), ("name", n.RecipientName), ("email", n.Email)), n.LastError, n.QueuedAt, Href(n.Request, viewer), mayTry ? $"/operators/notices/{n.Id}" : null, n.Attempts))]),
        ])
        {
            Signs =
            [
                (Words.Text("operators.sign-pending"), Number(counts.Pending), counts.Overdue == 0),
                (Words.Text("operators.sign-overdue"), Number(counts.Overdue), counts.Overdue == 0),
                (Words.Text("operators.sign-dead"), Number(counts.Dead), counts.Dead == 0),
                (Words.Text("operators.sign-held"), Number(counts.Held), counts.Held == 0),
                (Words.Text("operators.sign-deadlines"), Number(stuck.Count), stuck.Count == 0),
            ],
            ShowsJobs = mayTry,
        });
    }

    private static OperatorsRow Deadline(LedgerEntry entry, Viewer viewer, bool mayTry) =>
        new(Words.Of("operators.deadline." + entry.Kind.ToString().ToLowerInvariant(), viewer.Language, ("name", entry.Name), ("number", entry.Number ?? "–")), entry.Effect ?? entry.Rule, entry.DueAt, Href(entry.Request, viewer), mayTry ? $"/operators/deadlines/{entry.Id}" : null);

    // Who runs the portal reads no requests.
    private static string? Href(RequestId? request, Viewer viewer) => request is { } id && viewer.SeesAllRequests ? $"/requests/{id}" : null;

    private static string Number(int n) => n.ToString("N0", CultureInfo.InvariantCulture);

    private static async Task<IResult> TryDeadlineAsync(HttpContext http, DeadlineLedger ledger, Guid id, CancellationToken ct) =>
        await ledger.TryAgainAsync(id, ct) ? PortalCalls.SeeOther("/operators?done=tried-again") : await PortalCalls.NothingHereAsync(http, ct);

    private static async Task<IResult> TryNoticeAsync(HttpContext http, RetryNotice retry, Guid id, CancellationToken ct)
    {
        var tried = await retry.HandleAsync(http.GetViewer(), id, ct);
        return tried.IsRefused ? await PortalCalls.RefusedAsync(http, tried.Refusal, ct, ("/operators", Words.Text("operators.title"))) : PortalCalls.SeeOther("/operators?done=tried-again");
    }
}
