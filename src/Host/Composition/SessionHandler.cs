using System.Security.Claims;
using System.Text.Encodings.Web;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;

namespace ClientConnect.Host.Composition;

/// <summary>
/// On an endpoint that runs a click: who it is may come from memory, since the click's own first round trip checks session and
/// rights. Never put it on an endpoint whose use case does not.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class ClickEndpoint : Attribute;

/// <summary>Reads the session's cookie, and answers who is not signed in or may not: pages by going there, the API in JSON.</summary>
internal sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ViewerCache viewers, SecurityLog log)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var endpoint = Context.GetEndpoint();
        if (SessionCookie.ReadSession(Context) is not { } token || endpoint?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            return AuthenticateResult.NoResult();
        }

        var viewer = endpoint?.Metadata.GetMetadata<ClickEndpoint>() is null
            ? await viewers.ReadAsync(token, Context.RequestAborted)
            : await viewers.RecallAsync(token, Context.RequestAborted);
        if (viewer is null)
        {
            return AuthenticateResult.Fail("The session has ended.");
        }

        Context.Items[typeof(Viewer)] = viewer;
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, viewer.User.ToString()), new Claim(ClaimTypes.Name, viewer.Email)], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Request.IsApi())
        {
            await ApiProblem.WriteAsync(Context, StatusCodes.Status401Unauthorized, "sign-in-required", "Sign in first; the session may have ended.");
            return;
        }

        var isOver = SessionCookie.ReadSession(Context) is not null;
        SessionCookie.Forget(Context);
        var there = $"/sign-in{QueryString.Create(Destination(isOver))}";
        if (Request.Headers.ContainsKey("HX-Request"))
        {
            // A redirect would put the sign-in page into the middle of the page that asked. A form that saves itself stays as it is
            // and says so: what was typed stands there still.
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            if (Request.Headers["HX-Trigger"] != Portal.FormFields.SelfSaving) Response.Headers["HX-Redirect"] = there;
            return;
        }

        Response.StatusCode = StatusCodes.Status303SeeOther;
        Response.Headers.Location = there;
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var permission = Context.GetEndpoint()?.Metadata.GetMetadata<NeedsPermission>()?.Permission.ToString();
        if (Context.FindViewer() is { } viewer)
        {
            var detail = new System.Text.Json.Nodes.JsonObject { ["method"] = Request.Method, ["path"] = Request.Path.Value, ["permission"] = permission };
            await log.RecordAsync(SecurityEventKind.AttemptWasRefused, viewer.User, Context.GetVisitor().Address, Context.RequestAborted, detail);
        }

        if (Request.IsApi())
        {
            await ApiProblem.WriteAsync(Context, StatusCodes.Status403Forbidden, "not-yours-to-do", "Your role does not allow this.");
            return;
        }

        // The page for it is rendered by the status code pages.
        Response.StatusCode = StatusCodes.Status403Forbidden;
    }

    private IEnumerable<KeyValuePair<string, string?>> Destination(bool isOver)
    {
        if (HttpMethods.IsGet(Request.Method) && Request.Path != "/")
        {
            yield return new("return", Request.Path + Request.QueryString);
        }

        if (isOver)
        {
            yield return new("over", "1");
        }
    }
}
