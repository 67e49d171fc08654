using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Microsoft.Extensions.Primitives;

namespace ClientConnect.Host.Api;

/// <summary>What the calls of the API have in common: operation keys, versions, and how a use case's answer becomes one of HTTP.</summary>
internal static class ApiCalls
{
    /// <summary>The caller wants to be able to repeat the call.</summary>
    public static bool HasKey(HttpContext http) => !string.IsNullOrWhiteSpace(http.Request.Headers["Idempotency-Key"].ToString());

    /// <summary>Null where the caller sent no key; a problem where it is too long to be one.</summary>
    public static (OperationKey? Key, IResult? Problem) Operation(HttpContext http, JsonNode? body)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        return key.Length > OperationKey.MaxLength || key.Any(char.IsControl)
            ? (null, Problems.Of(400, "operation-key-not-usable", "The Idempotency-Key can't be used.", "Send at most 200 printable characters."))
            : (OperationKey.Of(key, $"{http.Request.Method} {http.Request.Path}", body), null);
    }

    /// <summary>The same for a call that takes no body; a problem where it has one that says something.</summary>
    /// <param name="asked">What the call says in its address; null where nothing.</param>
    public static async Task<(OperationKey? Key, IResult? Problem)> OperationAsync(HttpContext http, CancellationToken ct, string? asked = null)
    {
        var (body, problem) = await JsonBody.ReadOptionalAsync<NoBody>(http, ct);
        return body is null ? (null, problem) : Operation(http, string.IsNullOrEmpty(asked) ? null : JsonValue.Create(asked));
    }

    /// <summary>What <c>If-Match</c> says, without its quotes; null where it is missing or <c>*</c>.</summary>
    public static string? Seen(HttpContext http)
    {
        var value = http.Request.Headers.IfMatch;
        if (StringValues.IsNullOrEmpty(value) || value == "*") return null;
        var text = value.ToString().Trim();
        return text.StartsWith("W/", StringComparison.Ordinal) ? text[2..].Trim('"') : text.Trim('"');
    }

    public static IResult Answer(HttpContext http, Result<RequestReceipt> result, int status = StatusCodes.Status200OK)
    {
        if (result.IsRefused) return Problems.Of(result.Refusal, http.GetViewer().Language);
        http.Response.Headers.ETag = $"\"{result.Value.Version}\"";
        if (status == StatusCodes.Status201Created) http.Response.Headers.Location = $"/api/requests/{result.Value.Id}";
        return Results.Json(ReceiptModel.Of(result.Value), statusCode: status);
    }
}
