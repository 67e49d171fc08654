using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Files;

/// <summary>What one eService lets the clearing house publish.</summary>
/// <param name="Types">The kinds of files by their codes, with what they are called.</param>
/// <param name="KeepDays">How many days a file stays unless the publisher says otherwise.</param>
/// <param name="IsVerified">Whether that number was compared with its source.</param>
public sealed record DownloadFolder(string EService, LocalText Name, IReadOnlyList<ClearingHouse> ClearingHouses, IReadOnlyDictionary<string, LocalText> Types, int KeepDays, bool IsVerified);

/// <summary>Files don't know eServices: who keeps them answers this.</summary>
public interface IDownloadFolders
{
    /// <summary>All that may be published into now.</summary>
    IReadOnlyList<DownloadFolder> All();

    /// <summary>Whether the eService is for that membership; rights of the person come on top.</summary>
    bool IsFor(string eService, HeldMembership membership);
}
