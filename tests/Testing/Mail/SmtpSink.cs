using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using MimeKit;

namespace ClientConnect.Testing.Mail;

/// <summary>How the sink treats whoever connects; it may be changed at any moment and holds for the next command.</summary>
public enum SmtpMode
{
    /// <summary>Takes every message.</summary>
    Accept,

    /// <summary>Answers 421 to the greeting: the server is going down, try later.</summary>
    Unavailable,

    /// <summary>Answers 451 to the message: this one not now.</summary>
    TempFail,

    /// <summary>Answers 550 to the recipient: never.</summary>
    PermFail,

    /// <summary>Stops answering; the connection stays open.</summary>
    Hang,

    /// <summary>Keeps the message and closes the connection before it says so: the sender can't know.</summary>
    DropAfterData,

    /// <summary>Keeps the message at once and says so after <see cref="SmtpSink.Delay"/>: who dies meanwhile does not know.</summary>
    KeepAndWait,

    /// <summary>Takes every message, after <see cref="SmtpSink.Delay"/>.</summary>
    Slow,
}

/// <summary>One message as it came over the wire.</summary>
/// <param name="From">The envelope's sender.</param>
/// <param name="To">The envelope's recipients, in the order given.</param>
/// <param name="Raw">The bytes, dots unstuffed.</param>
public sealed record SunkMessage(string From, IReadOnlyList<string> To, byte[] Raw)
{
    public MimeMessage Message { get; } = MimeMessage.Load(new MemoryStream(Raw));

    public string Subject => Message.Subject ?? "";

    public string Text => Message.TextBody ?? "";

    public string Html => Message.HtmlBody ?? "";
}

/// <summary>A real SMTP server on the loopback that keeps what it is sent, and misbehaves when told to.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<SunkMessage> messages = new();
    private readonly Channel<SunkMessage> arrivals = Channel.CreateUnbounded<SunkMessage>();
    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentDictionary<Task, byte> sessions = new();
    private readonly Task listening;
    private int connections;

    public SmtpSink()
    {
        listener.Start();
        listening = ListenAsync();
    }

    public static string Host => "127.0.0.1";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public SmtpMode Mode { get; set; } = SmtpMode.Accept;

    /// <summary>How long <see cref="SmtpMode.Slow"/> takes for a message.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>All that was kept, in the order of arrival.</summary>
    public IReadOnlyList<SunkMessage> Messages => [.. messages];

    /// <summary>How often somebody connected.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>The messages to one address.</summary>
    public IReadOnlyList<SunkMessage> To(string address) =>
        [.. messages.Where(m => m.To.Contains(address, StringComparer.OrdinalIgnoreCase))];

    /// <summary>The first message that is like this, of those that came or as soon as it comes; fails after ten seconds of silence.</summary>
    public async Task<SunkMessage> FirstAsync(Func<SunkMessage, bool> like, CancellationToken ct = default)
    {
        while (true)
        {
            if (messages.FirstOrDefault(like) is { } found)
            {
                return found;
            }

            await NextAsync(ct);
        }
    }

    /// <summary>The next message that nobody has waited for yet; fails after ten seconds.</summary>
    public async Task<SunkMessage> NextAsync(CancellationToken ct = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            return await arrivals.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"No mail came within ten seconds; so far there were: {string.Join("; ", messages.Select(m => $"{m.Subject} to {string.Join(',', m.To)}"))}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await listening;
        await Task.WhenAll(sessions.Keys);
        ended.Dispose();
    }

    internal void Keep(SunkMessage message)
    {
        messages.Enqueue(message);
        arrivals.Writer.TryWrite(message);
    }

    private async Task ListenAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(ended.Token);
                Interlocked.Increment(ref connections);
                var session = TalkAsync(client);
                sessions[session] = 0;
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new SmtpSession(this, client.GetStream(), ended.Token).RunAsync();
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The other side went away, or the sink did.
            }
        }
    }
}
