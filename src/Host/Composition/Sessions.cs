using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClientConnect.Host.Composition;

/// <summary>
/// Who is signed in, and closed doors by default: an endpoint that declares nothing asks for a signed-in person here and stops the
/// start in <see cref="Permissions.RefuseUndeclaredEndpoints"/>.
/// </summary>
internal static class Sessions
{
    public static WebApplicationBuilder AddSessions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IPasswordHasher, Passwords>();
        services.AddSingleton<ISecretProtector, Secrets>();
        services.AddSingleton<SignIn>().AddSingleton<SignInThrottle>().AddSingleton<ConfirmSecondFactor>().AddSingleton<OfferSecondFactor>()
            .AddSingleton<SignOut>().AddSingleton<StartSession>().AddSingleton<EndSessions>().AddSingleton<DisableUser>().AddSingleton<SessionsOf>()
            .AddSingleton<ReadSession>().AddSingleton<ViewerCache>().AddSingleton<SecurityLog>().AddSingleton<FirmDirectory>().AddSingleton<ChangeLanguage>().AddSingleton<ChangeShortcuts>().AddSingleton<EndSession>().AddSingleton<ChangePassword>().AddSingleton<ImportFirms>();

        services.AddAuthentication(SessionHandler.Scheme).AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Scheme, null);
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.AddProtectionKeys();
        builder.AddForgeryDefence();
        return builder;
    }

    /// <summary>After routing, before the endpoints: who it is, whether it comes from our own pages, and whether it may.</summary>
    public static WebApplication UseSessions(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseOwnOriginOnly();
        app.UseAuthorization();
        app.UseFormTokens();
        return app;
    }

    /// <summary>The person looking. Only behind a permission: where nobody need be signed in, ask <see cref="FindViewer"/>.</summary>
    public static Viewer GetViewer(this HttpContext http) =>
        http.FindViewer() ?? throw new InvalidOperationException($"{http.Request.Path} asks who is looking, but lets in people who have not signed in.");

    /// <summary>Null where nobody is signed in.</summary>
    public static Viewer? FindViewer(this HttpContext http) => http.Items.TryGetValue(typeof(Viewer), out var viewer) ? (Viewer?)viewer : null;

    /// <summary>Where this call comes from, for the throttle and the security stream.</summary>
    public static Visitor GetVisitor(this HttpContext http) =>
        new(http.Connection.RemoteIpAddress?.ToString(), Browsers.NameOf(http.Request.Headers.UserAgent.ToString()));
}
