namespace ClientConnect.Workflows.Files;

/// <summary>What a scanner said of one file.</summary>
public abstract record ScanVerdict
{
    public sealed record Clean : ScanVerdict;

    /// <param name="Signature">The scanner's name for what it found.</param>
    public sealed record Infected(string Signature) : ScanVerdict;

    /// <summary>The scanner is down, hangs, or can't judge: the file goes on waiting.</summary>
    public sealed record NotAnswering(string Why) : ScanVerdict;

    private ScanVerdict()
    {
    }
}

/// <summary>Looks for viruses. Never throws for what a scanner may do.</summary>
public interface IVirusScanner
{
    /// <summary>False where none is set up: files are then kept as "not scanned", and pages say so.</summary>
    bool IsConfigured { get; }

    Task<ScanVerdict> ScanAsync(ReadOnlyMemory<byte> content, CancellationToken ct);
}

/// <summary>Stands where no scanner is set up.</summary>
public sealed class NoVirusScanner : IVirusScanner
{
    public bool IsConfigured => false;

    public Task<ScanVerdict> ScanAsync(ReadOnlyMemory<byte> content, CancellationToken ct) =>
        Task.FromResult<ScanVerdict>(new ScanVerdict.NotAnswering("No scanner is configured."));
}
