using ClientConnect.Workflows.Access;
using Microsoft.AspNetCore.Authorization;

namespace ClientConnect.Host.Composition;

/// <summary>What an endpoint asks of its caller; <see cref="PermissionTable"/> says who has it.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class NeedsPermission(Permission permission) : Attribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

internal sealed class PermissionHandler : AuthorizationHandler<NeedsPermission>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeedsPermission requirement)
    {
        if ((context.Resource as HttpContext)?.FindViewer() is { } viewer && PermissionTable.Allows(viewer, requirement.Permission))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

internal static class Permissions
{
    /// <summary>Lets in only whom <see cref="PermissionTable"/> gives this permission.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoints, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new NeedsPermission(permission));

    /// <summary>
    /// Stops the start where an endpoint says neither which permission it needs nor that anybody may call it: forgetting must be
    /// noticed by whoever forgot. Call it after all endpoints are mapped.
    /// </summary>
    public static WebApplication RefuseUndeclaredEndpoints(this WebApplication app)
    {
        // The fallback that MapStaticAssets adds in Development can't be annotated; it asks for a signed-in person, as all that says nothing.
        const string StaticFallback = "{**path:file}";
        var undeclared = Endpoints(app).Where(e => e.RoutePattern.RawText != StaticFallback).Where(e => e.Metadata.GetMetadata<NeedsPermission>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.RoutePattern.RawText is { Length: > 0 } route ? route : e.DisplayName).Distinct().Order(StringComparer.Ordinal).ToList();
        return undeclared.Count == 0
            ? app
            : throw new InvalidOperationException(
                $"These endpoints declare neither a permission (.Needs(Permission.…)) nor .AllowAnonymous(): {string.Join(", ", undeclared)}");
    }

    private static IEnumerable<RouteEndpoint> Endpoints(IEndpointRouteBuilder app) => app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
}
