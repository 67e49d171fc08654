namespace ClientConnect.Workflows.Files;

/// <summary>
/// What the virus scanner said of a file. Where a scanner is configured a file begins as <see cref="Waiting"/> and ends as
/// <see cref="Clean"/> or <see cref="Infected"/>; where none is, it stays <see cref="NotScanned"/>, and every page says so.
/// </summary>
public enum ScanState
{
    /// <summary>No scanner was configured when it was uploaded.</summary>
    NotScanned,

    /// <summary>The scanner has not answered yet: it can't be downloaded, and its request can't be sent.</summary>
    Waiting,

    /// <summary>The scanner found nothing.</summary>
    Clean,

    /// <summary>The scanner found something: the content is deleted, name and digest stay as evidence.</summary>
    Infected,
}
