using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// Sends over SMTP and keeps its connections: one for each sender that is at work at the same time, so that a server that hangs
/// blocks one sender only. Safe to share.
/// </summary>
public sealed class MailKitMailSender(MailOptions options, TimeProvider machine) : IMailSender, IDisposable
{
    // A server may have closed what was idle for longer; asking costs one round trip.
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<(SmtpClient Client, long LastUsed)> idle = [];

    public async Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        if (!MailKitMessages.IsAddress(mail.ToAddress))
        {
            return new Delivery.Refused("The address is not one of a mailbox.");
        }

        using var message = MailKitMessages.Message(mail, options.From, options.Domain);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Timeout);
        SmtpClient? client = null;
        try
        {
            client = await ConnectedAsync(limit.Token);
            await client.SendAsync(message, limit.Token);
            idle.Add((client, machine.GetTimestamp()));
            return new Delivery.Accepted(MailKitMessages.IdOf(mail, options.Domain));
        }
        catch (SmtpCommandException refusal)
        {
            var delivery = Judge(refusal);
            await KeepOrDropAsync(client, delivery, limit.Token);
            return delivery;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            client?.Dispose();
            return new Delivery.ServerFailed($"The mail server did not answer within {options.Timeout.TotalSeconds:0} seconds.");
        }
        catch (Exception failure) when (failure is IOException or SocketException or ProtocolException or ServiceNotConnectedException or AuthenticationException
            or System.Security.Authentication.AuthenticationException or SslHandshakeException or NotSupportedException or TimeoutException)
        {
            client?.Dispose();
            return new Delivery.ServerFailed(failure.Message);
        }
        catch
        {
            client?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var kept))
        {
            kept.Client.Dispose();
        }
    }

    private async Task<SmtpClient> ConnectedAsync(CancellationToken ct)
    {
        while (idle.TryTake(out var kept))
        {
            if (await StillAnswersAsync(kept.Client, machine.GetElapsedTime(kept.LastUsed), ct))
            {
                return kept.Client;
            }

            kept.Client.Dispose();
        }

        var client = new SmtpClient { Timeout = (int)options.Timeout.TotalMilliseconds, LocalDomain = options.Domain };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, Protection(options.Security), ct);
            if (options is { User: not null, Password: not null })
            {
                await client.AuthenticateAsync(options.User, options.Password, ct);
            }

            return client;
        }
        catch (SmtpCommandException refusal)
        {
            client.Dispose();
            throw new IOException($"The mail server refuses us: {refusal.Message}", refusal);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static async Task<bool> StillAnswersAsync(SmtpClient client, TimeSpan idleFor, CancellationToken ct)
    {
        try
        {
            if (client.IsConnected && idleFor > Trusted)
            {
                await client.NoOpAsync(ct);
            }

            return client.IsConnected;
        }
        catch (Exception gone) when (gone is IOException or SocketException or ProtocolException or CommandException)
        {
            return false;
        }
    }

    // A 421 speaks for the server. A sender that is refused is our own setting. The rest speaks of this mail only.
    private static Delivery Judge(SmtpCommandException refusal)
    {
        var why = $"{(int)refusal.StatusCode} {refusal.Message}";
        return refusal switch
        {
            { StatusCode: SmtpStatusCode.ServiceNotAvailable } or { ErrorCode: SmtpErrorCode.SenderNotAccepted } => new Delivery.ServerFailed(why),
            { StatusCode: SmtpStatusCode.AuthenticationRequired } => new Delivery.ServerFailed(why),
            { StatusCode: >= (SmtpStatusCode)500 } => new Delivery.Refused(why),
            _ => new Delivery.Deferred(why),
        };
    }

    private async Task KeepOrDropAsync(SmtpClient? client, Delivery delivery, CancellationToken ct)
    {
        if (client is null) return;
        if (delivery is not Delivery.ServerFailed && client.IsConnected && await ResetAsync(client, ct))
        {
            idle.Add((client, machine.GetTimestamp()));
            return;
        }

        client.Dispose();
    }

    private static async Task<bool> ResetAsync(SmtpClient client, CancellationToken ct)
    {
        try
        {
            await client.NoOpAsync(ct);
            return true;
        }
        catch (Exception gone) when (gone is IOException or SocketException or ProtocolException or CommandException or OperationCanceledException)
        {
            return false;
        }
    }

    private static SecureSocketOptions Protection(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => throw new ArgumentOutOfRangeException(nameof(security), security, "Not a way to protect a connection."),
    };
}
