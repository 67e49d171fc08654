using System.Net.Mail;

namespace ClientConnect.Workflows.Notices;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Not at all: a server on the same machine.</summary>
    None,

    /// <summary>Begins in the clear and must change to TLS with a valid certificate; nothing is sent where it can't.</summary>
    StartTls,

    /// <summary>TLS with a valid certificate from the first byte.</summary>
    Tls,
}

/// <summary>The mail server to use: settings <c>Mail__Host</c>, <c>Mail__Port</c> and so on.</summary>
/// <param name="User">Null where the server asks for no sign-in.</param>
/// <param name="From">Address, or name and address: <c>Client Connect &lt;portal@example.com&gt;</c>.</param>
public sealed record MailOptions(string Host, int Port, string? User, string? Password, MailSecurity Security, string From)
{
    /// <summary>The longest that one mail may take; a server that hangs blocks its sender no longer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The part after the @ of every message id.</summary>
    public string Domain => MailAddress.TryCreate(From, out var from) ? from.Host : "localhost";

    /// <summary>What is wrong with the settings, all at once; empty where nothing is. Never names the password.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(Host)) faults.Add("Mail__Host is empty.");
        if (Port is < 1 or > 65535) faults.Add($"Mail__Port is {Port}: it must be between 1 and 65535.");
        if (!MailAddress.TryCreate(From, out _)) faults.Add($"Mail__From is no mail address: {From}");
        if (User is null != Password is null) faults.Add("Mail__User and Mail__Password need each other.");
        if (User is not null && Security == MailSecurity.None) faults.Add("Mail__Security must be StartTls or Tls where Mail__User is set: a password never crosses the net in the clear.");
        return faults;
    }
}
