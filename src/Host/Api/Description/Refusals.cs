using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace ClientConnect.Host.Api;

/// <summary>
/// Which refusals an address can answer, for its description. They follow from what the address is: a new one is described without
/// being thought of, and the tests' client refuses an answer that is not described.
/// </summary>
internal static class Refusals
{
    private const string Json = "application/problem+json";

    /// <summary>Adds them to every address of the group, after the addresses have said all of themselves.</summary>
    public static void DescribeRefusals(this RouteGroupBuilder group) => ((IEndpointConventionBuilder)group).Finally(endpoint =>
    {
        foreach (var status in Of((RouteEndpointBuilder)endpoint))
        {
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemModel), [Json]));
        }
    });

    private static IEnumerable<int> Of(RouteEndpointBuilder endpoint)
    {
        var metadata = endpoint.Metadata;
        var isRead = metadata.OfType<IHttpMethodMetadata>().All(m => m.HttpMethods.All(HttpMethods.IsGet));
        var version = metadata.OfType<RestsOnVersion>().LastOrDefault();
        IEnumerable<(int Status, bool Can)> all =
        [
            (StatusCodes.Status400BadRequest, !isRead || Asks(endpoint)),
            (StatusCodes.Status401Unauthorized, true),
            (StatusCodes.Status403Forbidden, true),
            (StatusCodes.Status404NotFound, endpoint.RoutePattern.Parameters.Count > 0 || !isRead || Names(metadata)),
            // Of reads: a request whose release this build can't read.
            (StatusCodes.Status409Conflict, !isRead || endpoint.RoutePattern.Parameters.Count > 0 || Names(metadata)),
            (StatusCodes.Status412PreconditionFailed, version is not null),
            (StatusCodes.Status413PayloadTooLarge, !isRead),
            (StatusCodes.Status415UnsupportedMediaType, !isRead),
            (StatusCodes.Status422UnprocessableEntity, !isRead || Asks(endpoint)),
            (StatusCodes.Status428PreconditionRequired, version is { IsRequired: true }),
            (StatusCodes.Status429TooManyRequests, !isRead),
            (StatusCodes.Status503ServiceUnavailable, true),
        ];
        return all.Where(s => s.Can).Select(s => s.Status);
    }

    // Its query names what may not be there.
    private static bool Names(IList<object> metadata) => metadata.OfType<QueryParameter>().Any(q => q.IsAnId);

    // Something in its query can be wrong: what the handler takes by name beside what stands in the path.
    private static bool Asks(RouteEndpointBuilder endpoint) => endpoint.Metadata.OfType<MethodInfo>().SelectMany(m => m.GetParameters())
        .Any(p => (Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType) is var type && (type == typeof(string) || type == typeof(int) || type == typeof(bool)) && endpoint.RoutePattern.GetParameter(p.Name!) is null);
}

/// <summary>The call may name the version that it rests on (<c>If-Match</c>), and is refused where that is no more.</summary>
/// <param name="IsRequired">It must name it.</param>
internal sealed record RestsOnVersion(bool IsRequired);

/// <summary>A query parameter that the endpoint reads by itself.</summary>
/// <param name="Options">What it may be; null where it is free text.</param>
internal sealed record QueryParameter(string Name, string Description, IReadOnlyList<string>? Options = null)
{
    /// <summary>It names something that may not be there for the caller.</summary>
    public bool IsAnId { get; init; }

    public static QueryParameter Of<T>(string name, string description)
        where T : struct, Enum => new(name, description, [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)]);
}
