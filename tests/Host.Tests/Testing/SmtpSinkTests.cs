using ClientConnect.Testing.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ClientConnect.Host.Tests.Testing;

/// <summary>The mail server of the tests is itself spoken to by the client that production uses.</summary>
public sealed class SmtpSinkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_keeps_a_message_as_it_was_sent()
    {
        await using var sink = new SmtpSink();

        await SendAsync(sink, "Lines\r\n.with a dot\r\n..and two, 買入");

        var message = await sink.NextAsync(Ct);
        Assert.Equal("checker@b09001.example", Assert.Single(message.To));
        Assert.Equal("Lines\r\n.with a dot\r\n..and two, 買入", message.Text.ReplaceLineEndings("\r\n").TrimEnd());
        Assert.Single(sink.To("CHECKER@b09001.example"));
    }

    [Theory]
    [InlineData(SmtpMode.TempFail, SmtpStatusCode.ErrorInProcessing)]
    [InlineData(SmtpMode.PermFail, SmtpStatusCode.MailboxUnavailable)]
    public async Task It_refuses_for_now_or_for_ever(SmtpMode mode, SmtpStatusCode status)
    {
        await using var sink = new SmtpSink { Mode = mode };

        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(sink, "text"));

        Assert.Equal(status, refusal.StatusCode);
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task It_can_be_away()
    {
        await using var sink = new SmtpSink { Mode = SmtpMode.Unavailable };

        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(sink, "text"));

        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task It_can_keep_a_message_and_never_say_so()
    {
        await using var sink = new SmtpSink { Mode = SmtpMode.DropAfterData };

        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(sink, "text"));

        Assert.Single(sink.Messages);
    }

    [Fact]
    public async Task It_can_stop_answering()
    {
        await using var sink = new SmtpSink { Mode = SmtpMode.Hang };

        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(sink, "text", timeout: 200));

        Assert.Equal(1, sink.Connections);
    }

    private static async Task SendAsync(SmtpSink sink, string text, int timeout = 5000)
    {
        using var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse("portal@clearing.example"));
        message.To.Add(MailboxAddress.Parse("checker@b09001.example"));
        message.Subject = "A request waits for you";
        message.Body = new TextPart("plain") { Text = text };
        using var client = new SmtpClient { Timeout = timeout };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(timeout);
        await client.ConnectAsync(SmtpSink.Host, sink.Port, SecureSocketOptions.None, limit.Token);
        await client.SendAsync(message, limit.Token);
        await client.DisconnectAsync(true, limit.Token);
    }
}
