namespace ClientConnect.Workflows.Files;

/// <summary>What may be uploaded, and how much of it.</summary>
public sealed record FileLimits
{
    public static readonly FileLimits Default = new();

    public int LargestFile { get; init; } = 10 * 1024 * 1024;

    /// <summary>Of a file that is itself what is sent.</summary>
    public int LargestTransmission { get; init; } = 50 * 1024 * 1024;

    public int FilesPerRequest { get; init; } = 10;

    public int FilesPerMessage { get; init; } = 3;

    /// <summary>All files that one firm keeps here.</summary>
    public long Quota { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Of a picture, once unpacked: an A3 page at 600 dots per inch has 70 million.</summary>
    public long Pixels { get; init; } = 100_000_000;

    /// <summary>All that is in an archive, with what is in the archives in it, once unpacked.</summary>
    public long Unpacked { get; init; } = 200L * 1024 * 1024;

    /// <summary>Entries of an archive, with those of the archives in it.</summary>
    public int Entries { get; init; } = 2_000;

    /// <summary>Archives in archives: a ZIP of workbooks that hold a workbook is 2.</summary>
    public int Depth { get; init; } = 3;

    public int LargestOf(FileKind kind) => kind == FileKind.Transmission ? LargestTransmission : LargestFile;
}
