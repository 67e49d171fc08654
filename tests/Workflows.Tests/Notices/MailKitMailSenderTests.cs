using ClientConnect.Testing.Mail;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Workflows.Tests.Notices;

public sealed class MailKitMailSenderTests : IAsyncLifetime
{
    private readonly SmtpSink sink = new();
    private MailKitMailSender sender = null!;

    public ValueTask InitializeAsync()
    {
        sender = SenderTo(sink.Port);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        sender.Dispose();
        await sink.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_arrives_with_both_parts_and_the_notices_own_message_id()
    {
        var mail = Mail();

        Assert.IsType<Delivery.Accepted>(await SendsAsync(mail));

        var message = sink.Messages.Single();
        Assert.Equal($"{mail.Id}@portal.example", message.Message.MessageId);
        Assert.Equal("退回: SET1", message.Subject);
        Assert.Equal("<p>你好</p>", message.Html.Trim());
        Assert.Equal("你好", message.Text.Trim());
        Assert.Equal(["maker@b09001.example"], message.To);
    }

    [Fact]
    public async Task One_connection_serves_many_mails()
    {
        for (var i = 0; i < 20; i++)
        {
            await SendsAsync(Mail());
        }

        Assert.Equal(20, sink.Messages.Count);
        Assert.Equal(1, sink.Connections);
    }

    [Theory]
    [InlineData(SmtpMode.PermFail, typeof(Delivery.Refused))]
    [InlineData(SmtpMode.TempFail, typeof(Delivery.Deferred))]
    [InlineData(SmtpMode.Unavailable, typeof(Delivery.ServerFailed))]
    [InlineData(SmtpMode.DropAfterData, typeof(Delivery.ServerFailed))]
    [InlineData(SmtpMode.Hang, typeof(Delivery.ServerFailed))]
    public async Task Each_way_to_fail_is_told_apart_and_the_next_mail_gets_through(SmtpMode mode, Type delivery)
    {
        sink.Mode = mode;
        Assert.IsType(delivery, await SendsAsync(Mail()));

        sink.Mode = SmtpMode.Accept;
        Assert.IsType<Delivery.Accepted>(await SendsAsync(Mail()));
    }

    [Fact]
    public async Task A_server_that_fails_between_two_mails_is_connected_to_again()
    {
        await SendsAsync(Mail());
        sink.Mode = SmtpMode.DropAfterData;
        await SendsAsync(Mail());
        sink.Mode = SmtpMode.Accept;

        Assert.IsType<Delivery.Accepted>(await SendsAsync(Mail()));
        Assert.Equal(2, sink.Connections);
    }

    [Fact]
    public async Task Nobody_listening_is_the_servers_failure()
    {
        using var nowhere = SenderTo(port: 1);

        Assert.IsType<Delivery.ServerFailed>(await nowhere.SendAsync(Mail(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_TLS_nothing_is_sent_where_TLS_is_asked_for()
    {
        using var strict = new MailKitMailSender(Options(sink.Port) with { Security = MailSecurity.StartTls }, TimeProvider.System);

        Assert.IsType<Delivery.ServerFailed>(await strict.SendAsync(Mail(), TestContext.Current.CancellationToken));
        Assert.Empty(sink.Messages);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("Eve <a@example.com>")]
    public async Task What_is_no_address_of_one_mailbox_is_refused(string address)
    {
        Assert.IsType<Delivery.Refused>(await SendsAsync(Mail() with { ToAddress = address }));
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task Line_breaks_in_names_and_subjects_reach_no_header()
    {
        var mail = Mail() with { ToName = "Eve\r\nBcc: all@example.com" };

        await SendsAsync(mail with { Mail = mail.Mail with { Subject = "Hello\r\nX-Evil: 1\r\n\r\nbody" } });

        var message = sink.Messages.Single().Message;
        Assert.Empty(message.Bcc);
        Assert.DoesNotContain(message.Headers, h => h.Field == "X-Evil");
        Assert.Single(sink.Messages.Single().To);
    }

    [Fact]
    public void Settings_tell_all_their_faults_at_once()
    {
        var faults = new MailOptions("", 0, "user", "secret-password", MailSecurity.None, "nobody").Faults();

        Assert.Equal(4, faults.Count);
        Assert.DoesNotContain(faults, f => f.Contains("secret-password", StringComparison.Ordinal));
        Assert.Empty(Options(25).Faults());
    }

    [Fact]
    public async Task In_development_mails_are_files_that_a_page_can_show()
    {
        var folder = new FolderMailSender(Directory.CreateTempSubdirectory("mail").FullName);
        var mail = Mail();

        await folder.SendAsync(mail, TestContext.Current.CancellationToken);
        await folder.SendAsync(mail, TestContext.Current.CancellationToken);

        var shown = folder.Latest(10).Single();
        Assert.Equal("退回: SET1", shown.Mail.Subject);
        Assert.Contains("maker@b09001.example", shown.To, StringComparison.Ordinal);
        Assert.Equal("<p>你好</p>", folder.Find(mail.Id.ToString())!.Mail.Html.Trim());
        Assert.Null(folder.Find("../../etc/passwd"));
    }

    private static OutgoingMail Mail() =>
        new(Guid.CreateVersion7(), "Chan Tai Man", "maker@b09001.example", new ComposedMail("退回: SET1", "<p>你好</p>", "你好"), new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));

    private static MailOptions Options(int port) => new(SmtpSink.Host, port, null, null, MailSecurity.None, "Client Connect <portal@portal.example>") { Timeout = TimeSpan.FromSeconds(5) };

    private static MailKitMailSender SenderTo(int port) => new(Options(port), TimeProvider.System);

    private Task<Delivery> SendsAsync(OutgoingMail mail) => sender.SendAsync(mail, TestContext.Current.CancellationToken);
}
