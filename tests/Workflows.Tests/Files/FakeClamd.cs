using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClientConnect.Workflows.Tests.Files;

/// <summary>Speaks clamd's protocol and answers, or misbehaves, as a test says.</summary>
internal sealed class FakeClamd : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly Task listening;

    public FakeClamd()
    {
        listener.Start();
        listening = ListenAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Null for no answer at all; empty closes the connection.</summary>
    public Func<byte[], string?> Answer { get; set; } = _ => "stream: OK";

    public int Asked { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await listening;
        listener.Stop();
        ended.Dispose();
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(ended.Token);
                await TalkAsync(client.GetStream());
            }
            catch (Exception end) when (end is IOException or EndOfStreamException)
            {
                // The other side gave up.
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        var command = new byte[10];
        await stream.ReadExactlyAsync(command, ended.Token);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        using var content = new MemoryStream();
        var header = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(header, ended.Token);
            if (BinaryPrimitives.ReadInt32BigEndian(header) is var length && length == 0)
            {
                break;
            }

            var chunk = new byte[length];
            await stream.ReadExactlyAsync(chunk, ended.Token);
            content.Write(chunk);
        }

        Asked++;
        if (Answer(content.ToArray()) is { } answer)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.Length == 0 ? "" : answer + "\0"), ended.Token);
            return;
        }

        // Hangs until the scanner's patience ends.
        _ = await stream.ReadAsync(header, ended.Token);
    }
}
