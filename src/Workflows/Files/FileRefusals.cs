using System.Globalization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Files;

/// <summary>There is nothing in it: often a file that another program still has open.</summary>
public sealed record FileIsEmpty() : Refusal(RefusalKind.Unsupported);

/// <summary>Larger than one file may be.</summary>
public sealed record FileIsTooLarge(int LargestFile) : Refusal(RefusalKind.TooLarge)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string>
    {
        ["largest"] = (LargestFile / 1024 / 1024).ToString(CultureInfo.InvariantCulture) + " MB",
    };
}

/// <summary>The name can't be kept: it points elsewhere, hides what the file is, or is too long.</summary>
public sealed record FileNameIsNotAccepted() : Refusal(RefusalKind.Unsupported);

/// <summary>A type that is not accepted; <paramref name="Found"/> is its extension, or the name of the entry of an archive.</summary>
public sealed record FileTypeIsNotAccepted(string Found, FileKind Of = FileKind.Attachment) : Refusal(RefusalKind.Unsupported)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string>
    {
        ["found"] = Found,
        ["accepted"] = string.Join(", ", Of == FileKind.Transmission ? FileTypes.OfTransmissions : FileTypes.Extensions).ToUpperInvariant(),
    };
}

/// <summary>The content is not what the extension says.</summary>
public sealed record FileContentIsNotItsType(string Extension) : Refusal(RefusalKind.Unsupported)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["extension"] = Extension.ToUpperInvariant() };
}

/// <summary>It begins as it should and breaks off: saved or transferred only in part.</summary>
public sealed record FileIsDamaged() : Refusal(RefusalKind.Unsupported);

/// <summary>Protected with a password: nobody here could open it, the virus scanner neither.</summary>
public sealed record FileIsEncrypted() : Refusal(RefusalKind.Unsupported);

/// <summary>An Office document that carries programs.</summary>
public sealed record FileContainsMacros() : Refusal(RefusalKind.Unsupported);

/// <summary>A picture of more pixels than anybody needs.</summary>
public sealed record PictureIsTooLarge() : Refusal(RefusalKind.TooLarge);

/// <summary>What is in it, once unpacked, is too much, or is packed in archives too many times over.</summary>
public sealed record ArchiveUnpacksTooLarge() : Refusal(RefusalKind.TooLarge);

/// <summary>The request, or the message, has as many files as it may have.</summary>
public sealed record TooManyFiles(int Most) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["most"] = Most.ToString(CultureInfo.InvariantCulture) };
}

/// <summary>The firm keeps as much here as it may; what belongs to no request any more can be removed.</summary>
public sealed record QuotaIsUsedUp() : Refusal(RefusalKind.TooLarge);

/// <summary>The request is with somebody else now: its files are what they decide on.</summary>
public sealed record FilesAreFixed() : Refusal(RefusalKind.Conflict);

/// <summary>The virus scanner has not answered yet.</summary>
public sealed record FileIsWaitingForTheScan() : Refusal(RefusalKind.Conflict);

/// <summary>The virus scanner found something; the content is gone.</summary>
public sealed record FileWasInfected() : Refusal(RefusalKind.Conflict);
