using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Access;

/// <summary>The viewer's own account: where it is signed in, what it may do, its password.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        app.MapGet("/account", (HttpContext http, SessionsOf sessions, Catalogue catalogue, CancellationToken ct) => ShowAsync(http, sessions, catalogue, [], ct)).Needs(Permission.UseThePortal).ExcludeFromDescription();
        app.MapPost("/account/sessions/{id}/end", EndAsync).Needs(Permission.UseThePortal).ExcludeFromDescription();
        app.MapPost("/account/shortcuts", SwitchShortcutsAsync).Needs(Permission.UseThePortal).ExcludeFromDescription();
        app.MapPost("/account/password", ChangeAsync).Needs(Permission.UseThePortal).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, SessionsOf sessions, Catalogue catalogue, IReadOnlyList<FieldFault> faults, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var frame = await Frames.ForAsync(http, ct) with { Path = "/account" };
        var open = await sessions.ReadAsync(viewer, ct);
        // Times of sessions are the machine's; whoever got this far has given a second factor.
        return Pages.Account(frame, new AccountView(viewer.Name, viewer.Email, viewer.FirmName, true,
            [.. open.Select(s => new SessionRow(s.Id, s.Device ?? "–", s.Since, s.LastSeen, s.IsThis))],
            [.. viewer.Rights.Select(r => Right(r, viewer, catalogue, frame.Now))])
        {
            Roles = [.. viewer.Roles.Select(r => Words.Text("role." + char.ToLowerInvariant(r.ToString()[0]) + r.ToString()[1..]))],
            Faults = faults,
        });
    }

    private static HeldRight Right(Right right, Viewer viewer, Catalogue catalogue, DateTimeOffset now) => new(
        right.EService == "*" ? Words.Text("account.every-eservice") : catalogue.InForce(right.EService, now)?.Service.Name ?? new LocalText(right.EService),
        viewer.Memberships.FirstOrDefault(m => m.Id == right.Membership) is { } held ? $"{held.ClearingHouse.ToString().ToUpperInvariant()} {held.ParticipantId}" : right.Membership.Value, right.MayView || right.MayMake || right.MayCheck, right.MayMake, right.MayCheck);

    private static async Task<IResult> EndAsync(HttpContext http, EndSession end, string id, CancellationToken ct)
    {
        var ended = await end.HandleAsync(http.GetViewer(), id, http.GetVisitor(), ct);
        return ended.IsRefused ? await PortalCalls.NothingHereAsync(http, ct) : PortalCalls.SeeOther("/account?done=session-ended");
    }

    private static async Task<IResult> SwitchShortcutsAsync(HttpContext http, ChangeShortcuts change, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        await change.HandleAsync(http.GetViewer(), form["on"] == "true", ct);
        return PortalCalls.SeeOther("/account?done=shortcuts#shortcuts");
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, ChangePassword change, SessionsOf sessions, Catalogue catalogue, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var changed = await change.HandleAsync(http.GetViewer(), form["current"].ToString(), form["password"].ToString(), http.GetVisitor(), ct);
        return changed.IsRefused ? await ShowAsync(http, sessions, catalogue, changed.Refusal.Fields, ct) : PortalCalls.SeeOther("/account?done=password-changed");
    }
}
