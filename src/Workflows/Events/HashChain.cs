using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Events;

/// <summary>
/// The chain that makes a request's record tamper-evident: each event's hash covers all that it says and the hash before it,
/// so that changing, dropping or slipping in a row breaks every link that follows. One chain per request: a global one halves
/// the throughput.
/// </summary>
public static class HashChain
{
    /// <summary>What stands before the first event.</summary>
    public static readonly byte[] Start = new byte[32];

    public static byte[] Link(byte[] previous, RequestId request, int sequence, string type, DateTimeOffset at, UserId? user, JsonNode data, string? contentHash) =>
        Link(previous, request, sequence, type, at, user, CanonicalJson.Bytes(data), contentHash);

    /// <param name="data">Canonical already; it is not written anew.</param>
    internal static byte[] Link(byte[] previous, RequestId request, int sequence, string type, DateTimeOffset at, UserId? user, byte[] data, string? contentHash) =>
        CanonicalJson.HashBytes(writer =>
        {
            // The members in ordinal order of their names, as canonical JSON has them.
            writer.WriteStartObject();
            writer.WriteString("at"u8, Instant(at));
            writer.WriteString("content"u8, contentHash);
            writer.WritePropertyName("data"u8);
            writer.WriteRawValue(data, skipInputValidation: true);
            writer.WriteString("previous"u8, Convert.ToHexStringLower(previous));
            writer.WriteString("request"u8, request.ToString());
            writer.WriteNumber("sequence"u8, sequence);
            writer.WriteString("type"u8, type);
            writer.WriteString("user"u8, user?.ToString());
            writer.WriteEndObject();
        });

    /// <summary>PostgreSQL keeps microseconds: an instant is hashed as it will be read back.</summary>
    public static DateTimeOffset Rounded(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime();

    /// <summary>An instant as every chain hashes it.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
