using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClientConnect.Workflows.Files;

/// <summary>
/// Asks ClamAV's daemon over its own protocol (<c>INSTREAM</c>), one connection for each file. Setting <c>Scan__Clamd</c>:
/// <c>host:port</c>, or the path of its socket.
/// </summary>
public sealed class ClamdScanner : IVirusScanner
{
    private const int ChunkLength = 64 * 1024;
    private const int LongestAnswer = 4 * 1024;

    private readonly EndPoint address;
    private readonly TimeSpan timeout;

    private ClamdScanner(EndPoint address, TimeSpan timeout) => (this.address, this.timeout) = (address, timeout);

    public bool IsConfigured => true;

    /// <summary>Null where the setting names no address.</summary>
    /// <param name="timeout">The longest that one file may take; half a minute unless said otherwise.</param>
    public static ClamdScanner? At(string setting, TimeSpan? timeout = null)
    {
        var patience = timeout ?? TimeSpan.FromSeconds(30);
        if (setting.StartsWith('/'))
        {
            return new ClamdScanner(new UnixDomainSocketEndPoint(setting), patience);
        }

        var colon = setting.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(setting.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? new ClamdScanner(new DnsEndPoint(setting[..colon].Trim('[', ']'), port), patience)
            : null;
    }

    public async Task<ScanVerdict> ScanAsync(ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            using var socket = await ConnectedAsync(limit.Token);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            await SendAsync(stream, content, limit.Token);
            return Judge(await AnswerAsync(stream, limit.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ScanVerdict.NotAnswering($"No answer within {timeout.TotalSeconds:0} seconds.");
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return new ScanVerdict.NotAnswering(failure.Message);
        }
    }

    private async Task<Socket> ConnectedAsync(CancellationToken ct)
    {
        var socket = address is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Each chunk after its length; a length of zero ends the file.
    private static async Task SendAsync(NetworkStream stream, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var length = new byte[4];
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), ct);
        for (var at = 0; at < content.Length; at += ChunkLength)
        {
            var chunk = content[at..Math.Min(at + ChunkLength, content.Length)];
            BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length);
            await stream.WriteAsync(length, ct);
            await stream.WriteAsync(chunk, ct);
        }

        BinaryPrimitives.WriteInt32BigEndian(length, 0);
        await stream.WriteAsync(length, ct);
    }

    private static async Task<string> AnswerAsync(NetworkStream stream, CancellationToken ct)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length)
        {
            var read = await stream.ReadAsync(answer.AsMemory(length), ct);
            length += read;
            if (read == 0 || answer.AsSpan(0, length).Contains((byte)0))
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\0', '\n', '\r');
    }

    // "stream: OK", "stream: Eicar-Test-Signature FOUND", "INSTREAM size limit exceeded. ERROR". Only a plain OK is clean.
    private static ScanVerdict Judge(string answer)
    {
        const string Subject = "stream: ";
        const string Found = " FOUND";
        if (answer == "stream: OK")
        {
            return new ScanVerdict.Clean();
        }

        return answer.StartsWith(Subject, StringComparison.Ordinal) && answer.EndsWith(Found, StringComparison.Ordinal)
            ? new ScanVerdict.Infected(answer[Subject.Length..^Found.Length])
            : new ScanVerdict.NotAnswering(answer.Length == 0 ? "The scanner closed the connection." : $"The scanner says: {answer}");
    }
}
