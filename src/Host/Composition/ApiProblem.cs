using System.Text.Json.Nodes;

namespace ClientConnect.Host.Composition;

/// <summary>Refusals that are given before any endpoint runs, in the API's form (RFC 9457).</summary>
internal static class ApiProblem
{
    /// <summary>What is spoken to in JSON: ours, and the designer's.</summary>
    public static bool IsApi(this HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || request.Path.StartsWithSegments("/elsa/api", StringComparison.OrdinalIgnoreCase);

    public static Task WriteAsync(HttpContext http, int status, string code, string title)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json; charset=utf-8";
        var problem = new JsonObject { ["type"] = $"urn:client-connect:{code}", ["title"] = title, ["status"] = status, ["code"] = code };
        return http.Response.WriteAsync(problem.ToJsonString(), http.RequestAborted);
    }
}
