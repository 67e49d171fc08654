using System.Text;
using MimeKit;
using MimeKit.Text;

namespace ClientConnect.Workflows.Notices;

/// <summary>Turns our mails into MIME messages, and back for the page that shows what was sent in Development.</summary>
internal static class MailKitMessages
{
    public static MimeMessage Message(OutgoingMail mail, string from, string domain)
    {
        var message = new MimeMessage { Subject = mail.Mail.Subject, Date = mail.Date, MessageId = IdOf(mail, domain) };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.Add(new MailboxAddress(Encoding.UTF8, OneLine(mail.ToName), mail.ToAddress));

        // Asks other portals' out-of-office robots not to answer.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new MultipartAlternative
        {
            new TextPart(TextFormat.Plain) { Text = mail.Mail.Text },
            new TextPart(TextFormat.Html) { Text = mail.Mail.Html },
        };
        return message;
    }

    /// <summary>The same for every try of one notice.</summary>
    public static string IdOf(OutgoingMail mail, string domain) => $"{mail.Id:D}@{domain}";

    /// <summary>False where the text is no address of one mailbox, whatever else it holds.</summary>
    public static bool IsAddress(string address) =>
        !address.Any(c => char.IsControl(c) || c is '<' or '>' or ',') && address.Contains('@', StringComparison.Ordinal) && MailboxAddress.TryParse(address, out _);

    public static FolderMail Read(string id, Stream stream)
    {
        var message = MimeMessage.Load(stream);
        return new FolderMail(id, message.To.ToString(), message.Date, new ComposedMail(message.Subject ?? "", message.HtmlBody ?? "", message.TextBody ?? ""));
    }

    /// <summary>Null where the mail has none.</summary>
    public static string? IdOf(Stream mail) => MimeMessage.Load(mail).MessageId;

    private static string OneLine(string name) => string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c));
}
