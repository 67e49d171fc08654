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

    public static byte[] Link(byte[] previous, RequestId request, int sequence, string type, DateTimeOffset at, UserId? user, JsonNode data, string? contentHash)
    {
        return CanonicalJson.HashBytesOfMembers(
        [
            new("previous", Convert.ToHexStringLower(previous)),
            new("request", request.ToString()),
            new("sequence", sequence),
            new("type", type),
            new("at", Instant(at)),
            new("user", user?.ToString()),
            new("data", data),
            new("content", contentHash),
        ]);
    }

    /// <summary>PostgreSQL keeps microseconds: an instant is hashed as it will be read back.</summary>
    public static DateTimeOffset Rounded(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime();

    /// <summary>An instant as every chain hashes it.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
