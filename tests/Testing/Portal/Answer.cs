using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClientConnect.Testing.Portal;

/// <summary>What came back over HTTP, read whole.</summary>
public sealed record Answer(HttpMethod Method, string Path, HttpStatusCode Status, string Body, string? MediaType, Uri? Location, string? ETag, IReadOnlySet<string> Headers)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as JSON; throws with the whole answer where it is none.</summary>
    public JsonNode Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Body) ?? throw new InvalidOperationException($"JSON null: {this}");
            }
            catch (JsonException)
            {
                throw new InvalidOperationException($"Not JSON: {this}");
            }
        }
    }

    /// <summary>The refusal that the API gave; null where it gave none.</summary>
    public Problem? Problem => MediaType == "application/problem+json" ? Problem.Read(Json.AsObject()) : null;

    /// <summary>Itself, where it was a yes; otherwise the test ends here and says what was refused.</summary>
    public Answer Accepted() => IsSuccess ? this : throw new InvalidOperationException($"Expected a yes: {this}");

    /// <summary>The refusal, where its code is this one; otherwise the test ends here and says what came instead.</summary>
    public Problem Refused(string code) =>
        Problem is { } problem && problem.Code == code ? problem : throw new InvalidOperationException($"Expected the refusal '{code}': {this}");

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, string path) => new(
        response.RequestMessage!.Method,
        path,
        response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Content.Headers.ContentType?.MediaType,
        response.Headers.Location,
        response.Headers.ETag?.ToString(),
        response.Headers.Select(h => h.Key).ToHashSet(StringComparer.OrdinalIgnoreCase));

    public override string ToString() =>
        $"{Method} {Path} -> {(int)Status} {Status} {Location} {(Body.Length > 2000 ? Body[..2000] + " …" : Body)}";
}

/// <summary>A refusal as the API words it.</summary>
/// <param name="Code">Stable, for example <c>deadline-has-passed</c>.</param>
/// <param name="Faults">Code of the fault by path, for example <c>lines[0].quantity</c>.</param>
/// <param name="Body">All of it, for what a single refusal adds (a difference, who was first).</param>
public sealed record Problem(int Status, string Code, string Title, string? Detail, IReadOnlyDictionary<string, string> Faults, JsonObject Body)
{
    public static Problem Read(JsonObject body)
    {
        var faults = (body["faults"] ?? body["fields"])?.AsArray().OfType<JsonObject>() ?? [];
        return new Problem(
            body["status"]?.GetValue<int>() ?? 0,
            body["code"]?.GetValue<string>() ?? body["type"]?.GetValue<string>().Split('/', ':')[^1] ?? "",
            body["title"]?.GetValue<string>() ?? "",
            body["detail"]?.GetValue<string>(),
            faults.GroupBy(f => f["path"]!.GetValue<string>(), StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.First()["code"]?.GetValue<string>() ?? "", StringComparer.Ordinal),
            body);
    }
}
