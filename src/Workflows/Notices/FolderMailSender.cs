namespace ClientConnect.Workflows.Notices;

/// <summary>A mail that was "sent" in Development.</summary>
public sealed record FolderMail(string Id, string To, DateTimeOffset Date, ComposedMail Mail);

/// <summary>
/// Development's mail server: a folder of <c>.eml</c> files that any mail program opens, and that the page <c>/dev/mail</c> shows.
/// </summary>
public sealed class FolderMailSender(string folder) : IMailSender
{
    private const string From = "Client Connect <portal@client-connect.test>";
    private const string Domain = "client-connect.test";

    public async Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        if (!MailKitMessages.IsAddress(mail.ToAddress))
        {
            return new Delivery.Refused("The address is not one of a mailbox.");
        }

        Directory.CreateDirectory(folder);
        using var message = MailKitMessages.Message(mail, From, Domain);

        // Named by its notice: sent twice, it is still one file. Written aside first, so that no reader sees half a mail.
        var file = PathOf(mail.Id);
        var half = $"{file}.{Guid.NewGuid():N}.half";
        await using (var stream = File.Create(half))
        {
            await message.WriteToAsync(stream, ct);
        }

        File.Move(half, file, overwrite: true);
        return new Delivery.Accepted(MailKitMessages.IdOf(mail, Domain));
    }

    /// <summary>The newest mails first.</summary>
    public IReadOnlyList<FolderMail> Latest(int count) =>
        !Directory.Exists(folder) ? [] :
        [
            .. new DirectoryInfo(folder).EnumerateFiles("*.eml")
                .OrderByDescending(f => f.LastWriteTimeUtc).ThenByDescending(f => f.Name, StringComparer.Ordinal).Take(count)
                .Select(f => Find(Path.GetFileNameWithoutExtension(f.Name))).OfType<FolderMail>(),
        ];

    /// <summary>Null where there is no such mail; an id that is no id can't name a file elsewhere.</summary>
    public FolderMail? Find(string id)
    {
        if (!Guid.TryParse(id, out var notice) || !File.Exists(PathOf(notice)))
        {
            return null;
        }

        using var stream = File.OpenRead(PathOf(notice));
        return MailKitMessages.Read(id, stream);
    }

    /// <summary>The message ids of all mails below a folder, each as often as it is there.</summary>
    public static IReadOnlyList<string> MessageIdsIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.eml", SearchOption.AllDirectories).Select(IdIn).OfType<string>()];

    private static string? IdIn(string file)
    {
        using var stream = File.OpenRead(file);
        return MailKitMessages.IdOf(stream);
    }

    private string PathOf(Guid notice) => Path.Combine(folder, $"{notice:D}.eml");
}
