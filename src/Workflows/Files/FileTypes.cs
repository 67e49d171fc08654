using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Files;

/// <summary>
/// The types that are accepted: by extension and by content, both. What the browser says of the type is never asked.
/// </summary>
internal static class FileTypes
{
    public static readonly IReadOnlyList<string> Extensions = ["pdf", "jpg", "jpeg", "png", "docx", "xlsx", "csv", "zip"];

    /// <summary>Taken where the file is itself what is sent.</summary>
    public static readonly IReadOnlyList<string> OfTransmissions = [.. Extensions, "txt"];

    // A browser looks for these in the first bytes to guess that something is a page.
    private static readonly byte[][] PageMarks = [.. new[] { "<html", "<script", "<body", "<head", "<!doctype", "<svg", "<iframe", "<?xml" }.Select(m => System.Text.Encoding.ASCII.GetBytes(m))];

    private const int SniffedBytes = 1024;

    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0];

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The content type to serve it with, or why it is not accepted.</summary>
    public static Result<string> Recognise(string name, ReadOnlyMemory<byte> content, FileLimits limits, FileKind kind = FileKind.Attachment)
    {
        var extension = FileNames.ExtensionOf(name);
        var bytes = content.Span;
        if (extension is "docx" or "xlsx" && bytes.StartsWith(CompoundFile))
        {
            // What Office writes when a password is set; also an old .doc that was renamed, which is refused as well.
            return new FileIsEncrypted();
        }

        return extension switch
        {
            "pdf" => Pdf(bytes),
            "jpg" or "jpeg" => Picture(PictureHeaders.Jpeg(bytes), "image/jpeg", extension, limits),
            "png" => Picture(PictureHeaders.Png(bytes), "image/png", extension, limits),
            "csv" => IsTable(bytes) ? "text/csv" : new FileContentIsNotItsType(extension),
            "txt" when kind == FileKind.Transmission => IsTable(bytes) ? "text/plain" : new FileContentIsNotItsType(extension),
            "docx" => Archives.Document(content, "wordprocessingml.document.main+xml", limits) is { } refusal
                ? As(refusal, extension) : "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx" => Archives.Document(content, "spreadsheetml.sheet.main+xml", limits) is { } refusal
                ? As(refusal, extension) : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "zip" => Archives.Inspect(content, limits) is { } refusal ? As(refusal, extension) : "application/zip",
            _ => new FileTypeIsNotAccepted(extension, kind),
        };
    }

    // An archive that is none at all is told apart from one that broke off.
    private static Refusal As(Refusal refusal, string extension) => refusal is Archives.IsNoArchive ? new FileContentIsNotItsType(extension) : refusal;

    private static Result<string> Pdf(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("%PDF-"u8) || LooksLikeAPage(bytes)) return new FileContentIsNotItsType("pdf");
        if (bytes.IndexOf("%%EOF"u8) < 0) return new FileIsDamaged();
        return bytes.IndexOf("/Encrypt"u8) >= 0 ? new FileIsEncrypted() : "application/pdf";
    }

    private static Result<string> Picture((long Width, long Height)? size, string contentType, string extension, FileLimits limits) => size switch
    {
        null => new FileContentIsNotItsType(extension),
        { } s when s.Width * s.Height > limits.Pixels => new PictureIsTooLarge(),
        _ => contentType,
    };

    // Old Excel saves CSV in Big5 or GBK: any text is taken, but no control characters, and nothing that another program would open.
    private static bool IsTable(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.StartsWith(ByteOrderMark) ? bytes[3..] : bytes;
        return start.TrimStart(" \t\r\n"u8) is { Length: > 0 } text && text[0] != (byte)'<' && !text.StartsWith("%PDF-"u8) && !text.StartsWith("{\\rtf"u8)
            && bytes.IndexOfAnyInRange((byte)0, (byte)8) < 0 && bytes.IndexOfAnyInRange((byte)14, (byte)31) < 0;
    }

    private static bool LooksLikeAPage(ReadOnlySpan<byte> bytes)
    {
        Span<byte> lower = stackalloc byte[Math.Min(bytes.Length, SniffedBytes)];
        for (var i = 0; i < lower.Length; i++)
        {
            lower[i] = bytes[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(bytes[i] | 0x20) : bytes[i];
        }

        foreach (var mark in PageMarks)
        {
            if (lower.IndexOf(mark) >= 0) return true;
        }

        return false;
    }
}
