using ClientConnect.Workflows.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.StaticAssets;

namespace ClientConnect.Host.Composition;

/// <summary>One address that the host answers.</summary>
/// <param name="Verb">GET, POST …; <c>*</c> where the endpoint takes any.</param>
/// <param name="Needs">Null where anybody may ask.</param>
public sealed record MappedRoute(string Verb, string Pattern, Permission? Needs, bool IsForAnybody);

/// <summary>All that the host answers, with what it asks of its caller: the list that people agree with and tests visit.</summary>
public static class RouteTable
{
    public static IReadOnlyList<MappedRoute> Of(IServiceProvider services) =>
        [.. services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(verb =>
                new MappedRoute(verb, "/" + e.RoutePattern.RawText!.Trim('/'), e.Metadata.GetMetadata<NeedsPermission>()?.Permission, e.Metadata.GetMetadata<IAllowAnonymous>() is not null)))
            .Distinct().OrderBy(r => r.Pattern, StringComparer.Ordinal).ThenBy(r => r.Verb, StringComparer.Ordinal)];

    /// <summary>One route a line: verb, address, and the permission or "anybody".</summary>
    public static string AsText(IServiceProvider services) =>
        string.Concat(Of(services).Select(r => $"{r.Verb,-6} {r.Pattern}: {(r.IsForAnybody ? "anybody" : r.Needs?.ToString() ?? "everybody signed in")}\n"));
}
