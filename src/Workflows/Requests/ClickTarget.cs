using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// What a click wants to know besides the request, read in the request's own statement: both are of one moment, and a statement more
/// costs more than a row. The request is found by a row of another module, or by its own.
/// </summary>
public interface IClickRow
{
    /// <summary>SQL that joins a row to the request <c>r</c>; empty where there is none.</summary>
    string Join { get; }

    /// <summary>The key by which it is found; another one for each kind of row.</summary>
    string Key { get; }

    /// <summary>The columns that <see cref="Read"/> expects.</summary>
    string Columns { get; }

    /// <param name="first">Place of the first of <see cref="Columns"/>; null where there is no such row.</param>
    void Read(NpgsqlDataReader row, int? first);
}

/// <summary>Which request a click is about.</summary>
/// <param name="Id">The request's own, or that of the row by which it is found.</param>
/// <param name="Row">What is read along; null where nothing is, and the request is found by its own id.</param>
public sealed record ClickTarget(Guid Id, IClickRow? Row)
{
    /// <summary>The version that the caller saw (<c>If-Match</c>): where it is another by now, what could be done is refused. Null where it did not say.</summary>
    public string? Seen { get; init; }

    public static ClickTarget Of(RequestId request) => new(request.Value, null);

    /// <summary>The request that belongs to this row.</summary>
    public static ClickTarget By(Guid id, IClickRow row) => new(id, row);
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
