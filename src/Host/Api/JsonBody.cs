using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api;

/// <summary>
/// Reads a call's JSON object: bounded in size and depth, no name twice, no NUL (PostgreSQL has none), no broken text, and no member
/// that the call does not take (decision 0008). What is wrong is a problem with a sentence, never an exception.
/// </summary>
internal static class JsonBody
{
    /// <summary>The largest body that is read, in bytes.</summary>
    public const int MaxBytes = 1_048_576;

    private const int Chunk = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <typeparam name="T">The record that describes the body: its members, and no others, are taken.</typeparam>
    public static async Task<(JsonObject? Body, IResult? Problem)> ReadAsync<T>(HttpContext http, CancellationToken ct)
        where T : notnull
    {
        var (body, problem) = await ReadAsync(http.Request, ct);
        if (body is null) return (null, problem);
        var faults = BodyShape.FaultsIn(body, typeof(T));
        return faults.Count == 0 ? (body, null) : (null, Problems.Of(new AnswersAreIncomplete(faults), http.GetViewer().Language));
    }

    /// <summary>The same where the body may be missing: it is an empty object then.</summary>
    public static async Task<(JsonObject? Body, IResult? Problem)> ReadOptionalAsync<T>(HttpContext http, CancellationToken ct)
        where T : notnull =>
        http.Request.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0 ? await ReadAsync<T>(http, ct) : ([], null);

    /// <summary>A question's body in somebody else's format, which may say more than is read; a missing one is an empty object.</summary>
    public static async Task<(JsonObject? Body, IResult? Problem)> ReadAnyAsync(HttpRequest request, CancellationToken ct) =>
        request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0 ? await ReadAsync(request, ct) : ([], null);

    private static async Task<(JsonObject? Body, IResult? Problem)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasJsonContentType()) return (null, Problems.Of(415, "json-expected", "This address takes JSON.", "Send the body as application/json."));
        if (request.ContentLength > MaxBytes) return (null, TooLarge());
        using var buffer = new MemoryStream((int?)request.ContentLength ?? 0);
        var chunk = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            for (int read; (read = await request.Body.ReadAsync(chunk, ct)) > 0;)
            {
                if (buffer.Length + read > MaxBytes) return (null, TooLarge());
                buffer.Write(chunk, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return Parse(buffer.ToArray());
    }

    internal static (JsonObject? Body, IResult? Problem) Parse(byte[] bytes)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            if (bytes.Length == 0) return ([], null);
            var node = JsonNode.Parse(bytes, documentOptions: Strict);
            if (node is not JsonObject body) return (null, Unreadable("The body must be a JSON object."));
            return HasNul(body) ? (null, Unreadable("The body contains the NUL character, which no field can hold.")) : (body, null);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return (null, Unreadable("The body is not readable JSON: " + (e is JsonException ? "check its brackets, quotes, depth and names that stand twice." : "its text is not valid UTF-8.")));
        }
    }

    // Walks every value once, so that broken surrogates surface here and not where they would be written.
    private static bool HasNul(JsonNode? node) => node switch
    {
        JsonObject o => o.Any(p => p.Key.Contains('\0', StringComparison.Ordinal) || HasNul(p.Value)),
        JsonArray a => a.Any(HasNul),
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>().Contains('\0', StringComparison.Ordinal),
        _ => false,
    };

    private static IResult TooLarge() => Problems.Of(413, "body-too-large", "The body is too large.", "At most 1 MB is taken at once; files go to the attachments' address.");

    private static IResult Unreadable(string detail) => Problems.Of(400, "body-not-readable", "The body can't be read.", detail);

    /// <summary>The text of a property; null where it is missing or no text.</summary>
    public static string? Text(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
