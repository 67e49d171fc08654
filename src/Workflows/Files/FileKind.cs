namespace ClientConnect.Workflows.Files;

/// <summary>What a file is to whoever uploads it; it decides how large it may be, of which type, and whether its lines are looked at.</summary>
public enum FileKind
{
    /// <summary>It goes with a request, for people to read.</summary>
    Attachment,

    /// <summary>It is itself what is sent: may be larger and plain text, and is examined line by line.</summary>
    Transmission,
}
