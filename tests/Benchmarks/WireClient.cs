using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ClientConnect.Benchmarks;

/// <summary>
/// A connection that sends HTTP requests which were put together beforehand and reads no more of an answer than it must, so that
/// the time measured is the server's and not the client's.
/// </summary>
internal sealed class WireClient : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[256 * 1024];

    public static async Task<WireClient> ConnectAsync(Uri address)
    {
        var client = new WireClient();
        await client.socket.ConnectAsync(address.Host, address.Port);
        return client;
    }

    public static byte[] Post(Uri address, string path, string? cookie, string? body)
    {
        var head = new StringBuilder($"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\n");
        if (cookie is not null) head.Append(CultureInfo.InvariantCulture, $"Cookie: {cookie}\r\nIdempotency-Key: {Guid.NewGuid()}\r\n");
        if (body is not null) head.Append("Content-Type: application/json\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body ?? string.Empty)}\r\n\r\n{body}");
        return Encoding.UTF8.GetBytes(head.ToString());
    }

    public static byte[] Get(Uri address, string path, string cookie) =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nCookie: {cookie}\r\n\r\n");

    /// <summary>Throws where the answer is anything but a success.</summary>
    public async Task SendAsync(byte[] request)
    {
        await socket.SendAsync(request);
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new InvalidOperationException("The server closed the connection.");
            length += read;
            if (!IsWhole(buffer.AsSpan(0, length))) continue;
            if (buffer[9] != (byte)'2') throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, length));
            return;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var at = answer.IndexOf("Content-Length: "u8);
        if (at < 0 || at > end) return answer.EndsWith("0\r\n\r\n"u8);
        var digits = answer[(at + "Content-Length: ".Length)..];
        return answer.Length >= end + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }

    public void Dispose() => socket.Dispose();
}
