using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>Something more that a click wants to know, read in the same first round trip.</summary>
public interface IClickPart
{
    /// <summary>Adds exactly one statement.</summary>
    void Add(ClickBatch batch);

    Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct);
}

/// <summary>Which request a click is about.</summary>
/// <param name="Locator">SQL that stands for the request's id, with <c>$1</c> for <paramref name="Id"/>.</param>
public sealed record ClickTarget(string Locator, Guid Id, IReadOnlyList<IClickPart> Parts)
{
    /// <summary>The version that the caller saw (<c>If-Match</c>): where it is another by now, what could be done is refused. Null where it did not say.</summary>
    public string? Seen { get; init; }

    public static ClickTarget Of(RequestId request, params IClickPart[] parts) => new("$1", request.Value, parts);
}

/// <summary>
/// The key by which a write is safe to repeat: the same key with the same body gets the stored answer, with another body a refusal.
/// </summary>
/// <param name="Key">Chosen by the caller (<c>Idempotency-Key</c>, or the form's hidden field).</param>
/// <param name="BodyHash">Hash of all that was sent with it, and of what it was sent to.</param>
public sealed record OperationKey(string Key, string BodyHash)
{
    /// <summary>Longest key that is accepted; longer ones are hashed by nobody and refused by the host.</summary>
    public const int MaxLength = 200;

    public static OperationKey? Of(string? key, string what, JsonNode? body) =>
        string.IsNullOrWhiteSpace(key) ? null : new(key, CanonicalJson.Hash(new JsonArray(what, body?.DeepClone())));
}

/// <summary>What a click answers, and answers again when it is repeated.</summary>
/// <param name="Status">The request's status after the click, as its code.</param>
/// <param name="Version">What <c>ETag</c> says after the click.</param>
public sealed record RequestReceipt(string Id, string? Number, string Status, string Version);
