using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Composition;

/// <summary>
/// Mail goes to the SMTP server of the settings (<c>Mail__Host</c>, <c>Mail__Port</c>, <c>Mail__User</c>, <c>Mail__Password</c>,
/// <c>Mail__Security</c>, <c>Mail__From</c>); in Development without them to a folder that <c>/dev/mail</c> shows.
/// </summary>
internal static class MailComposition
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var url = builder.Configuration["Portal:Url"] ?? builder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0] ?? "http://127.0.0.1:5080";
        services.AddSingleton(new PortalAddress(url.TrimEnd('/')));
        services.AddSingleton<LiquidTemplates>().AddSingleton<Composer>().AddSingleton<IMailTemplates, BundleMailTemplates>();
        services.AddSingleton<IEffectWriter, NoticeWriter>().AddSingleton<IProposalNotices, ProposalNotices>().AddSingleton<IMessageNotices, MessageNotices>().AddSingleton<IPublicationNotices, PublicationNotices>().AddSingleton<IImportNotices, ImportNotices>();
        services.AddSingleton<SendDueNotices>().AddSingleton<NoticesOf>().AddSingleton<MarkNoticesRead>().AddSingleton<OverdueNotices>().AddSingleton<RetryNotice>();
        services.AddSingleton<HoldNotices>().AddSingleton<ReleaseNotices>();
        AddSender(builder);
    }

    private static void AddSender(WebApplicationBuilder builder)
    {
        var mail = builder.Configuration.GetSection("Mail");
        if (mail["Host"] is not { Length: > 0 } host)
        {
            if (!builder.Environment.IsDevelopment()) throw new InvalidOperationException("Mail__Host is not set: outside Development mail needs an SMTP server.");
            var folder = builder.Configuration["Mail:Folder"] ?? Path.Combine(Path.GetTempPath(), "client-connect-mail");
            builder.Services.AddSingleton(new FolderMailSender(folder)).AddSingleton<IMailSender>(s => s.GetRequiredService<FolderMailSender>());
            return;
        }

        var options = new MailOptions(host, mail.GetValue("Port", 25), mail["User"], mail["Password"], mail.GetValue("Security", MailSecurity.None), mail["From"] ?? "Client Connect <portal@client-connect.test>");
        var faults = options.Faults();
        if (faults.Count > 0) throw new InvalidOperationException(string.Join(' ', faults));
        builder.Services.AddSingleton(options).AddSingleton<IMailSender, MailKitMailSender>();
    }
}
