using System.Text;

namespace ClientConnect.Testing.Mail;

/// <summary>One connection's talk with the sink (RFC 5321, without extensions but 8BITMIME and SMTPUTF8).</summary>
internal sealed class SmtpSession(SmtpSink sink, Stream stream, CancellationToken ct)
{
    private readonly List<string> recipients = [];
    private readonly byte[] buffer = new byte[8192];
    private string? sender;
    private int start;
    private int end;

    public async Task RunAsync()
    {
        await HangIfToldAsync();
        if (sink.Mode == SmtpMode.Unavailable)
        {
            await SayAsync("421 sink is going down");
            return;
        }

        await SayAsync("220 sink ready");
        while (await LineAsync() is { } line)
        {
            var text = Encoding.UTF8.GetString(line);
            await HangIfToldAsync();
            if (!await AnswerAsync(text))
            {
                return;
            }
        }
    }

    /// <summary>False where the connection ends.</summary>
    private async Task<bool> AnswerAsync(string line)
    {
        var verb = line.Split([' ', ':'], 2)[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO":
                await SayAsync("250-sink\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 20000000");
                return true;
            case "HELO":
                await SayAsync("250 sink");
                return true;
            case "MAIL":
                sender = Address(line);
                recipients.Clear();
                await SayAsync("250 sender noted");
                return true;
            case "RCPT":
                await RecipientAsync(line);
                return true;
            case "DATA":
                return await MessageAsync();
            case "RSET":
                sender = null;
                recipients.Clear();
                await SayAsync("250 forgotten");
                return true;
            case "NOOP":
                await SayAsync("250 still here");
                return true;
            case "QUIT":
                await SayAsync("221 goodbye");
                return false;
            default:
                await SayAsync("502 not known here");
                return true;
        }
    }

    private async Task RecipientAsync(string line)
    {
        if (sender is null)
        {
            await SayAsync("503 who is the sender?");
        }
        else if (sink.Mode == SmtpMode.PermFail)
        {
            await SayAsync("550 no such mailbox");
        }
        else
        {
            recipients.Add(Address(line));
            await SayAsync("250 recipient noted");
        }
    }

    private async Task<bool> MessageAsync()
    {
        if (recipients.Count == 0)
        {
            await SayAsync("503 to whom?");
            return true;
        }

        await SayAsync("354 go ahead");
        var message = await ContentAsync();
        await HangIfToldAsync();
        if (sink.Mode == SmtpMode.TempFail)
        {
            await SayAsync("451 not now");
            return true;
        }

        if (sink.Mode == SmtpMode.Slow)
        {
            await Task.Delay(sink.Delay, ct);
        }

        sink.Keep(message);
        if (sink.Mode == SmtpMode.DropAfterData)
        {
            return false;
        }

        if (sink.Mode == SmtpMode.KeepAndWait)
        {
            await Task.Delay(sink.Delay, ct);
        }

        await SayAsync("250 kept");
        return true;
    }

    /// <summary>All lines up to the single dot; a line's own leading dot was doubled by the sender.</summary>
    private async Task<SunkMessage> ContentAsync()
    {
        using var content = new MemoryStream();
        while (await LineAsync() is { } line)
        {
            if (line is [(byte)'.'])
            {
                return new SunkMessage(sender!, [.. recipients], content.ToArray());
            }

            content.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
            content.Write("\r\n"u8);
        }

        throw new IOException("The connection ended within a message.");
    }

    /// <summary>The next line without its end; null where the connection has ended.</summary>
    private async Task<byte[]?> LineAsync()
    {
        using var line = new MemoryStream();
        while (true)
        {
            if (start == end)
            {
                (start, end) = (0, await stream.ReadAsync(buffer, ct));
                if (end == 0)
                {
                    return null;
                }
            }

            var at = Array.IndexOf(buffer, (byte)'\n', start, end - start);
            line.Write(buffer, start, (at < 0 ? end : at) - start);
            start = at < 0 ? end : at + 1;
            if (at >= 0)
            {
                var bytes = line.ToArray();
                return bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
            }
        }
    }

    private async Task SayAsync(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), ct);

    private Task HangIfToldAsync() => sink.Mode == SmtpMode.Hang ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask;

    private static string Address(string line) =>
        line.IndexOf('<', StringComparison.Ordinal) is var from and >= 0 && line.IndexOf('>', from) is var to and > 0 ? line[(from + 1)..to] : "";
}
